"""What holds for every field type."""

import json
import math
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from tests.kinds.examples import EXAMPLES, SOMEBODY

from guanxi.fields.builtin import builtin_field_types
from guanxi.fields.capabilities import Operator, ValueKind
from guanxi.fields.field_type import FieldType, InvalidValueError, ReadingContext

REGISTRY = builtin_field_types()
TYPES = list(REGISTRY)
NAMES = REGISTRY.names()
SHANGHAI = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))
HOSTILE = [
    {"$ne": 1},
    {"id": 3, "name": "x"},
    [None],
    [["red"]],
    b"bytes",
    "a\x00b",
    "\ud800",
    "x" * 200_000,
    math.nan,
    math.inf,
    -math.inf,
    10**400,
    "9" * 200_000,
]


def options_of(field_type: FieldType[Any]) -> Any:
    return field_type.options_model.model_validate(EXAMPLES[field_type.name][0])


every_type = pytest.mark.parametrize("field_type", TYPES, ids=NAMES)


def test_every_type_has_examples_and_no_example_is_left_over() -> None:
    assert set(EXAMPLES) == set(NAMES)


@every_type
def test_a_value_survives_being_written_to_a_file_and_read_back(field_type: FieldType[Any]) -> None:
    if field_type.value_kind in (ValueKind.FILES, ValueKind.SECRET):
        return  # A table holds their names alone, and no secrets.
    options = options_of(field_type)
    formats: list[str | None] = [one.name for one in field_type.formats(options)] or [None]
    for wire in EXAMPLES[field_type.name][1]:
        stored = field_type.parse(wire, options, SHANGHAI)
        assert stored is not None
        for locale in ("zh-CN", "en"):
            text = field_type.to_text(stored, options, locale)
            assert field_type.read_text(text, options, SHANGHAI) == stored
            assert any(reads(field_type, text, name) == stored for name in formats)


def reads(field_type: FieldType[Any], text: str, format_name: str | None) -> object:
    try:
        return field_type.read_text(text, options_of(field_type), SHANGHAI, format_name)
    except InvalidValueError:
        return None


@every_type
def test_reading_what_was_stored_changes_nothing(field_type: FieldType[Any]) -> None:
    options = options_of(field_type)
    for wire in EXAMPLES[field_type.name][1]:
        stored = field_type.parse(wire, options, SHANGHAI)
        assert field_type.parse(stored, options, SHANGHAI) == stored


@every_type
def test_null_and_nothing_are_empty(field_type: FieldType[Any]) -> None:
    options = options_of(field_type)
    assert field_type.parse(None, options, SHANGHAI) == field_type.never_empty
    assert field_type.parse("", options, SHANGHAI) == field_type.never_empty
    assert field_type.read_text("  ", options, SHANGHAI) == field_type.never_empty


@every_type
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_is_refused_with_a_sentence(
    field_type: FieldType[Any], raw: object
) -> None:
    if field_type.value_kind is ValueKind.DATA and isinstance(raw, dict | list):
        return  # To programs it is data; what makes data hostile test_json_data asks.
    with pytest.raises(InvalidValueError) as refused:
        field_type.parse(raw, options_of(field_type), SHANGHAI)
    assert refused.value.code
    assert refused.value.message.zh.rstrip().endswith("。")
    assert refused.value.message.en.rstrip().endswith(".")
    json.dumps(refused.value.message.as_label())


@every_type
def test_only_a_checkbox_takes_yes_or_no(field_type: FieldType[Any]) -> None:
    if field_type.value_kind is ValueKind.BOOLEAN:
        return
    with pytest.raises(InvalidValueError):
        field_type.parse(True, options_of(field_type), SHANGHAI)


@every_type
@given(text=st.text(max_size=40))
def test_any_text_is_either_read_or_refused(field_type: FieldType[Any], text: str) -> None:
    options = options_of(field_type)
    names: list[str | None] = [None, *(one.name for one in field_type.formats(options))]
    for name in names:
        try:
            stored = field_type.read_text(text, options, SHANGHAI, name)
        except InvalidValueError:
            continue
        if stored is not None:
            field_type.to_text(stored, options, "zh-CN").encode()


@every_type
def test_its_settings_have_a_schema_and_refuse_what_they_do_not_know(
    field_type: FieldType[Any],
) -> None:
    assert field_type.options_model.model_json_schema()["type"] == "object"
    with pytest.raises(ValueError, match="Extra inputs"):
        field_type.options_model.model_validate({**EXAMPLES[field_type.name][0], "colour": 1})


@every_type
def test_its_examples_are_good_settings(field_type: FieldType[Any]) -> None:
    assert field_type.check_options(options_of(field_type)) == []
    dumped = options_of(field_type).model_dump(mode="json")
    assert field_type.options_model.model_validate(dumped) == options_of(field_type)


@every_type
def test_its_column_and_its_json_can_be_compiled(field_type: FieldType[Any]) -> None:
    options = options_of(field_type)
    column = sa.column("held", field_type.column_type(options))
    expression = field_type.to_json(column, options)
    assert "held" in str(expression.compile(dialect=postgresql.dialect()))


@every_type
def test_it_can_be_asked_something(field_type: FieldType[Any]) -> None:
    operators = field_type.operators_for(options_of(field_type))
    assert operators
    assert len(set(operators)) == len(operators)
    assert set(operators) <= set(field_type.operators)
    if field_type.never_empty is None:
        assert {Operator.IS_EMPTY, Operator.IS_NOT_EMPTY} <= set(operators)


@every_type
def test_it_speaks_both_languages(field_type: FieldType[Any]) -> None:
    assert field_type.label.zh
    assert field_type.label.en
    assert field_type.icon == field_type.icon.lower()


@every_type
def test_it_is_described_in_the_reference(field_type: FieldType[Any]) -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "fields.md"
    assert f"## `{field_type.name}`" in page.read_text(encoding="utf-8")


def test_a_reference_is_an_id() -> None:
    link = REGISTRY.get("link")
    assert link.parse({"id": SOMEBODY, "hidden": True}, options_of(link), SHANGHAI) == UUID(
        SOMEBODY
    )
