"""Address: a region of China with its code, and a street."""

import re
from collections.abc import Mapping
from typing import Any, Literal

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, EMPTINESS, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import NOT_TEXT, read_line
from guanxi.fields.regions import path_to, prefix_of, recognise, without_path, written_path
from guanxi.kit.text import Locale, Text

LONGEST_STREET = 300
UNKNOWN_CODE = Text(
    zh="没有行政区划代码“{code}”，请选择省市区。",
    en="No region has the code “{code}”. Choose the region.",
)
TOO_DEEP = Text(
    zh="这里只填到{depth}，请去掉更细的区划。",
    en="Regions go down to the {depth} here. Choose a larger one.",
)
NO_STREET = Text(
    zh="这里只选省市区，不填街道。",
    en="Only a region is chosen here, no street.",
)
DEPTHS: Mapping[str, tuple[int, Text]] = {
    "province": (2, Text(zh="省", en="province")),
    "city": (4, Text(zh="市", en="city")),
    "county": (6, Text(zh="区县", en="county")),
}
_CODED = re.compile(r"(\d{6})(?: (.*))?", re.ASCII | re.DOTALL)
#: The shortest that ends a province's name.
_PROVINCE = r"'^\d{6} (.*?(?:省|自治区|特别行政区|市))'"


class AddressOptions(FieldOptions):
    """How far down the region is chosen, and whether a street follows."""

    depth: Literal["province", "city", "county"] = "county"
    has_street: bool = True


class Address(FieldType[AddressOptions]):
    """`310115 上海市浦东新区 世纪大道 100 号`: code, names, street. Without a region it is the street alone.

    A code that is no longer used stays with its last name.
    """

    name = "address"
    label = Text(zh="地址", en="Address")
    description = Text(
        zh="省市区和街道，可按地区筛选和分组",
        en="Province, city, county and street of China",
    )
    family = Family.CODES
    icon = "map-pin"
    options_model = AddressOptions
    value_kind = ValueKind.TEXT
    operators = (Operator.UNDER, Operator.CONTAINS, Operator.NOT_CONTAINS, *EMPTINESS)
    aggregates = COUNTING
    groupable = True
    searchable = True

    def column_type(self, options: AddressOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: AddressOptions, context: ReadingContext) -> str | None:
        if isinstance(raw, Mapping):
            return _parsed_parts(raw, options)
        text = read_line(raw, most=LONGEST_STREET + 60)
        if text is None:
            return None
        coded = _CODED.fullmatch(text)
        if coded and path_to(coded[1]):
            rest = coded[2] or ""
            street = without_path(coded[1], rest)
            return _written(coded[1], rest if street is None else street, options)
        if coded and coded[2] is None:
            raise InvalidValueError("unknown_region", UNKNOWN_CODE.fill(code=coded[1]))
        found = recognise(text)
        return _written(*(found or ("", text)), options)

    def group_key(
        self, column: sa.ColumnElement[Any], options: AddressOptions
    ) -> sa.ColumnElement[Any]:
        """The province, written as an address."""
        province = sa.func.substring(column, sa.literal_column(_PROVINCE))
        code = sa.func.substring(column, sa.literal_column(r"'^(\d\d)\d{4} '"))
        return code.concat(sa.literal_column("'0000 '")).concat(province)

    def under(self, value: object, options: AddressOptions) -> list[str]:
        coded = _CODED.fullmatch(str(value))
        return [f"{prefix_of(coded[1])}%"] if coded else []

    def to_text(self, value: object, options: AddressOptions, locale: Locale) -> str:
        """As people write it; with its code where the words alone would be read as another address."""
        stored = str(value)
        coded = _CODED.fullmatch(stored)
        if coded is None or not path_to(coded[1]):
            return stored
        words = coded[2] or ""
        found = recognise(words)
        return words if found and _joined(*found) == stored else stored


def _parsed_parts(raw: Mapping[Any, Any], options: AddressOptions) -> str | None:
    """`{"code": "310115", "street": "世纪大道 100 号"}`, each of which may be missing."""
    if not raw or not set(raw) <= {"code", "street"}:
        raise InvalidValueError("not_text", NOT_TEXT)
    code = read_line(raw.get("code"), most=6) or ""
    if code and not path_to(code):
        raise InvalidValueError("unknown_region", UNKNOWN_CODE.fill(code=code))
    street = read_line(raw.get("street"), most=LONGEST_STREET) or ""
    return _written(code, street, options) if code or street else None


def _written(code: str, street: str, options: AddressOptions) -> str:
    """Raises InvalidValueError when the settings do not allow it."""
    most, depth = DEPTHS[options.depth]
    if code and len(prefix_of(code)) > most:
        raise InvalidValueError("region_too_small", TOO_DEEP.fill(depth=depth))
    if street and not options.has_street:
        raise InvalidValueError("no_street", NO_STREET)
    return _joined(code, read_line(street, most=LONGEST_STREET) or "")


def _joined(code: str, street: str) -> str:
    return " ".join(part for part in (code, written_path(code), street) if part)
