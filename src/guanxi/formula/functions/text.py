"""Taking text apart and changing its form."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.function import Example, Family, Function, Overload, overload, parameter
from guanxi.formula.functions.text_sizes import (
    MOST_CHARACTERS,
    bounded,
    count_of,
    count_sql,
    is_bounded,
    length_sql,
    place_of,
    place_sql,
)
from guanxi.formula.sql_value import Column, SqlValue, whole
from guanxi.formula.types import NUMBER, TEXT
from guanxi.kit.text import Text

ONE = Decimal(1)
#: What `str.strip` takes away, and the web app too.
BLANKS = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
                           0x2028, 0x2029, 0x202F, 0x205F, 0x3000]))  # fmt: skip


def written(text: str) -> Column:
    """A text of the compiler's own, written into the statement."""
    quoted = text.replace("'", "''")
    return sa.literal_column(f"'{quoted}'", sa.Text())


def collated(text: Column, collation: str) -> Column:
    """In brackets: COLLATE binds more closely than anything else."""
    return sa.sql.elements.Grouping(text).collate(collation)


def without_blanks(text: Column) -> Column:
    return sa.func.btrim(text, written(BLANKS))


def _length(text: str | None) -> Decimal:
    return Decimal(len(text or ""))


def _length_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, filled_as=length_sql(text.filled))


def _left(text: str | None, count: Decimal | None = ONE) -> str | None:
    return (text or "")[: count_of(count)] or None


def _right(text: str | None, count: Decimal | None = ONE) -> str | None:
    text, kept = text or "", count_of(count)
    return text[max(len(text) - kept, 0) :] or None


def _count_sql(count: SqlValue | None) -> Column:
    return whole(1) if count is None else count_sql(count)


def _left_sql(compiler: SqlCompiler, text: SqlValue, count: SqlValue | None = None) -> SqlValue:
    return SqlValue(TEXT, filled_as=sa.func.left(text.filled, _count_sql(count)))


def _right_sql(compiler: SqlCompiler, text: SqlValue, count: SqlValue | None = None) -> SqlValue:
    return SqlValue(TEXT, filled_as=sa.func.right(text.filled, _count_sql(count)))


def _middle(text: str | None, start: Decimal | None, count: Decimal | None) -> str | None:
    first = place_of(start) - 1
    return (text or "")[first : first + count_of(count)] or None


def _middle_sql(
    compiler: SqlCompiler, text: SqlValue, start: SqlValue, count: SqlValue
) -> SqlValue:
    place, error = place_sql(start)
    part = sa.func.substr(text.filled, place, count_sql(count))
    return SqlValue(TEXT, filled_as=part, error=error)


def _upper(text: str | None) -> str | None:
    return text and text.upper()


def _lower(text: str | None) -> str | None:
    return text and text.lower()


def _upper_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    return SqlValue(TEXT, filled_as=sa.func.full_upper(text.filled).collate("C"))


def _lower_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    return SqlValue(TEXT, filled_as=sa.func.full_lower(text.filled).collate("C"))


def _trim(text: str | None) -> str | None:
    return (text or "").strip() or None


def _trim_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    return SqlValue(TEXT, filled_as=without_blanks(text.filled))


def _repeat(text: str | None, count: Decimal | None) -> str | None:
    text, times = text or "", count_of(count)
    bounded(len(text) * times)
    return text * times or None


def _repeat_sql(compiler: SqlCompiler, text: SqlValue, count: SqlValue) -> SqlValue:
    """Told before it is repeated: PostgreSQL would fill its memory."""
    text, count = compiler.once(text), compiler.once(count)
    times = count_sql(count)
    fits = is_bounded(length_sql(text.filled) * times)
    repeated = sa.func.repeat(text.filled, sa.case((fits, times), else_=whole(0)))
    return SqlValue(TEXT, filled_as=repeated, error=sa.not_(fits))


def _encoded(text: str | None) -> str | None:
    return text and quote(text, safe="")


def _encoded_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    """Character by character: those that stay, and the bytes of the others."""
    one = sa.func.string_to_table(text.filled, sa.null()).table_valued(
        sa.column("c", sa.Text()), with_ordinality="o", name=compiler.name()
    )
    one = one.render_derived()
    hexadecimal = sa.func.encode(sa.func.convert_to(one.c.c, written("UTF8")), written("hex"))
    marked = sa.func.regexp_replace(
        sa.func.upper(hexadecimal.collate("C")), written("(..)"), written(r"%\1"), written("g")
    )
    plain = one.c.c.collate("C").regexp_match(written("^[A-Za-z0-9_.~-]$"))
    joined = sa.func.string_agg(
        sa.case((plain, one.c.c), else_=marked),
        sa.dialects.postgresql.aggregate_order_by(written(""), one.c.o),
    )
    value = sa.select(joined).select_from(one).correlate_except(one).scalar_subquery()
    return SqlValue(TEXT, nullable=value.collate("C"))


TEXT_PLACE = parameter("文本", "text", "as_text")
_COUNT = parameter("字数", "count", "number")
_COUNT_OR_ONE = parameter("字数", "count", "number", optional=True)


def _one(result: str, python: Any, sql: Any, *more: Any) -> tuple[Overload, ...]:
    return (overload([TEXT_PLACE, *more], result, python=python, sql=sql),)


def text() -> tuple[Function, ...]:
    family = Family.TEXT
    most = f"{MOST_CHARACTERS:,}"
    return (
        Function("LEN", family, "长度", Text(zh="文本的字数；汉字、字母和表情都算一个。", en="How many characters; a letter, a 汉字 and an emoji are one each."),
                 _one("number", _length, _length_sql), (Example('LEN("客户😀")', "3"), Example('LEN("")', "0")), ("文本长度",)),
        Function("LEFT", family, "左边文本", Text(zh="开头的若干个字，省略字数时取一个。", en="So many characters of the beginning; one unless told."),
                 _one("text", _left, _left_sql, _COUNT_OR_ONE), (Example('LEFT("HT-2026", 2)', "HT"), Example('LEFT("张三")', "张")), ("左截取",)),
        Function("RIGHT", family, "右边文本", Text(zh="末尾的若干个字，省略字数时取一个。", en="So many characters of the end; one unless told."),
                 _one("text", _right, _right_sql, _COUNT_OR_ONE), (Example('RIGHT("HT-2026", 4)', "2026"), Example('RIGHT("张三")', "三")), ("右截取",)),
        Function("MID", family, "中间文本", Text(zh="从第几个字起的若干个字，从 1 数起。", en="So many characters from a place on, counted from 1."),
                 _one("text", _middle, _middle_sql, parameter("起始位置", "start", "number"), _COUNT),
                 (Example('MID("HT-2026-08", 4, 4)', "2026"), Example('MID("abc", 0, 1)', None)), ("截取",)),
        Function("UPPER", family, "大写", Text(zh="字母变成大写。", en="In capital letters."),
                 _one("text", _upper, _upper_sql), (Example('UPPER("abc公司")', "ABC公司"), Example('UPPER("ß")', "SS"))),
        Function("LOWER", family, "小写", Text(zh="字母变成小写。", en="In small letters."),
                 _one("text", _lower, _lower_sql), (Example('LOWER("ABC公司")', "abc公司"), Example('LOWER("É")', "é"))),
        Function("TRIM", family, "去空格", Text(zh="去掉两端的空白，全角空格也算。", en="Without blanks at the ends, full-width ones too."),
                 _one("text", _trim, _trim_sql), (Example('TRIM("　张 三 ")', "张 三"), Example('TRIM("  ")', None)), ("清除空格",)),
        Function("REPT", family, "重复", Text(zh=f"把文本重复若干次，最多 {most} 个字。", en=f"The text so many times, up to {most} characters."),
                 _one("text", _repeat, _repeat_sql, parameter("次数", "times", "number")),
                 (Example('REPT("★", 3)', "★★★"), Example('REPT("ab", 1000000)', None))),
        Function("ENCODEURL", family, "网址编码", Text(zh="编码成网址参数。", en="Written so that it can stand in a web address."),
                 _one("text", _encoded, _encoded_sql), (Example('ENCODEURL("a b&c")', "a%20b%26c"), Example('ENCODEURL("中")', "%E4%B8%AD"))),
    )  # fmt: skip
