"""The type checker accepts what has a meaning, and for the rest says what is wrong and how to mend it."""

import pytest

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.json_form import to_json
from guanxi.formula.parse import parse
from guanxi.formula.scope import Reached
from guanxi.formula.tree import Field
from guanxi.formula.typed import Typed
from guanxi.formula.types import Kind
from guanxi.testing.formulas.world import PERSON, WorldScope


def checked(text: str) -> Typed:
    return check(parse(text), WorldScope(), builtin_functions(), text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{n1} + 1", Kind.NUMBER),
        ("{d1} + 1", Kind.DATE),
        ("{z1} - 1", Kind.DATE_TIME),
        ("{d1} - {d2}", Kind.NUMBER),
        ("{z1} - {d2}", Kind.NUMBER),
        ("IF({b1}, {d1}, {z1})", Kind.DATE_TIME),
        ("IF({b1}, {c1}, {c2})", Kind.CHOICE),
        ("IF({b1}, {c1}, {t1})", Kind.TEXT),
        ('IF({b1}, {c1}, "赢单")', Kind.CHOICE),
        ("{n1} & {d1} & {c1}", Kind.TEXT),
        ('{c1} in ["won", "输单"]', Kind.BOOLEAN),
        ('IFBLANK({account.t}, "")', Kind.TEXT),
    ],
)
def test_a_formula_has_the_type_of_what_it_comes_to(text: str, kind: Kind) -> None:
    assert checked(text).type.kind is kind


def test_an_option_may_be_named_by_its_label_and_is_kept_by_its_value() -> None:
    assert to_json(checked('{c1} = "赢单"').stored) == [
        "call",
        "=",
        ["field", "c1"],
        ["text", "won"],
    ]


def test_conversions_are_not_stored() -> None:
    assert to_json(checked("{n1} & {d1}").stored) == ["call", "&", ["field", "n1"], ["field", "d1"]]


@pytest.mark.parametrize(
    ("text", "code", "mended"),
    [
        ("{t1} + 1", "wrong_type", "VALUE({t1}) + 1"),
        ('{n1} * "2"', "wrong_type", "{n1} * 2"),
        ("{n9} + 1", "no_field", "{n1} + 1"),
        ("IFF({b1}, 1)", "no_function", "IF({b1}, 1)"),
    ],
)
def test_a_mistake_brings_the_change_that_mends_it(text: str, code: str, mended: str) -> None:
    with pytest.raises(FormulaError) as caught:
        checked(text)
    assert caught.value.code == code
    fix = caught.value.fix
    assert fix is not None
    assert text[: fix.span[0]] + fix.replacement + text[fix.span[1] :] == mended


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{c1} = "没有"', "no_option"),
        ("IF({b1}, 1, {t1})", "different_types"),
        ("IF(1, 2, 3)", "wrong_type"),
        ("IF({b1})", "too_few"),
        ("NOT({b1}, {b2})", "too_many"),
        ("{row.n} + 1", "no_row"),
        ("{lines} + 1", "wrong_type"),
    ],
)
def test_what_has_no_meaning_is_refused(text: str, code: str) -> None:
    with pytest.raises(FormulaError) as caught:
        checked(text)
    assert caught.value.code == code


def test_deep_calls_with_many_overloads_are_checked_at_once() -> None:
    text = "+".join(["({d1} - {d2})"] * 60)
    assert checked(text).type.kind is Kind.NUMBER


class AnyScope:
    """Every name is a person."""

    def find(self, names: tuple[str, ...]) -> Reached:
        return Reached(names, PERSON)

    def inside(self, object_name: str) -> "AnyScope":
        return self


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CREATED_TIME()", ("created_at",)),
        ("RECORD_ID()", ("id",)),
        ("MANAGER({owner})", ("owner", "manager")),
        ("{owner}.部门()", ("owner", "department")),
    ],
)
def test_another_word_for_a_field_is_kept_as_the_field(text: str, names: tuple[str, ...]) -> None:
    assert check(parse(text), AnyScope(), builtin_functions()).node == Field(names)


def test_another_word_for_a_field_of_a_person_wants_a_field() -> None:
    with pytest.raises(FormulaError) as error:
        check(parse("MANAGER(CURRENT_USER())"), AnyScope(), builtin_functions())
    assert error.value.code == "not_a_field"
