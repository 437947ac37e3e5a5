"""Numbers as text and text as numbers."""

import re
from decimal import Decimal

import sqlalchemy as sa

from guanxi.formula.arithmetic import WIDE
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.errors import NOT_READABLE, NoValueError
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.text import TEXT_PLACE, without_blanks, written
from guanxi.formula.number_pattern import check_pattern, number_as, number_pattern
from guanxi.formula.sql_value import SqlValue, number, whole
from guanxi.formula.types import BOOLEAN, NUMBER, TEXT
from guanxi.kit.text import Text

_WIDE_SIGNS, _PLAIN_SIGNS = "０１２３４５６７８９．，－＋％￥", "0123456789.,-+%¥"
_TO_PLAIN = str.maketrans(_WIDE_SIGNS, _PLAIN_SIGNS)
#: The longest text read as a number.
_MOST = 60
_SHAPE = (
    r"^(?:[+-]?[¥$€£]?|[¥$€£][+-])(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE][+-]?[0-9]{1,2})?%?$"
)
_READABLE = re.compile(_SHAPE)
_SIGNS = re.compile("[¥$€£,%]")


def _value(text: str | None) -> Decimal | None:
    plain = (text or "").strip().translate(_TO_PLAIN)
    if not plain:
        return None
    if len(plain) > _MOST or not _READABLE.match(plain):
        raise NoValueError(NOT_READABLE)
    value = Decimal(_SIGNS.sub("", plain))
    return WIDE.multiply(value, Decimal("0.01")) if plain.endswith("%") else value


def _value_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    """Only what has the shape of a number is cast."""
    plain = sa.func.translate(
        without_blanks(text.filled), written(_WIDE_SIGNS), written(_PLAIN_SIGNS)
    )
    given = compiler.once(SqlValue(TEXT, filled_as=plain))
    short = sa.func.length(given.filled) <= number(_MOST)
    fits = sa.and_(short, given.filled.collate("C").regexp_match(written(_SHAPE)))
    safe = sa.case((fits, given.filled), else_=written("0"))
    digits = sa.func.regexp_replace(safe, written("[¥$€£,%]"), written(""), written("g"))
    hundredth = sa.case(
        (sa.func.right(safe, whole(1)) == written("%"), number("0.01")), else_=number(1)
    )
    value = sa.cast(digits, sa.Numeric()) * hundredth
    error = sa.and_(sa.not_(given.empty), sa.not_(fits))
    return SqlValue(NUMBER, filled_as=value, emptiness=given.empty, error=error)


def _number_sql(compiler: SqlCompiler, value: SqlValue, pattern: SqlValue) -> SqlValue:
    shape = number_pattern(str(pattern.constant))
    value = compiler.once(value)
    shifted = sa.func.abs(value.filled) * number(f"{Decimal(1).scaleb(shape.shift):f}")
    size = compiler.once(SqlValue(NUMBER, filled_as=sa.func.round(shifted, whole(shape.most))))
    digits = sa.cast(size.filled, sa.Text()).collate("C")
    before = sa.func.ltrim(sa.func.split_part(digits, written("."), whole(1)), written("0"))
    if shape.digits:
        width = sa.func.greatest(sa.func.length(before), whole(shape.digits))
        before = sa.func.lpad(before, width, written("0"))
    if shape.in_thousands:
        before = sa.func.regexp_replace(
            before, written("([0-9])(?=(?:[0-9]{3})+$)"), written(r"\1,"), written("g")
        )
    negative = sa.and_(value.filled < number(0), size.filled != number(0))
    sign = sa.case((negative, written("-")), else_=written(""))
    text = sign.concat(_constant(compiler, shape.before)).concat(before)
    if shape.most:
        decimals = sa.func.split_part(digits, written("."), whole(2))
        more = sa.func.rtrim(sa.func.substr(decimals, whole(shape.fewest + 1)), written("0"))
        kept = sa.func.left(decimals, whole(shape.fewest)).concat(more)
        text = text.concat(sa.func.rtrim(written(".").concat(kept), written(".")))
    text = text.concat(_constant(compiler, shape.after))
    if value.may_be_empty:
        text = sa.case((value.empty, written("")), else_=text)
    return SqlValue(TEXT, filled_as=text)


def _constant(compiler: SqlCompiler, text: str) -> sa.ColumnElement[str]:
    return compiler.text(text) if text else written("")


def _is_number(text: str | None) -> bool:
    try:
        return _value(text) is not None
    except NoValueError:
        return False


def _is_number_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    read = _value_sql(compiler, compiler.once(text))
    failed = sa.false() if read.error is None else sa.func.coalesce(read.error, sa.false())
    return SqlValue(BOOLEAN, filled_as=sa.and_(sa.not_(read.empty), sa.not_(failed)))


def _is_there_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    return SqlValue(BOOLEAN, filled_as=sa.not_(value.empty))


PATTERNS = (
    "0",
    "0.00",
    "#,##0",
    "¥#,##0.00",
    "0.0%",
    "#.##",
    "00000",
    "0.0#",
    "#,##0,",
    '"共"0"件"',
    "000,000.000",
)
_PATTERN = parameter("格式", "pattern", "text", constant=True, samples=PATTERNS)


def text_patterns() -> tuple[Function, ...]:
    family = Family.TEXT
    return (
        Function("TEXT", family, "转文本",
                 Text(zh="按格式把数字写成文本：0 是必写的数位，# 是可省的数位，逗号分千位，% 乘以 100，其余文字照写；不写格式时原样转成文本。",
                      en="Writes a number by a pattern: 0 a digit always written, # one that may be left out, a comma for thousands, % times 100, "
                         "other text as it is; without a pattern, any value as it is."),
                 (overload([parameter("数字", "number", "number"), _PATTERN], "text", python=number_as, sql=_number_sql, check_constants=check_pattern),
                  overload([TEXT_PLACE], "text", python=lambda text: text or None, sql=lambda compiler, text: text)),
                 (Example('TEXT(1234.5, "¥#,##0.00")', "¥1,234.50"), Example('TEXT(0.125, "0.0%")', "12.5%"), Example('TEXT(7, "000")', "007"))),
        Function("VALUE", family, "数值",
                 Text(zh="把文本读成数字，可以有千位逗号、货币符号、百分号和全角数字；读不懂时没有结果。",
                      en="Reads text as a number, with commas, a currency sign, a per cent sign, full-width digits; no value when it cannot be read."),
                 (overload([parameter("文本", "text", "text")], "number", python=_value, sql=_value_sql),
                  overload([parameter("数字", "number", "number")], "number", python=lambda value: value, sql=lambda compiler, value: value)),
                 (Example('VALUE("¥1,234.50")', "1234.5"), Example('VALUE("12%")', "0.12"), Example('VALUE("abc")', None)), ("转数字",)),
        Function("ISNUMBER", family, "是否为数字",
                 Text(zh="是否有数字，或文本能不能读成数字（读法同 VALUE）。", en="Whether there is a number, or text that VALUE can read as one."),
                 (overload([parameter("数字", "number", "number")], "boolean", python=lambda value: value is not None, sql=_is_there_sql),
                  overload([TEXT_PLACE], "boolean", python=_is_number, sql=_is_number_sql)),
                 (Example("ISNUMBER(12)", True), Example('ISNUMBER("1,200")', True), Example('ISNUMBER("12 只")', False), Example('ISNUMBER("")', False))),
    )  # fmt: skip
