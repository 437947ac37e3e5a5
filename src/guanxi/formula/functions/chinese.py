"""What offices in China write: amounts in words, and what identity numbers tell."""

import re
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from guanxi.formula import arithmetic
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.errors import NOT_READABLE, OUT_OF_RANGE, NoValueError
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.text import without_blanks, written
from guanxi.formula.sql_value import Column, SqlValue, number, whole
from guanxi.formula.types import DATE, NUMBER, TEXT
from guanxi.kit.pinyin import spoken
from guanxi.kit.text import Text

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
#: The units of sixteen digits, the largest first.
_UNITS = "仟佰拾万仟佰拾亿仟佰拾万仟佰拾元"
_MOST = Decimal(10) ** 16
#: Puts the digits with their units in the form people write, one after the other.
_RULES = (
    ("^(?:零.)+", ""),
    ("零[拾佰仟]", "零"),
    ("零+", "零"),
    ("零([万亿元])", r"\1"),
    ("亿万", "亿"),
)
_COMPILED = tuple((re.compile(pattern), new) for pattern, new in _RULES)


def _amount(value: Decimal | None) -> str | None:
    if value is None:
        return None
    size = arithmetic.rounded(value.copy_abs(), 2)
    if size >= _MOST:
        raise NoValueError(OUT_OF_RANGE)
    before, after = f"{size:f}".split(".")
    whole = "".join(
        _DIGITS[int(d)] + unit for d, unit in zip(before.zfill(16), _UNITS, strict=True)
    )
    for pattern, new in _COMPILED:
        whole = pattern.sub(new, whole)
    sign = "负" if value < 0 and size else ""
    if after == "00":
        return f"{sign}{whole or '零元'}整"
    tenths, hundredths = (_DIGITS[int(digit)] for digit in after)
    tenths = ("零" if whole else "") if tenths == "零" else f"{tenths}角"
    return f"{sign}{whole}{tenths}" + ("整" if hundredths == "零" else f"{hundredths}分")


def _amount_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    value = compiler.once(value)
    rounded = sa.func.round(sa.func.abs(value.filled), whole(2))
    size = compiler.once(SqlValue(NUMBER, filled_as=rounded)).filled
    fits = size < number(str(_MOST))
    cents = sa.func.lpad(
        sa.cast(sa.cast(sa.case((fits, size), else_=number(0)) * number(100), sa.BigInteger()), sa.Text()),
        whole(18),
        written("0"),
    )  # fmt: skip
    digits = sa.func.translate(cents, written("0123456789"), written(_DIGITS))
    placed = compiler.once(SqlValue(TEXT, filled_as=digits)).filled
    amount = compiler.once(SqlValue(TEXT, filled_as=_whole_sql(placed))).filled
    tenths = sa.func.substr(placed, whole(17), whole(1))
    hundredths = sa.func.substr(placed, whole(18), whole(1))
    none = written("零")
    sign = sa.case(
        (sa.and_(value.filled < number(0), size != number(0)), written("负")), else_=written("")
    )
    whole_amount = sa.func.coalesce(sa.func.nullif(amount, written("")), written("零元"))
    ten = sa.case(
        (tenths != none, tenths.concat(written("角"))),
        (amount != written(""), none),
        else_=written(""),
    )
    cent = sa.case((hundredths == none, written("整")), else_=hundredths.concat(written("分")))
    text: Column = sa.case(
        (sa.and_(tenths == none, hundredths == none), whole_amount.concat(written("整"))),
        else_=amount.concat(ten).concat(cent),
    )
    text = sign.concat(text)
    if value.may_be_empty:
        text = sa.case((value.empty, written("")), else_=text)
    return SqlValue(TEXT, filled_as=text, error=sa.not_(fits))


def _whole_sql(digits: Column) -> Column:
    text: Column = sa.func.concat(
        *(
            part
            for place, unit in enumerate(_UNITS, 1)
            for part in (sa.func.substr(digits, whole(place), whole(1)), written(unit))
        )
    )
    for pattern, new in _RULES:
        text = sa.func.regexp_replace(text, written(pattern), written(new), written("g"))
    return text


# --- identity numbers -------------------------------------------------------------------------------------------

_IDENTITY = re.compile("[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
#: A number that is well formed, to compute with where there is none.
_SOME = "110101190001011009"


def _identity(text: str | None) -> tuple[str, date] | None:
    """The number and the day of birth. Raises NoValueError when it is not one."""
    digits = (text or "").strip().upper()
    if not digits:
        return None
    if not _IDENTITY.fullmatch(digits):
        raise NoValueError(NOT_READABLE)
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    if _CHECKS[total % 11] != digits[17]:
        raise NoValueError(NOT_READABLE)
    try:
        return digits, date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        raise NoValueError(NOT_READABLE) from None


def _birthday(text: str | None) -> date | None:
    found = _identity(text)
    return found and found[1]


def _sex(text: str | None) -> str | None:
    found = _identity(text)
    return found and ("男" if int(found[0][16]) % 2 else "女")


def _part(digits: Column, start: int, count: int) -> Column:
    return sa.cast(sa.func.substr(digits, whole(start), whole(count)), sa.Integer())


def _identity_sql(compiler: SqlCompiler, text: SqlValue) -> tuple[SqlValue, SqlValue]:
    """The number, `_SOME` where it has not even the shape, and the day of birth; they have the error."""
    plain = sa.func.translate(without_blanks(text.filled), written("x"), written("X"))
    given = compiler.once(SqlValue(TEXT, filled_as=plain))
    shaped = given.filled.collate("C").regexp_match(written("^[0-9]{17}[0-9X]$"))
    digits = compiler.once(
        SqlValue(TEXT, filled_as=sa.case((shaped, given.filled), else_=written(_SOME)))
    ).filled
    total: Column = sum(
        (_part(digits, place, 1) * whole(weight) for place, weight in enumerate(_WEIGHTS, 1)),
        start=whole(0),
    )
    check = sa.func.substr(written(_CHECKS), total % whole(11) + whole(1), whole(1))
    year, month, day = (_part(digits, *span) for span in ((7, 4), (11, 2), (13, 2)))
    first = sa.func.make_date(
        sa.func.greatest(year, whole(1)),
        sa.func.greatest(sa.func.least(month, whole(12)), whole(1)),
        whole(1),
    )
    placed = compiler.once(
        SqlValue(DATE, nullable=sa.type_coerce(first.op("+")(day - whole(1)), sa.Date()))
    ).value
    real = sa.and_(
        sa.func.to_char(placed, written("YYYYMMDD")) == sa.func.substr(digits, whole(7), whole(8)),
        sa.func.substr(digits, whole(18), whole(1)) == check,
        shaped,
    )
    error = sa.and_(sa.not_(given.empty), sa.not_(real))
    empty = sa.case((given.empty, sa.null()), else_=placed)
    return SqlValue(TEXT, filled_as=digits, emptiness=given.empty, error=error), SqlValue(
        DATE, nullable=sa.type_coerce(empty, sa.Date()), error=error
    )


def _birthday_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    return _identity_sql(compiler, text)[1]


def _sex_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    digits, birthday = _identity_sql(compiler, text)
    odd = _part(digits.filled, 17, 1) % whole(2) == whole(1)
    sex = sa.case(
        (birthday.value.is_(None), written("")), (odd, written("男")), else_=written("女")
    )
    return SqlValue(TEXT, filled_as=sex, error=birthday.error)


#: Text that is longer has no value: no engine is to read for seconds.
_MOST_READ = 20_000


def _pinyin(text: str | None, initials: bool = False) -> str | None:
    if text is not None and len(text) > _MOST_READ:
        raise NoValueError(OUT_OF_RANGE)
    return spoken(text or "", initials=initials) or None


def _pinyin_sql(
    compiler: SqlCompiler, text: SqlValue, initials: SqlValue | None = None
) -> SqlValue:
    text = compiler.once(text)
    fits = sa.func.length(text.filled) <= whole(_MOST_READ)
    short = sa.func.pinyin(
        sa.case((fits, text.filled), else_=written("")),
        sa.false() if initials is None else initials.filled,
    )
    return SqlValue(TEXT, filled_as=short.collate("C"), error=sa.not_(fits))


def chinese() -> tuple[Function, ...]:
    family = Family.TEXT
    identity = parameter("身份证号", "identity number", "text")
    return (
        Function("RMBCAP", family, "人民币大写", Text(zh="金额的中文大写，四舍五入到分。", en="An amount in Chinese words, rounded to 分."),
                 (overload([parameter("金额", "amount", "number")], "text", python=_amount, sql=_amount_sql),),
                 (Example("RMBCAP(1024.5)", "壹仟零贰拾肆元伍角整"), Example("RMBCAP(0)", "零元整"), Example("RMBCAP(100000)", "壹拾万元整"))),
        Function("PINYIN", family, "拼音",
                 Text(zh="汉字的拼音（不带声调），词语按词的读法，例如“重庆”；其余文字不变。第二个值为真时只取首字母。",
                      en="Chinese as pinyin without tones, phrases as they are spoken; other text as it is. With TRUE as the second value, only first letters."),
                 (overload([parameter("文本", "text", "text"), parameter("只取首字母", "initials", "boolean", optional=True)], "text",
                           python=_pinyin, sql=_pinyin_sql),),
                 (Example('PINYIN("重庆长安")', "chong qing chang an"), Example('PINYIN("苏州澜科", TRUE)', "szlk"), Example('PINYIN("A股")', "Agu"))),
        Function("IDCARDBIRTHDAY", family, "身份证生日", Text(zh="18 位身份证号里的出生日期；号码或校验位不对时没有结果。", en="The day of birth in an 18-digit identity number; no value when it or its check digit is wrong."),
                 (overload([identity], "date", python=_birthday, sql=_birthday_sql),),
                 (Example('IDCARDBIRTHDAY("11010519491231002X")', "1949-12-31"), Example('IDCARDBIRTHDAY("110105194912310021")', None))),
        Function("IDCARDSEX", family, "身份证性别", Text(zh="18 位身份证号里的性别：男或女；号码或校验位不对时没有结果。", en="男 or 女 by an 18-digit identity number; no value when it or its check digit is wrong."),
                 (overload([identity], "text", python=_sex, sql=_sex_sql),),
                 (Example('IDCARDSEX("11010519491231002X")', "女"), Example('IDCARDSEX("110101190001011009")', "女"))),
    )  # fmt: skip
