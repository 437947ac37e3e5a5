"""A regular expression as PostgreSQL reads it. What differs from other engines is written out."""

from collections.abc import Sequence

from guanxi.formula.regex_syntax import LAST, Branch, Either, Group, Regex, Row, Some, others


def regex_text(branches: Sequence[Branch], wanted: frozenset[int] = frozenset()) -> str:
    """Only the groups asked for are counted."""
    return "|".join(
        ("^" if one.at_start else "") + _text(one.row, wanted) + ("$" if one.at_end else "")
        for one in branches
    )


def _text(regex: Regex, wanted: frozenset[int]) -> str:
    if isinstance(regex, Some):
        return _some(regex)
    if isinstance(regex, Row):
        return "".join(_text(one, wanted) for one in regex.parts)
    if isinstance(regex, Either):
        return "|".join(_text(one, wanted) for one in regex.parts)
    if isinstance(regex, Group):
        return ("(" if regex.number in wanted else "(?:") + _text(regex.part, wanted) + ")"
    most = "" if regex.most is None else regex.most
    return f"(?:{_text(regex.part, wanted)}){{{regex.least},{most}}}"


def _some(regex: Some) -> str:
    ranges, sign = regex.ranges, ""
    if ranges[-1:] and ranges[-1][1] == LAST:
        ranges, sign = others(ranges), "^"
        if not ranges:
            return "."
    if not ranges:
        return f"[^\\u0001-\\U{LAST:08X}]"
    return f"[{sign}" + "".join(_range(max(first, 1), last) for first, last in ranges) + "]"


def _range(first: int, last: int) -> str:
    return _character(first) if first == last else f"{_character(first)}-{_character(last)}"


def _character(code: int) -> str:
    sign = chr(code)
    if sign.isascii() and sign.isalnum():
        return sign
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
