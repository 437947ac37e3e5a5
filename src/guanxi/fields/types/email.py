"""E-mail address."""

import re

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import read_line, widths_folded
from guanxi.kit.text import Locale, Text

NOT_AN_ADDRESS = Text(
    zh="请填完整的邮箱地址，例如 name@example.com。",
    en="Enter a whole address, such as name@example.com.",
)
_ADDRESS = re.compile(
    r"""[^\s@<>()\[\]\\,;:"'.]+(?:['.][^\s@<>()\[\]\\,;:"'.]+)*"""
    r"""@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?"""
)


class Email(FieldType[FieldOptions]):
    """An e-mail address, kept as written but for the case of its domain."""

    name = "email"
    label = Text(zh="邮箱", en="E-mail")
    description = Text(
        zh="邮箱地址",
        en="An e-mail address",
    )
    family = Family.CODES
    icon = "mail"
    value_kind = ValueKind.TEXT
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    searchable = True
    can_be_unique = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        address = read_line(widths_folded(raw), most=254)
        if address is None:
            return None
        if not _ADDRESS.fullmatch(address):
            raise InvalidValueError("not_an_address", NOT_AN_ADDRESS)
        local, _, domain = address.rpartition("@")
        return f"{local}@{domain.lower()}"

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)
