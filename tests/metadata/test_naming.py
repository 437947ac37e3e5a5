"""Names made from labels are always fit to be tables and columns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.metadata.naming import (
    free_name,
    name_from_label,
    problem_of_name,
)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ({"zh-CN": "客户等级"}, "ke_hu_deng_ji"),
        ({"zh-CN": "商机", "en": "Opportunity"}, "opportunity"),
        ({"en": "2nd phone"}, "field_2nd_phone"),
        ({"zh-CN": "😀"}, "field"),
        ({"en": '"; drop table person; --'}, "drop_table_person"),
        ({"en": "x" * 10_000}, "x" * 40),
    ],
)
def test_names_from_labels(label: dict[str, str], name: str) -> None:
    assert name_from_label(label, fallback="field") == name


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_label_gives_a_usable_name(zh: str, en: str) -> None:
    name = name_from_label({"zh-CN": zh, "en": en}, fallback="field")
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name)
    assert problem_of_name(name, reserved=False, taken=()) is None


def test_a_taken_name_gets_a_number_and_stays_short() -> None:
    taken = {"a" * 40, "a" * 38 + "_2"}
    assert free_name("a" * 40, is_free=lambda one: one not in taken) == "a" * 38 + "_3"


@pytest.mark.parametrize(
    "name", ["", "A", "1a", "a-b", 'a"b', "a;b", "客户", "a" * 41, "a\n", "_a", "a b"]
)
def test_wrong_names_are_refused(name: str) -> None:
    assert problem_of_name(name, reserved=False, taken=()) is not None
