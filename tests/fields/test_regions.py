"""Regions of China and addresses."""

from zoneinfo import ZoneInfo

import pytest

from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.fields.regions import path_to, recognise, regions, without_path
from guanxi.fields.types.address import Address, AddressOptions

TYPE = Address()
CONTEXT = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))
ANY = AddressOptions()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("上海市浦东新区世纪大道100号", "310115 上海市浦东新区 世纪大道100号"),
        ("上海浦东新区 世纪大道 100 号", "310115 上海市浦东新区 世纪大道 100 号"),
        ("上海市上海市浦东新区世纪大道", "310115 上海市浦东新区 世纪大道"),
        ("江苏省/苏州市/吴中区", "320506 江苏省苏州市吴中区"),
        ("苏州市 星湖街 328 号", "320500 江苏省苏州市 星湖街 328 号"),
        ("湖北省仙桃市", "429004 湖北省仙桃市"),
        ("内蒙古阿拉善盟额济纳旗", "152923 内蒙古自治区阿拉善盟额济纳旗"),
        ("310119", "310119 上海市南汇区"),
        ("310119 上海市南汇区 惠南镇", "310119 上海市南汇区 惠南镇"),
        ("130502 河北省邢台市桥东区 一号", "130502 河北省邢台市襄都区 一号"),
        ("200120 Shanghai", "200120 Shanghai"),
        ("1 Infinite Loop", "1 Infinite Loop"),
    ],
)
def test_the_region_an_address_begins_with_is_recognised(words: str, kept: str) -> None:
    assert TYPE.parse(words, ANY, CONTEXT) == kept
    assert TYPE.parse(kept, ANY, CONTEXT) == kept
    assert TYPE.read_text(TYPE.to_text(kept, ANY, "en"), ANY, CONTEXT) == kept


def test_every_region_in_use_is_recognised_by_its_names() -> None:
    lost = [
        one.code
        for one in regions().values()
        if one.until is None
        and recognise("".join(step.name for step in path_to(one.code))) != (one.code, "")
    ]
    assert lost == []


def test_codes_that_were_given_up_are_kept_with_the_year() -> None:
    nanhui = regions()["310119"]
    assert (nanhui.name, nanhui.until) == ("南汇区", 2008)
    assert without_path("130502", "河北省邢台市桥东区x") == "x"
    assert sum(one.until is None for one in regions().values()) > 3200


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        ("999999", {}),
        ({"code": "999999"}, {}),
        ({"code": "310115", "town": "x"}, {}),
        ("310115", {"depth": "city"}),
        ("上海市 世纪大道", {"has_street": False}),
        ("a street", {"has_street": False}),
    ],
)
def test_what_its_settings_do_not_allow_is_refused(raw: object, options: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        TYPE.parse(raw, AddressOptions.model_validate(options), CONTEXT)
