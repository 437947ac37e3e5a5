"""Geolocation: a place on earth."""

import sqlalchemy as sa

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.places import read_place
from guanxi.kit.text import Locale, Text


class Geolocation(FieldType[FieldOptions]):
    """Latitude and longitude in WGS-84, to a tenth of a metre: `31.230416,121.473701`."""

    name = "geolocation"
    label = Text(zh="定位", en="Location")
    description = Text(
        zh="经纬度，可取当前位置、按距离筛选",
        en="Latitude and longitude, filtered by distance",
    )
    family = Family.CODES
    icon = "locate"
    value_kind = ValueKind.TEXT
    operators = (Operator.NEAR, *EMPTINESS)
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        return read_place(raw)

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)
