"""Options in levels."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.kinds.examples import LEVELS

from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.fields.types.cascade_choice import CascadeChoice, CascadeOptions

TYPE = CascadeChoice()
CONTEXT = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))
OPTIONS = CascadeOptions.model_validate(LEVELS)


def test_a_path_is_told_and_read_and_what_lies_below_is_found() -> None:
    assert TYPE.to_text("other_food", OPTIONS, "zh-CN") == "食品 / 其他"
    assert TYPE.parse("食品>其他", OPTIONS, CONTEXT) == "other_food"
    assert set(TYPE.under("goods", OPTIONS)) == {"goods", "phone", "other"}


def test_a_label_that_several_have_needs_its_path() -> None:
    with pytest.raises(InvalidValueError) as refused:
        TYPE.parse("其他", OPTIONS, CONTEXT)
    assert refused.value.code == "several_options"
    assert "电子产品 / 其他" in refused.value.message.zh


def test_only_the_last_level_may_be_held_when_it_is_set_so() -> None:
    options = OPTIONS.model_copy(update={"last_level_only": True})
    assert TYPE.parse("phone", options, CONTEXT) == "phone"
    assert TYPE.parse_under("goods", options, CONTEXT) == "goods"
    with pytest.raises(InvalidValueError):
        TYPE.parse("goods", options, CONTEXT)


@pytest.mark.parametrize("parents", [{"a": "gone"}, {"a": "b", "b": "a"}, {"a": "a"}])
def test_levels_without_a_top_are_refused(parents: dict[str, str]) -> None:
    choices: list[dict[str, Any]] = [
        {"value": one, "label": {"en": one}, "parent": parents.get(one)} for one in ("a", "b")
    ]
    assert TYPE.check_options(CascadeOptions.model_validate({"choices": choices}))
