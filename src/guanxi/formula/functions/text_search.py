"""Looking for text in text, and putting other text in its place."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.text import TEXT_PLACE
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
from guanxi.formula.sql_value import Column, SqlValue, number
from guanxi.formula.types import BOOLEAN, NUMBER, TEXT
from guanxi.kit.text import Text

ONE = Decimal(1)


def _find(what: str | None, text: str | None, start: Decimal | None = ONE) -> Decimal | None:
    place = (text or "").find(what or "", place_of(start) - 1) + 1
    return Decimal(place) if place else None


def _search(what: str | None, text: str | None, start: Decimal | None = ONE) -> Decimal | None:
    return _find(in_small_letters(what or ""), in_small_letters(text or ""), start)


def in_small_letters(text: str) -> str:
    """Each character by itself: İ is the only one that would become two."""
    return text.lower() if text.isascii() else "".join("i" if c == "İ" else c.lower() for c in text)


def small_letters_sql(text: Column) -> Column:
    """One for one, so that places stay."""
    return sa.func.single_lower(text).collate("C")


def _found(compiler: SqlCompiler, what: Column, text: Column, start: SqlValue | None) -> SqlValue:
    if start is None:
        only = sa.func.nullif(sa.func.strpos(text, what), sa.literal_column("0"))
        return SqlValue(NUMBER, nullable=sa.cast(only, sa.Numeric()))
    first, error = place_sql(start)
    rest = sa.func.nullif(sa.func.strpos(sa.func.substr(text, first), what), sa.literal_column("0"))
    # Even nothing is not found behind the end.
    place = sa.case((first <= sa.func.length(text) + number(1), rest + first - number(1)))
    return SqlValue(NUMBER, nullable=sa.cast(place, sa.Numeric()), error=error)


def _find_sql(
    compiler: SqlCompiler, what: SqlValue, text: SqlValue, start: SqlValue | None = None
) -> SqlValue:
    if start is not None:
        text, start = compiler.once(text), compiler.once(start)
    return _found(compiler, what.filled, text.filled, start)


def _search_sql(
    compiler: SqlCompiler, what: SqlValue, text: SqlValue, start: SqlValue | None = None
) -> SqlValue:
    small = SqlValue(TEXT, filled_as=small_letters_sql(text.filled))
    if start is not None:
        small, start = compiler.once(small), compiler.once(start)
    return _found(compiler, small_letters_sql(what.filled), small.filled, start)


def _contains(text: str | None, what: str | None) -> bool:
    return (what or "") in (text or "")


def _contains_sql(compiler: SqlCompiler, text: SqlValue, what: SqlValue) -> SqlValue:
    return SqlValue(BOOLEAN, filled_as=sa.func.strpos(text.filled, what.filled) > number(0))


def _starts(text: str | None, what: str | None) -> bool:
    return (text or "").startswith(what or "")


def _starts_sql(compiler: SqlCompiler, text: SqlValue, what: SqlValue) -> SqlValue:
    return SqlValue(BOOLEAN, filled_as=sa.func.starts_with(text.filled, what.filled))


def _ends(text: str | None, what: str | None) -> bool:
    return (text or "").endswith(what or "")


def _ends_sql(compiler: SqlCompiler, text: SqlValue, what: SqlValue) -> SqlValue:
    what = compiler.once(what)
    end = sa.func.right(text.filled, sa.func.length(what.filled))
    return SqlValue(BOOLEAN, filled_as=end == what.filled)


def _replace(
    text: str | None, start: Decimal | None, count: Decimal | None, new: str | None
) -> str | None:
    text, first = text or "", place_of(start) - 1
    return text[:first] + (new or "") + text[first + count_of(count) :] or None


def _replace_sql(
    compiler: SqlCompiler, text: SqlValue, start: SqlValue, count: SqlValue, new: SqlValue
) -> SqlValue:
    text, start = compiler.once(text), compiler.once(start)
    place, error = place_sql(start)
    before = sa.func.left(text.filled, place - sa.literal_column("1"))
    after = sa.func.substr(text.filled, place + count_sql(count))
    value = before.concat(new.filled).concat(after)
    return SqlValue(TEXT, filled_as=value, error=error)


def _substitute(text: str | None, old: str | None, new: str | None) -> str | None:
    if not text or not old:
        return text
    growth = text.count(old) * (len(new or "") - len(old))
    if growth > 0:
        bounded(len(text) + growth)
    return text.replace(old, new or "") or None


def _substitute_one(
    text: str | None, old: str | None, new: str | None, which: Decimal | None
) -> str | None:
    place, text = place_of(which), text or ""
    parts = text.split(old) if old else [text]
    if place >= len(parts):
        return text or None
    before, after = (old or "").join(parts[:place]), (old or "").join(parts[place:])
    return before + (new or "") + after or None


def _substitute_sql(
    compiler: SqlCompiler, text: SqlValue, old: SqlValue, new: SqlValue
) -> SqlValue:
    """How long it becomes is told beforehand, unless it cannot grow."""
    if _never_longer(old.constant, new.constant):
        return SqlValue(TEXT, filled_as=sa.func.replace(text.filled, old.filled, new.filled))
    text, old, new = compiler.once(text), compiler.once(old), compiler.once(new)
    length = length_sql(text.filled)
    removed = length - length_sql(sa.func.replace(text.filled, old.filled, sa.literal_column("''")))
    per_place = length_sql(new.filled) - length_sql(old.filled)
    times = sa.func.div(removed, sa.func.nullif(length_sql(old.filled), number(0)))
    growth = compiler.once(
        SqlValue(NUMBER, filled_as=sa.func.coalesce(times * per_place, number(0)))
    )
    fits = sa.or_(growth.filled <= number(0), is_bounded(length + growth.filled))
    kept = sa.case((fits, text.filled), else_=sa.literal_column("''"))
    value = sa.func.replace(kept, old.filled, new.filled)
    return SqlValue(TEXT, filled_as=value, error=sa.not_(fits))


def _never_longer(old: object, new: object) -> bool:
    return isinstance(old, str) and isinstance(new, str) and len(new) <= len(old)


def _substitute_one_sql(
    compiler: SqlCompiler, text: SqlValue, old: SqlValue, new: SqlValue, which: SqlValue
) -> SqlValue:
    text, old, which = compiler.once(text), compiler.once(old), compiler.once(which)
    place, error = place_sql(which)
    pieces = sa.func.string_to_array(text.filled, old.filled, type_=postgresql.ARRAY(sa.Text()))
    inner = sa.select(pieces.label("a")).correlate_except().offset(sa.literal_column("0"))
    parts = inner.lateral(compiler.name())
    count = sa.func.cardinality(parts.c.a)
    one = sa.literal_column("1", sa.Integer())
    before = sa.func.array_to_string(parts.c.a[one:place], old.filled)
    after = sa.func.array_to_string(parts.c.a[place + one : count], old.filled)
    changed = before.concat(new.filled).concat(after)
    value = sa.select(sa.case((place < count, changed), else_=text.filled))
    found = value.select_from(parts).correlate_except(parts).scalar_subquery()
    return SqlValue(TEXT, filled_as=sa.func.coalesce(found, sa.literal_column("''")), error=error)


_WHAT = parameter("查找的文本", "what", "as_text")
_START = parameter("起始位置", "start", "number", optional=True)
_OLD = parameter("旧文本", "old", "as_text")
_NEW = parameter("新文本", "new", "as_text")


def text_search() -> tuple[Function, ...]:
    family = Family.TEXT
    most = f"{MOST_CHARACTERS:,}"

    def asking(python: Any, sql: Any) -> Any:
        return (overload([TEXT_PLACE, _WHAT], "boolean", python=python, sql=sql),)

    def finding(python: Any, sql: Any) -> Any:
        return (overload([_WHAT, TEXT_PLACE, _START], "number", python=python, sql=sql),)

    return (
        Function("FIND", family, "查找文本", Text(zh="文本第一次出现的位置，从 1 数起，区分大小写；没有时为空。", en="Where the text first stands, counted from 1, case counts; empty when nowhere."),
                 finding(_find, _find_sql), (Example('FIND("-", "HT-2026")', "3"), Example('FIND("x", "abc")', None))),
        Function("SEARCH", family, "搜索文本", Text(zh="同 FIND，但不区分大小写。", en="As FIND, but case does not count."),
                 finding(_search, _search_sql), (Example('SEARCH("B", "abc")', "2"), Example('SEARCH("x", "abc")', None))),
        Function("CONTAINTEXT", family, "包含文本", Text(zh="文本里是否有另一段文本，区分大小写。", en="Whether the text has the other in it; case counts."),
                 asking(_contains, _contains_sql), (Example('CONTAINTEXT("上海分公司", "公司")', True), Example('CONTAINTEXT("abc", "B")', False)), ("CONTAINSTEXT",)),
        Function("STARTSWITH", family, "开头是", Text(zh="文本是否以另一段文本开头。", en="Whether the text begins with the other."),
                 asking(_starts, _starts_sql), (Example('STARTSWITH("HT-2026", "HT")', True), Example('STARTSWITH("HT", "HT-")', False))),
        Function("ENDSWITH", family, "结尾是", Text(zh="文本是否以另一段文本结尾。", en="Whether the text ends with the other."),
                 asking(_ends, _ends_sql), (Example('ENDSWITH("a.pdf", ".pdf")', True), Example('ENDSWITH("pdf", ".pdf")', False))),
        Function("REPLACE", family, "按位置替换", Text(zh="从某个位置起把若干个字换成新文本。", en="Puts new text in the place of so many characters."),
                 (overload([TEXT_PLACE, parameter("起始位置", "start", "number"), parameter("字数", "count", "number"), _NEW], "text",
                           python=_replace, sql=_replace_sql),),
                 (Example('REPLACE("13812345678", 4, 4, "****")', "138****5678"), Example('REPLACE("abc", 4, 0, "d")', "abcd"))),
        Function("SUBSTITUTE", family, "替换文本", Text(zh=f"把旧文本都换成新文本，或只换第几处；最多 {most} 个字。", en=f"Puts new text in the place of the old, everywhere or at one occurrence; up to {most} characters."),
                 (overload([TEXT_PLACE, _OLD, _NEW], "text", python=_substitute, sql=_substitute_sql),
                  overload([TEXT_PLACE, _OLD, _NEW, parameter("第几处", "occurrence", "number")], "text",
                           python=_substitute_one, sql=_substitute_one_sql)),
                 (Example('SUBSTITUTE("a-b-c", "-", "/")', "a/b/c"), Example('SUBSTITUTE("a-b-c", "-", "/", 2)', "a-b/c")), ("替换",)),
    )  # fmt: skip
