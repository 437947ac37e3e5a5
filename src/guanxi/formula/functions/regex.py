"""Regular expressions over text. They are written out, so that they are known to be right before any record is."""

import re
from decimal import Decimal

import sqlalchemy as sa

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.errors import OUT_OF_RANGE, FormulaError, NoValueError
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.text import TEXT_PLACE, collated, written
from guanxi.formula.functions.text_sizes import MOST_CHARACTERS, bounded, is_bounded, length_sql
from guanxi.formula.regex_automaton import automaton, groups_of, parts
from guanxi.formula.regex_cost import most_characters, refuse_costly
from guanxi.formula.regex_sql import regex_text
from guanxi.formula.regex_syntax import RegexError, read_regex
from guanxi.formula.sql_value import Column, Predicate, SqlValue, number
from guanxi.formula.tree import Literal, Node, Span
from guanxi.formula.types import BOOLEAN, TEXT
from guanxi.kit.money import plain
from guanxi.kit.text import Text

NO_GROUP = Text(
    zh="没有可以引用的第 {number} 个括号；它不能重复、不能在另一个括号或“|”的选项里。",
    en="There is no group {number} to refer to; it may not be repeated, in another group, or beside a |.",
)
MATCHES_NOTHING = Text(
    zh="这个正则表达式也匹配空文本，无法替换。",
    en="This regular expression matches empty text too, which cannot be replaced.",
)
TOO_LONG_TO_PUT = Text(zh="替换文本最多 200 个字。", en="The new text has at most 200 characters.")

MOST_TO_PUT = 200
_REFERENCE = re.compile(r"\$([1-9$])")


def _checked(pattern: Node) -> str:
    text = pattern.value if isinstance(pattern, Literal) else None
    text = text if isinstance(text, str) else ""
    try:
        refuse_costly(text)
    except RegexError as problem:
        raise problem.at(*pattern.span, text) from None
    return text


def _check(span: Span, *nodes: Node) -> None:
    pattern = _checked(nodes[1])
    for group in nodes[2:]:
        value = group.value if isinstance(group, Literal) else None
        if isinstance(value, Decimal) and value:
            _refer(pattern, value, group)


def _check_replacing(span: Span, *nodes: Node) -> None:
    pattern, new = _checked(nodes[1]), _constant(nodes[2])
    if automaton(pattern).may_be_nothing:
        raise FormulaError("matches_nothing", MATCHES_NOTHING, nodes[1].span)
    if len(new) > MOST_TO_PUT:
        raise FormulaError("too_long_to_put", TOO_LONG_TO_PUT, nodes[2].span)
    for one in _REFERENCE.findall(new):
        if one != "$":
            _refer(pattern, Decimal(one), nodes[2])


def _constant(node: Node) -> str:
    value = node.value if isinstance(node, Literal) else None
    return value if isinstance(value, str) else ""


def _refer(pattern: str, group: Decimal, node: Node) -> None:
    if group not in groups_of(read_regex(pattern)):
        problem = NO_GROUP.fill(number=plain(group))
        raise FormulaError("no_group", problem, node.span)


def _referred(new: str) -> frozenset[int]:
    return frozenset(int(one) for one in _REFERENCE.findall(new) if one != "$")


# --- in Python ------------------------------------------------------------------------------------------------


def _matches(text: str | None, pattern: str) -> bool:
    return bool(automaton(pattern).starts(text or ""))


def _extract(text: str | None, pattern: str, group: Decimal | None = None) -> str | None:
    text, number = text or "", int(group or 0)
    if len(text) > most_characters(pattern, min(number, 1)):
        raise NoValueError(OUT_OF_RANGE)
    found = next(automaton(pattern).matches(text), None)
    if found is None:
        return None
    if not number:
        return text[slice(*found)] or None
    return parts(pattern, frozenset({number})).of(text, *found)[number] or None


def _replace(text: str | None, pattern: str, new: str | None) -> str | None:
    text, new = text or "", new or ""
    referred, done, found = _referred(new), 0, ""
    if len(text) > most_characters(pattern, len(referred)):
        raise NoValueError(OUT_OF_RANGE)
    for start, end in automaton(pattern).matches(text):
        groups = parts(pattern, referred).of(text, start, end) if referred else {}
        found += text[done:start] + _filled(new, groups)
        done = end
    found += text[done:]
    bounded(len(found))
    return found or None


def _filled(new: str, groups: dict[int, str]) -> str:
    return _REFERENCE.sub(lambda one: "$" if one[1] == "$" else groups[int(one[1])], new)


# --- in SQL -----------------------------------------------------------------------------------------------------


def _regex(
    compiler: SqlCompiler, pattern: SqlValue, wanted: frozenset[int] = frozenset()
) -> Column:
    return compiler.text(regex_text(read_regex(str(pattern.constant)), wanted))


def _matches_sql(compiler: SqlCompiler, text: SqlValue, pattern: SqlValue) -> SqlValue:
    found: Predicate = collated(text.filled, "C").regexp_match(_regex(compiler, pattern))
    return SqlValue(BOOLEAN, filled_as=found)


def _extract_sql(
    compiler: SqlCompiler, text: SqlValue, pattern: SqlValue, group: SqlValue | None = None
) -> SqlValue:
    text = compiler.once(text)
    asked = group.constant if group is not None and isinstance(group.constant, Decimal) else None
    wanted = frozenset({int(asked)}) if asked else frozenset()
    short, kept = _short(text, pattern, len(wanted))
    # Not regexp_substr, which looks for all matches first.
    found = sa.func.substring(collated(kept, "C"), _regex(compiler, pattern, wanted))
    value = sa.func.coalesce(found, written(""))
    return SqlValue(TEXT, filled_as=value, error=sa.not_(short))


def _short(text: SqlValue, pattern: SqlValue, groups: int) -> tuple[Predicate, Column]:
    """Whether the text is short enough to be looked through, and what is looked through."""
    most = most_characters(str(pattern.constant), groups)
    short = sa.func.length(text.filled) <= number(most)
    return short, sa.case((short, text.filled), else_=written(""))


def _replace_sql(
    compiler: SqlCompiler, text: SqlValue, pattern: SqlValue, new: SqlValue
) -> SqlValue:
    text, written_new = compiler.once(text), str(new.constant or "")
    referred = _referred(written_new)
    names = {number: place for place, number in enumerate(sorted(referred), 1)}
    put = compiler.text(
        _REFERENCE.sub(
            lambda one: "$" if one[1] == "$" else f"\\{names[int(one[1])]}",
            written_new.replace("\\", "\\\\"),
        )
    )
    short, kept = _short(text, pattern, len(referred))
    regex = _regex(compiler, pattern, referred)
    changed = sa.func.regexp_replace(collated(kept, "C"), regex, put, written("g"))
    done = compiler.once(SqlValue(TEXT, filled_as=changed))
    fits = sa.and_(short, is_bounded(length_sql(done.filled)))
    return SqlValue(TEXT, filled_as=done.filled, error=sa.not_(fits))


#: What people look for most; tests of random formulas write them too.
REGEXES = (
    r"\d+", "[A-Za-z]+", "[一-龥]+", r"^1[3-9]\d{9}$", r"^\d{4}-\d{2}-\d{2}$", r"\s+", "(?i)ab", "ab?|[^a]b*", ".{2,3}",
)  # fmt: skip
REPLACED = (r"\d+", "[A-Za-z]+", "[一-龥]", r"^\s+|\s+$", r"\s+", "(?i)ab", "a|ab", "[^a]{2}")
_PATTERN = parameter("正则表达式", "regular expression", "text", constant=True, samples=REGEXES)


def regex() -> tuple[Function, ...]:
    family = Family.TEXT
    most = f"{MOST_CHARACTERS:,}"
    group = parameter("第几个括号", "group", "number", optional=True, constant=True, samples=("0",))
    replaced = parameter(
        "正则表达式", "regular expression", "text", constant=True, samples=REPLACED
    )
    new = parameter("新文本", "new", "text", constant=True, samples=("x", "<$$>", r"\1&", "中"))
    return (
        Function("REGEXMATCH", family, "正则匹配", Text(zh="文本里是否有符合正则表达式的部分。", en="Whether a part of the text matches the regular expression."),
                 (overload([TEXT_PLACE, _PATTERN], "boolean", python=_matches, sql=_matches_sql, check_constants=_check),),
                 (Example(r'REGEXMATCH("13812345678", "^1[3-9]\d{9}$")', True), Example(r'REGEXMATCH("abc", "\d")', False))),
        Function("REGEXEXTRACT", family, "正则提取", Text(zh="第一段符合正则表达式的文本，或其中第几个括号的内容；没有时为空。", en="The first part of the text that matches, or what a group of it matched; empty when none does."),
                 (overload([TEXT_PLACE, _PATTERN, group], "text", python=_extract, sql=_extract_sql, check_constants=_check),),
                 (Example(r'REGEXEXTRACT("订单 A-102 已付", "[A-Z]-\d+")', "A-102"), Example(r'REGEXEXTRACT("宽80高60", "宽(\d+)高(\d+)", 2)', "60"))),
        Function("REGEXREPLACE", family, "正则替换",
                 Text(zh=f"把符合正则表达式的部分都换成新文本，$1 是第一个括号的内容；最多 {most} 个字。",
                      en=f"Puts new text in the place of all that matches; $1 is what the first group matched; up to {most} characters."),
                 (overload([TEXT_PLACE, replaced, new], "text", python=_replace, sql=_replace_sql, check_constants=_check_replacing),),
                 (Example(r'REGEXREPLACE("13812345678", "^(\d{3})\d{4}", "$1****")', "138****5678"), Example(r'REGEXREPLACE("a  b", "\s+", " ")', "a b"))),
    )  # fmt: skip
