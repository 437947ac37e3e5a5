"""Places on earth as they are written: degrees of latitude and longitude in WGS-84."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from guanxi.fields.field_type import InvalidValueError
from guanxi.fields.plain_text import read_line
from guanxi.kit.text import Text

#: A tenth of a metre.
DECIMALS = 6
NOT_A_PLACE = Text(
    zh="请填纬度和经度，例如 31.230416, 121.473701。",
    en="Enter latitude and longitude, such as 31.230416, 121.473701.",
)
OFF_THE_EARTH = Text(
    zh="纬度在 -90 到 90 之间，经度在 -180 到 180 之间，先纬度后经度。",
    en="Latitudes go from -90 to 90 and longitudes from -180 to 180, the latitude first.",
)
EARTH_KM = 6371.0088
_PAIR = re.compile(
    r"(?P<lat>[+-]?\d{1,3}(?:\.\d{1,20})?)\s*°?\s*(?P<ns>[NS])?\s*[,，;\s]\s*"
    r"(?P<lon>[+-]?\d{1,3}(?:\.\d{1,20})?)\s*°?\s*(?P<ew>[EW])?",
    re.ASCII | re.IGNORECASE,
)


def read_place(raw: object) -> str | None:
    """`31.230416,121.473701`. Takes that, with N/S and E/W, or `{"lat", "lon"}`. Raises InvalidValueError."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, Mapping):
        if set(raw) != {"lat", "lon"}:
            raise InvalidValueError("not_a_place", NOT_A_PLACE)
        return _joined(_degrees(raw["lat"]), _degrees(raw["lon"]))
    text = read_line(raw, most=100)
    if text is None:
        return None
    found = _PAIR.fullmatch(text)
    if found is None:
        raise InvalidValueError("not_a_place", NOT_A_PLACE)
    lat, lon = Decimal(found["lat"]), Decimal(found["lon"])
    if (found["ns"] or "").upper() == "S":
        lat = -lat
    if (found["ew"] or "").upper() == "W":
        lon = -lon
    return _joined(lat, lon)


def _degrees(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise InvalidValueError("not_a_place", NOT_A_PLACE)
    try:
        found = Decimal(str(raw)[:40])
    except InvalidOperation as error:
        raise InvalidValueError("not_a_place", NOT_A_PLACE) from error
    if not found.is_finite():
        raise InvalidValueError("not_a_place", NOT_A_PLACE)
    return found


def _joined(lat: Decimal, lon: Decimal) -> str:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise InvalidValueError("off_the_earth", OFF_THE_EARTH)
    return f"{_written(lat)},{_written(lon)}"


def _written(degrees: Decimal) -> str:
    rounded = degrees.quantize(Decimal(1).scaleb(-DECIMALS))
    return format(rounded if rounded else abs(rounded), "f")


def kilometres(one: sa.ColumnElement[Any], other: sa.ColumnElement[Any]) -> sa.ColumnElement[float]:
    """How far two written places are from each other, over the surface (haversine)."""
    lat_1, lon_1 = _radians(one, 1), _radians(one, 2)
    lat_2, lon_2 = _radians(other, 1), _radians(other, 2)
    half = sa.func.power(sa.func.sin((lat_2 - lat_1) / 2), 2) + sa.func.cos(lat_1) * sa.func.cos(
        lat_2
    ) * sa.func.power(sa.func.sin((lon_2 - lon_1) / 2), 2)
    earth: sa.ColumnElement[float] = sa.literal_column(str(2 * EARTH_KM))
    # Rounding may take opposite places a hair beyond 1.
    return earth * sa.func.asin(sa.func.sqrt(sa.func.least(half, 1)))


def _radians(place: sa.ColumnElement[Any], part: int) -> sa.ColumnElement[Any]:
    written = sa.func.split_part(place, sa.literal_column("','"), sa.literal_column(str(part)))
    return sa.func.radians(sa.cast(written, sa.Double()))
