"""Texts that are shown as links. They are kept as `[words](address)`, which everything that reads text can read."""

import re

import sqlalchemy as sa

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.errors import NOT_READABLE, NoValueError
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.text import TEXT_PLACE, written
from guanxi.formula.sql_value import SqlValue
from guanxi.formula.types import TEXT
from guanxi.kit.text import Text

#: Of the web or of mail; no blanks and nothing that is not seen, no quotes, no `<>\\`. The web app has the same.
ADDRESS = (
    r"^(?:[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"
    r'[^\u0001-\u0020<>"\\\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+$'
)
_ADDRESS = re.compile(ADDRESS.removesuffix("$") + r"\Z")
#: What would end the words too early, or the address.
_BRACKETS, _INSTEAD = "[]", "［］"


def _linked(address: str | None, words: str | None = None) -> str | None:
    if not address:
        return words
    if not _ADDRESS.match(address):
        raise NoValueError(NOT_READABLE)
    if not words:
        return address
    shown = words.translate(str.maketrans(_BRACKETS, _INSTEAD))
    return f"[{shown}]({address.replace('(', '%28').replace(')', '%29')})"


def _linked_sql(
    compiler: SqlCompiler, address: SqlValue, words: SqlValue | None = None
) -> SqlValue:
    address = compiler.once(address)
    nothing = address.filled == written("")
    is_one = address.filled.collate("C").regexp_match(written(ADDRESS))
    error = sa.not_(sa.or_(nothing, is_one))
    if words is None:
        return SqlValue(TEXT, filled_as=address.filled, error=error)
    words = compiler.once(words)
    shown = sa.func.translate(words.filled, written(_BRACKETS), written(_INSTEAD))
    target = sa.func.replace(
        sa.func.replace(address.filled, written("("), written("%28")), written(")"), written("%29")
    )
    linked = written("[").concat(shown).concat(written("](")).concat(target).concat(written(")"))
    value = sa.case(
        (nothing, words.filled), (words.filled == written(""), address.filled), else_=linked
    )
    return SqlValue(TEXT, filled_as=value, error=error)


def links() -> tuple[Function, ...]:
    address = parameter("网址", "address", "text")
    return (
        Function("HYPERLINK", Family.TEXT, "超链接",
                 Text(zh="显示为链接的文本：先写网址（http、https 或 mailto 开头），再写显示的文字。其他地址没有结果；网址为空时只有文字。",
                      en="Text shown as a link: the address (http, https or mailto), then the words that are shown. Other addresses give no value; without an address the words stand alone."),
                 (overload([address], "text", python=_linked, sql=_linked_sql),
                  overload([address, TEXT_PLACE], "text", python=_linked, sql=_linked_sql)),
                 (Example('HYPERLINK("https://www.example.com", "官网")', "[官网](https://www.example.com)"),
                  Example('HYPERLINK("mailto:a@example.com")', "mailto:a@example.com"),
                  Example('HYPERLINK("javascript:alert(1)", "x")', None),
                  Example('HYPERLINK("", "a")', "a")),
                 ("LINK",)),
    )  # fmt: skip
