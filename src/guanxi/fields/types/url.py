"""Web address."""

from urllib.parse import urlsplit

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import read_line
from guanxi.kit.text import Locale, Text

NOT_A_WEB_ADDRESS = Text(
    zh="请填网址，例如 https://www.example.com。",
    en="Enter a web address, such as https://www.example.com.",
)


class Url(FieldType[FieldOptions]):
    """A web address. One without a scheme gets https."""

    name = "url"
    label = Text(zh="网址", en="Web address")
    description = Text(
        zh="网址",
        en="A web address",
    )
    family = Family.CODES
    icon = "link"
    value_kind = ValueKind.TEXT
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    searchable = True
    can_be_unique = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        address = read_line(raw, most=2000)
        if address is None:
            return None
        if "://" not in address:
            address = f"https://{address}"
        if not _is_web_address(address):
            raise InvalidValueError("not_a_web_address", NOT_A_WEB_ADDRESS)
        return address

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)


def _is_web_address(address: str) -> bool:
    if any(character.isspace() or character in '<>"\\' for character in address):
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None:
        return False
    return host == "localhost" or "." in host.strip(".") or ":" in host
