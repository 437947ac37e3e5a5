"""Data of programs."""

import math
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.fields.types.json_data import JsonData, JsonOptions

TYPE = JsonData()
CONTEXT = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))


def nested(levels: int) -> Any:
    data: Any = 1
    for _ in range(levels):
        data = [data]
    return data


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("{", "not_json"),
        ("{'a': 1}", "not_json"),
        ('"a text"', "not_a_structure"),
        ("12", "not_a_structure"),
        (12, "not_a_structure"),
        ({"a": math.nan}, "not_a_number"),
        ('{"a": NaN}', "not_a_number"),
        ('{"a": 1e999}', "not_a_number"),
        ('{"a": ' + "9" * 5000 + "}", "not_a_number"),
        ({"a": "x\x00y"}, "unreadable_text"),
        ({"\x00": 1}, "unreadable_text"),
        ('["\\u0000"]', "unreadable_text"),
        ('["\\ud800"]', "unreadable_text"),
        (nested(51), "too_deep"),
        ("[" * 40_000 + "]" * 40_000, "too_deep"),
        (["x" * 2000], "too_large"),
        ({"a": object()}, "not_a_structure"),
    ],
)
def test_what_is_no_data_is_refused(raw: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        TYPE.parse(raw, JsonOptions(most_kb=1 if code == "too_large" else 100), CONTEXT)
    assert refused.value.code == code


def test_it_is_kept_in_one_way_of_writing() -> None:
    kept = TYPE.parse('{"b":1,\n "a":["客户",null,true]}', JsonOptions(), CONTEXT)
    assert kept == '{"b": 1, "a": ["客户", null, true]}'
    assert TYPE.parse(nested(50), JsonOptions(), CONTEXT) == "[" * 50 + "1" + "]" * 50
    assert TYPE.parse("null", JsonOptions(), CONTEXT) is None
