"""Places on earth as they are written."""

import pytest

from guanxi.fields.field_type import InvalidValueError
from guanxi.fields.places import read_place


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("31.230416, 121.473701", "31.230416,121.473701"),
        ("31.2304165 121.4737014", "31.230416,121.473701"),
        ("33.8688S，151.2093E", "-33.868800,151.209300"),
        ("-0.0000001,0", "0.000000,0.000000"),
        ({"lat": 90, "lon": -180}, "90.000000,-180.000000"),
    ],
)
def test_places_are_kept_in_one_way_of_writing(raw: object, kept: str) -> None:
    assert read_place(raw) == kept
    assert read_place(kept) == kept


@pytest.mark.parametrize(
    "raw",
    ["121.473701, 31.230416", "91,0", "0,181", "here", "1", {"lat": 1}, {"lat": "x", "lon": 1}, 5],
)
def test_what_is_no_place_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValueError):
        read_place(raw)
