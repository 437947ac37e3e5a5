"""Text out of many values, and many out of one."""

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.gathering import gathered
from guanxi.formula.functions.text import TEXT_PLACE, collated
from guanxi.formula.functions.text_sizes import MOST_CHARACTERS, bounded, is_bounded, length_sql
from guanxi.formula.sql_value import Column, SqlList, SqlValue, number
from guanxi.formula.types import BOOLEAN, NUMBER, TEXT
from guanxi.kit.text import Text

_NOTHING: Column = sa.literal_column("''", sa.Text())


def _items(values: tuple[Any, ...]) -> list[str]:
    """Single texts and those of lists, empty ones as ''."""
    found: list[str] = []
    for value in values:
        parts = value if isinstance(value, tuple) else (value,)
        found += [one or "" for one in parts]
    return found


def _joined(separator: str, items: list[str]) -> str | None:
    bounded(sum(map(len, items)) + len(separator) * max(len(items) - 1, 0))
    return separator.join(items) or None


def _join(separator: str | None, skip: Any, *values: Any) -> str | None:
    items = _items(values)
    return _joined(separator or "", [one for one in items if one] if skip else items)


def _join_list(items: tuple[Any, ...], separator: str | None = ",") -> str | None:
    return _join(separator, True, items)


def _concatenate(*values: Any) -> str | None:
    return _joined("", _items(values))


def _joined_sql(
    compiler: SqlCompiler,
    separator: SqlValue,
    skip: SqlValue,
    values: tuple[SqlValue | SqlList, ...],
) -> SqlValue:
    """Its length is told first: PostgreSQL fails where text grows beyond a gigabyte."""
    separator = compiler.once(separator)
    items = gathered(compiler, values, TEXT)
    text = sa.func.coalesce(items.item, _NOTHING)
    wanted = sa.or_(sa.not_(skip.filled), text != _NOTHING)
    rows = SqlList(items.type, items.rows, text, items.order, (*items.conditions, wanted))

    def length(one: Column) -> Column:
        parts = sa.func.sum(length_sql(one) + length_sql(separator.filled))
        return sa.func.coalesce(parts - length_sql(separator.filled), number(0))

    size = compiler.once(SqlValue(NUMBER, filled_as=rows.total(length)))
    fits = is_bounded(size.filled)
    placed = rows.numbered(compiler.name())
    joined = sa.func.string_agg(placed.c.v, aggregate_order_by(separator.filled, placed.c.o))
    value = sa.select(joined).select_from(placed).correlate_except(placed).scalar_subquery()
    found = sa.func.coalesce(sa.case((fits, value)), _NOTHING)
    return SqlValue(TEXT, filled_as=collated(found, "C"), error=sa.not_(fits))


_YES = SqlValue(BOOLEAN, filled_as=sa.true(), constant=True)
_NO = SqlValue(BOOLEAN, filled_as=sa.false(), constant=False)


def _join_sql(
    compiler: SqlCompiler, separator: SqlValue, skip: SqlValue, *values: SqlValue | SqlList
) -> SqlValue:
    return _joined_sql(compiler, separator, skip, values)


def _join_list_sql(
    compiler: SqlCompiler, items: SqlList, separator: SqlValue | None = None
) -> SqlValue:
    comma = SqlValue(TEXT, filled_as=sa.literal_column("','", sa.Text()))
    return _joined_sql(compiler, comma if separator is None else separator, _YES, (items,))


def _concatenate_sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
    singles = [one for one in values if isinstance(one, SqlValue)]
    if len(singles) == len(values):
        first, *rest = (one.filled for one in singles)
        whole = compiler.once(SqlValue(TEXT, filled_as=functools.reduce(_after, rest, first)))
        fits = is_bounded(length_sql(whole.filled))
        return SqlValue(TEXT, filled_as=whole.filled, error=sa.not_(fits))
    return _joined_sql(compiler, SqlValue(TEXT, filled_as=_NOTHING), _NO, values)


def _after(before: Column, after: Column) -> Column:
    return before.concat(after)


def _split(text: str | None, separator: str | None) -> tuple[str | None, ...]:
    if not text:
        return ()
    parts = text.split(separator) if separator else [text]
    return tuple(one or None for one in parts)


def _split_sql(compiler: SqlCompiler, text: SqlValue, separator: SqlValue) -> SqlList:
    parts = compiler.unnested(sa.func.string_to_array(text.filled, separator.filled), TEXT.listed)
    item = sa.func.nullif(parts.item, _NOTHING).collate("C")
    return SqlList(parts.type, parts.rows, item, parts.order)


_SEPARATOR = parameter("分隔符", "separator", "text")
_VALUES = parameter("值", "values", "texts", repeats=True)


def text_lists() -> tuple[Function, ...]:
    family = Family.TEXT
    most = f"{MOST_CHARACTERS:,}"
    return (
        Function("CONCATENATE", family, "拼接", Text(zh=f"把各个值和列表里的值连成文本，空按空文本处理；最多 {most} 个字。", en=f"Joins values, and those of lists, into text; up to {most} characters."),
                 (overload([_VALUES], "text", python=_concatenate, sql=_concatenate_sql),),
                 (Example('CONCATENATE("HT-", 2026)', "HT-2026"), Example('CONCATENATE(["a", "b"], "c")', "abc")), ("CONCAT", "合并文本")),
        Function("TEXTJOIN", family, "连接文本", Text(zh=f"用分隔符把各个值连成文本，可以忽略空值；最多 {most} 个字。", en=f"Joins values with a separator, empty ones skipped if wanted; up to {most} characters."),
                 (overload([_SEPARATOR, parameter("忽略空值", "skip empty ones", "boolean"), _VALUES], "text", python=_join, sql=_join_sql),),
                 (Example('TEXTJOIN("、", TRUE, "北京", "", "上海")', "北京、上海"), Example('TEXTJOIN("-", FALSE, ["a", ""], "b")', "a--b"))),
        Function("ARRAYJOIN", family, "列表拼接", Text(zh=f"用分隔符（默认为逗号）把列表中的非空值连成文本；最多 {most} 个字。", en=f"Joins what is not empty in a list, with a comma unless told; up to {most} characters."),
                 (overload([parameter("列表", "list", "list as_text"), parameter("分隔符", "separator", "text", optional=True)], "text",
                           python=_join_list, sql=_join_list_sql),),
                 (Example('ARRAYJOIN([1, 2], "、")', "1、2"), Example('ARRAYJOIN(["a", "", "b"])', "a,b"))),
        Function("SPLIT", family, "拆分", Text(zh="按分隔符把文本拆成列表。", en="The parts of the text between the separators, as a list."),
                 (overload([TEXT_PLACE, _SEPARATOR], "list text", python=_split, sql=_split_sql),),
                 (Example('NTH(SPLIT("a/b/c", "/"), 2)', "b"), Example('COUNTROWS(SPLIT("", "/"))', "0")), ("拆分文本",)),
    )  # fmt: skip
