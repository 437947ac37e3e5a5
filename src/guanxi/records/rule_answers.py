"""What rules say of drafts: in Python where they look at the record alone, else by one statement for the set."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.formula.environment import Environment
from guanxi.formula.evaluate import result_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules import Rule, RuleKind
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.rule_store import ask_rules
from guanxi.records.set_computed import DraftValues

#: What a rule means whose formula has no value (a division by zero): nothing is asked of anybody.
_WITHOUT_VALUE = {
    RuleKind.DEFAULT: None,
    RuleKind.REQUIRED: False,
    RuleKind.VISIBLE: True,
    RuleKind.READ_ONLY: False,
    RuleKind.OPTIONS: True,
    RuleKind.CANDIDATES: True,
    RuleKind.VALIDATION: True,
}


class RuleAnswers:
    """What each rule comes to for each draft it was asked of."""

    def __init__(self, answers: Mapping[tuple[int, int], Any]) -> None:
        self._answers = answers

    def of(self, rule: Rule, draft: RecordDraft) -> Any:
        """Raises LookupError for a draft the rule was not asked of."""
        return self._answers[id(rule), id(draft)]

    def knows(self, rule: Rule, draft: RecordDraft) -> bool:
        return (id(rule), id(draft)) in self._answers


async def answers_of(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    asked: Iterable[tuple[Rule, Sequence[RecordDraft]]],
    now: datetime,
) -> RuleAnswers:
    """Asks each rule of its drafts, as those will be saved."""
    found: dict[tuple[int, int], Any] = {}
    away: dict[int, tuple[Rule, list[RecordDraft]]] = {}
    for rule, drafts in asked:
        if not rule.is_local:
            away.setdefault(id(rule), (rule, []))[1].extend(drafts)
            continue
        for draft in drafts:
            found[id(rule), id(draft)] = _told(
                rule, result_of(rule.evaluate, _environment(viewer, draft, now))
            )
    rules = tuple(rule for rule, drafts in away.values() if drafts)
    if rules:
        concerned = {id(draft): draft for _, drafts in away.values() for draft in drafts}
        drafts = list(concerned.values())
        rows = await ask_rules(work, viewer, definition, rules, drafts, _moment(viewer, now))
        for draft, row in zip(drafts, rows, strict=True):
            for rule, value in zip(rules, row, strict=True):
                found[id(rule), id(draft)] = _told(rule, value)
    return RuleAnswers(found)


def _told(rule: Rule, value: Any) -> Any:
    return _WITHOUT_VALUE[rule.kind] if value is None else value


def _environment(viewer: Viewer, draft: RecordDraft, now: datetime) -> Environment:
    asker = viewer.person
    return Environment(
        DraftValues(draft),
        now,
        viewer.zone,
        None if viewer.person_id is None else str(viewer.person_id),
        team=() if asker is None else tuple(map(str, asker.subordinates)),
        departments=() if asker is None else tuple(map(str, asker.department_and_below)),
        calendars=viewer.catalog.calendars,
    )


def _moment(viewer: Viewer, now: datetime) -> dict[str, str | None]:
    """The parameters of formulas that look at the clock or at who asks."""
    asker = viewer.person
    return {
        "formula_now": now.astimezone(UTC).isoformat(),
        "formula_today": now.astimezone(viewer.zone).date().isoformat(),
        "formula_zone": viewer.zone.key,
        "formula_person": None if viewer.person_id is None else str(viewer.person_id),
        "my_people": array_text(() if asker is None else map(str, asker.subordinates)),
        "my_departments": array_text(() if asker is None else map(str, asker.department_and_below)),
    }
