"""The parameters of a question's statement, by the names its compiled text gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.db.wire import array_text
from guanxi.fields.capabilities import Operator, ValueKind
from guanxi.fields.stored_text import text_form
from guanxi.query.condition import Condition, RelativeDays, Test, formulas_in, tests_in
from guanxi.query.formula_test import formula_texts, given_name
from guanxi.query.question import Cursor, Selection

LISTED = {
    Operator.IN,
    Operator.NOT_IN,
    Operator.HAS_ANY,
    Operator.HAS_ALL,
    Operator.HAS_NONE,
    Operator.KIND_IN,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a question is asked, and in which zone its days lie."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def clock_values(moment: Moment) -> dict[str, object]:
    """What formulas know of the clock: conditions, and the live fields of a statement."""
    return {
        "formula_now": moment.now.astimezone(UTC).isoformat(),
        "formula_today": moment.today.isoformat(),
        "formula_zone": moment.zone.key,
    }


def selection_values(selection: Selection, moment: Moment) -> dict[str, object]:
    """Parameters of the condition, the search terms and the ids."""
    values = condition_values(selection.condition, moment)
    for place, term in enumerate(selection.terms):
        values[f"s{place}_query"] = term.tsquery
        values[f"s{place}_text"] = f"%{escape_like(term.text)}%"
        values[f"s{place}_start"] = f"{escape_like(term.text)}%"
        if term.pinyin_tsquery is not None:
            values[f"s{place}_pinyin"] = term.pinyin_tsquery
    if selection.ids is not None:
        values["ids"] = array_text(str(one) for one in selection.ids)
    return values


def condition_values(condition: Condition, moment: Moment, prefix: str = "t") -> dict[str, object]:
    """Parameters of the tests of a condition, numbered in the order they are written."""
    values: dict[str, object] = {}
    for place, test in enumerate(tests_in(condition)):
        _add(values, f"{prefix}{place}", test, moment)
    for formula in formulas_in(condition):
        values |= formula_texts(formula, f"{prefix}f")
        for names, given in formula.given.items():
            values[given_name(f"{prefix}f", names)] = _given_text(given.value)
        values |= clock_values(moment)
    return values


def _given_text(value: object) -> object:
    if isinstance(value, list | tuple):
        return array_text(text_form(one) for one in value)
    return text_form(value)


def test_values(tests: Sequence[Condition], moment: Moment) -> dict[str, object]:
    """Parameters of the conditions that are only told of."""
    values: dict[str, object] = {}
    for place, condition in enumerate(tests):
        values |= condition_values(condition, moment, test_prefix(place))
    return values


def test_prefix(place: int) -> str:
    """What the parameters of such a condition begin with."""
    return f"h{place}t"


def cursor_values(cursor: Cursor | None) -> dict[str, object]:
    if cursor is None:
        return {}
    values: dict[str, object] = {
        f"k{place}": value for place, value in enumerate(cursor.values) if value is not None
    }
    values["k_id"] = str(cursor.id)
    return values


def _add(values: dict[str, object], name: str, test: Test, moment: Moment) -> None:
    operator = test.operator
    if operator is Operator.KIND_IN:
        values[name] = array_text(choices_of_kinds(test))
    elif operator is Operator.UNDER and test.tree is None:
        field = test.path.field
        values[name] = array_text(
            pattern for value in test.values for pattern in field.type.under(value, field.options)
        )
    elif operator in LISTED or test.tree is not None:
        values[name] = array_text(text_form(value) for value in test.values)
    elif operator is Operator.WITHIN:
        span = test.values[0]
        assert isinstance(span, RelativeDays)  # noqa: S101 -- the reader of conditions made it
        first, after = span.resolve(moment.today)
        is_time = test.path.field.type.value_kind is ValueKind.DATE_TIME
        values[name] = text_form(_midnight(first, moment.zone) if is_time else first)
        values[f"{name}_b"] = text_form(_midnight(after, moment.zone) if is_time else after)
    elif operator in {Operator.CONTAINS, Operator.NOT_CONTAINS}:
        values[name] = f"%{escape_like(str(test.values[0]))}%"
    elif operator is Operator.STARTS_WITH:
        values[name] = f"{escape_like(str(test.values[0]))}%"
    elif operator is Operator.ENDS_WITH:
        values[name] = f"%{escape_like(str(test.values[0]))}"
    elif operator is Operator.NEAR:
        values[name], values[f"{name}_b"] = test.values[0], str(test.values[1])
    elif operator is Operator.BETWEEN:
        values[name], values[f"{name}_b"] = (text_form(value) for value in test.values)
    elif test.values and test.values[0] is not None:
        values[name] = text_form(test.values[0])


def choices_of_kinds(test: Test) -> list[str]:
    """The options of a stage field that are of the wanted kinds."""
    choices = getattr(test.path.field.options, "choices", ())
    return [choice.value for choice in choices if choice.kind in test.values]


def escape_like(text: str) -> str:
    """Text with the wildcards of LIKE made ordinary."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def asker_values(
    person: UUID | None,
    department: UUID | None,
    departments: tuple[UUID, ...],
    subordinates: tuple[UUID, ...],
) -> dict[str, object]:
    """The parameters that tell who asks."""
    return {
        "me": str(person) if person else None,
        "formula_person": str(person) if person else None,
        "my_department": str(department) if department else None,
        "my_departments": array_text(str(one) for one in departments),
        "my_people": array_text(str(one) for one in subordinates),
    }
