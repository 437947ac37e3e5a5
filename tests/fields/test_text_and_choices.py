"""Text, addresses, options and running numbers."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from guanxi.fields.capabilities import Operator
from guanxi.fields.field_type import FieldOptions, InvalidValueError, ReadingContext
from guanxi.fields.number_pattern import InvalidPatternError, read_pattern
from guanxi.fields.options_of_choice import ChoiceOptions, ChoicesOptions
from guanxi.fields.types.auto_number import AutoNumber, AutoNumberOptions
from guanxi.fields.types.choice import ChoiceField
from guanxi.fields.types.choices import Choices
from guanxi.fields.types.email import Email
from guanxi.fields.types.phone import Phone
from guanxi.fields.types.text import TextField, TextOptions
from guanxi.fields.types.url import Url

SHANGHAI = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))
NONE = FieldOptions()
STAGES = {
    "choices": [
        {"value": "won", "label": {"zh-CN": "赢单", "en": "Won"}, "kind": "won"},
        {"value": "old", "label": {"zh-CN": "旧", "en": "Old"}, "kind": "open", "retired": True},
        {"value": "new", "label": {"zh-CN": "新", "en": "Old"}, "kind": "open"},
    ],
    "is_stage": True,
}


def test_one_line_stays_one_line() -> None:
    assert TextField().parse(" a \n b\tc ", TextOptions(), SHANGHAI) == "a b c"


def test_accents_are_composed_so_that_equal_texts_are_equal() -> None:
    assert TextField().parse("e\u0301", TextOptions(), SHANGHAI) == "\u00e9"


def test_length_counts_characters_not_bytes() -> None:
    options = TextOptions(max_length=3)
    assert TextField().parse("😀😀😀", options, SHANGHAI) == "😀😀😀"
    with pytest.raises(InvalidValueError, match="At most 3"):
        TextField().parse("abcd", options, SHANGHAI)


def test_a_pattern_must_match_the_whole_text() -> None:
    options = TextOptions(pattern=r"[A-Z]{3}")
    assert TextField().parse("ABC", options, SHANGHAI) == "ABC"
    with pytest.raises(InvalidValueError):
        TextField().parse("ABCD", options, SHANGHAI)


@pytest.mark.parametrize("pattern", ["(", "(a+)+"])
def test_a_pattern_that_is_broken_or_could_take_forever_is_no_setting(pattern: str) -> None:
    assert TextField().check_options(TextOptions(pattern=pattern))


@pytest.mark.parametrize(
    "text", ["no", "a@b", "a@@b.c", "a b@c.de", ".a@b.cd", "a..b@c.de", "a@-b.cd"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Email().parse(text, NONE, SHANGHAI)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://a.b", "http://", "a", "http://u@b.c", "x y.z"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Url().parse(text, NONE, SHANGHAI)


def test_a_phone_is_found_without_its_hyphens() -> None:
    assert Phone().search_text("021-6288 0000", NONE) == "021-6288 0000 02162880000"


def test_an_option_is_known_by_its_value_and_its_labels() -> None:
    options = ChoiceOptions.model_validate(STAGES)
    for written in ("won", "Won", "赢单", " WON "):
        assert ChoiceField().parse(written, options, SHANGHAI) == "won"


def test_a_label_means_the_option_in_use_before_a_retired_one() -> None:
    options = ChoiceOptions.model_validate(STAGES)
    assert ChoiceField().parse("Old", options, SHANGHAI) == "new"
    assert ChoiceField().parse("old", options, SHANGHAI) == "old"


def test_only_stages_are_asked_for_their_kind() -> None:
    stages = ChoiceOptions.model_validate(STAGES)
    plain = ChoiceOptions.model_validate({"choices": STAGES["choices"]})
    assert Operator.KIND_IN in ChoiceField().operators_for(stages)
    assert Operator.KIND_IN not in ChoiceField().operators_for(plain)


def test_stages_need_a_kind_and_options_a_name_of_their_own() -> None:
    twice = {"choices": [{"value": "a", "label": {"en": "A"}}] * 2, "is_stage": True}
    problems = ChoiceField().check_options(ChoiceOptions.model_validate(twice))
    assert len(problems) == 3


def test_a_list_of_options_is_read_from_one_cell() -> None:
    options = ChoicesOptions.model_validate({"choices": STAGES["choices"]})
    assert Choices().read_text("新、赢单", options, SHANGHAI) == ["won", "new"]


def test_a_running_number_restarts_with_its_month() -> None:
    pattern = read_pattern("OPP-{YYYY}{MM}-{0000}")
    assert pattern.write(date(2026, 11, 3), 12) == "OPP-202611-0012"
    assert pattern.write(date(2026, 11, 3), 123456) == "OPP-202611-123456"
    assert pattern.period(date(2026, 11, 3)) == pattern.period(date(2026, 11, 30))
    assert pattern.period(date(2026, 11, 3)) != pattern.period(date(2026, 12, 1))


@pytest.mark.parametrize("pattern", ["OPP", "{0}{00}", "{DAY}-{0}", "{0}}"])
def test_a_pattern_needs_one_sequence_and_known_places(pattern: str) -> None:
    with pytest.raises(InvalidPatternError):
        read_pattern(pattern)
    [problem] = AutoNumber().check_options(AutoNumberOptions(pattern=pattern))
    assert "OPP-{YYYY}{MM}-{0000}" in problem.en
