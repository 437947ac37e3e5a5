"""Judges drafts by the rules of their object before they are written: what is required, what may not be changed any
more, what may be chosen, and what must hold of every record.

A rule is asked of a new record, and of a saved one when something it looks at, or the field it is about, is changed: a
record that was fine when it was saved does not hold up people who change something else.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import ObjectRules, Rule, RuleKind, rules_of_object
from guanxi.permissions.viewer import Viewer
from guanxi.records.check import REQUIRED
from guanxi.records.draft import Operation, RecordDraft
from guanxi.records.offers import Offers
from guanxi.records.parse_values import pointer
from guanxi.records.rule_answers import RuleAnswers, answers_of

READ_ONLY = Text(
    zh="「{label}」现在不能修改。", en="“{label}” cannot be changed as the record is now."
)

Sent = Mapping[UUID, Collection[str]]


async def judge(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    operation: Operation,
    now: datetime,
    *,
    sent: Sent,
) -> None:
    """Adds a problem for everything the rules refuse. `sent` are the fields people sent, by record.

    Rules that look at other records are asked only about drafts without problems, so that nothing can be learnt of a
    record one may not link to.
    """
    judging = _Judging(viewer, definition, drafts, operation, sent)
    answers = await answers_of(work, viewer, definition, judging.questions(), now)
    judging.tell(answers)


class _Judging:
    def __init__(
        self,
        viewer: Viewer,
        definition: ObjectDefinition,
        drafts: Sequence[RecordDraft],
        operation: Operation,
        sent: Sent,
    ) -> None:
        self._rules: ObjectRules = rules_of_object(viewer.catalog, definition.name)
        self._fields = [
            field
            for field in definition.fields.values()
            if field.required or field.name in self._rules.fields
        ]
        self._drafts = drafts
        self._operation = operation
        self._sent = sent
        self._is_person = viewer.person is not None
        #: Drafts as they were before, for what may not be changed any more.
        self._before: dict[int, RecordDraft] = {}
        self._offers = Offers(self._rules, definition, drafts, operation)

    def questions(self) -> list[tuple[Rule, Sequence[RecordDraft]]]:
        asked: list[tuple[Rule, Sequence[RecordDraft]]] = []
        for field in self._fields:
            drafts = self._required_of(field)
            for kind in (RuleKind.REQUIRED, RuleKind.VISIBLE):
                rule = self._rules.of(kind, field.name)
                if rule is not None:
                    asked.append((rule, self._answerable(rule, drafts)))
            locked = self._rules.of(RuleKind.READ_ONLY, field.name)
            if locked is not None:
                changed = self._answerable(locked, self._changed_by_people(field.name))
                asked.append((locked, [*changed, *(self._as_before(one) for one in changed)]))
        asked += [
            (rule, self._answerable(rule, self._concerned(rule)))
            for rule in self._rules.validations
        ]
        asked += self._offers.questions()
        return asked

    def tell(self, answers: RuleAnswers) -> None:
        self._offers.tell(answers)
        for field in self._fields:
            self._tell_required(field, answers)
            self._tell_read_only(field, answers)
        for rule in self._rules.validations:
            for draft in self._drafts:
                if answers.knows(rule, draft) and not answers.of(rule, draft):
                    draft.problems.append(_refused(rule))

    def _required_of(self, field: FieldDefinition) -> list[RecordDraft]:
        """Drafts in which the field is empty and something about that is new."""
        required = self._rules.of(RuleKind.REQUIRED, field.name)
        visible = self._rules.of(RuleKind.VISIBLE, field.name)
        if not field.required and required is None:
            return []
        looked_at = {field.name}
        for rule in (required, visible):
            looked_at |= rule.looks_at if rule is not None else frozenset()
        return [
            draft
            for draft in self._drafts
            if draft.value(field.name) is None and self._touches(draft, looked_at)
        ]

    def _tell_required(self, field: FieldDefinition, answers: RuleAnswers) -> None:
        required = self._rules.of(RuleKind.REQUIRED, field.name)
        visible = self._rules.of(RuleKind.VISIBLE, field.name)
        for draft in self._required_of(field):
            told = {problem.field for problem in draft.problems}
            is_required = field.required or _says(answers, required, draft, otherwise=False)
            is_visible = _says(answers, visible, draft, otherwise=True)
            if is_required and is_visible and field.name not in told:
                message = REQUIRED.fill(label=text_of(field.label))
                draft.problems.append(
                    FieldProblem(pointer(field.name), "required", message, field.name)
                )

    def _tell_read_only(self, field: FieldDefinition, answers: RuleAnswers) -> None:
        rule = self._rules.of(RuleKind.READ_ONLY, field.name)
        if rule is None:
            return
        for draft in self._changed_by_people(field.name):
            if not answers.knows(rule, draft):
                continue
            if answers.of(rule, draft) and answers.of(rule, self._as_before(draft)):
                message = READ_ONLY.fill(label=text_of(field.label))
                draft.problems.append(
                    FieldProblem(pointer(field.name), "read_only", message, field.name)
                )

    def _changed_by_people(self, name: str) -> list[RecordDraft]:
        if self._operation == "create" or not self._is_person:
            return []
        return [
            draft
            for draft in self._drafts
            if name in self._sent.get(draft.id, ()) and draft.changes(name)
        ]

    def _concerned(self, rule: Rule) -> list[RecordDraft]:
        looked_at = set(rule.looks_at)
        if rule.field is not None:
            looked_at.add(rule.field.name)
        return [
            draft
            for draft in self._drafts
            if self._touches(draft, looked_at)
            and not looked_at & {problem.field for problem in draft.problems}
        ]

    def _touches(self, draft: RecordDraft, names: Collection[str]) -> bool:
        return self._operation == "create" or any(draft.changes(name) for name in names)

    def _answerable(self, rule: Rule, drafts: Sequence[RecordDraft]) -> list[RecordDraft]:
        return [draft for draft in drafts if rule.is_local or not draft.problems]

    def _as_before(self, draft: RecordDraft) -> RecordDraft:
        before = self._before.get(id(draft))
        if before is None:
            before = RecordDraft(draft.place, draft.id, draft.before, version=draft.version)
            self._before[id(draft)] = before
        return before


def _says(answers: RuleAnswers, rule: Rule | None, draft: RecordDraft, *, otherwise: bool) -> bool:
    if rule is None or not answers.knows(rule, draft):
        return otherwise
    return answers.of(rule, draft) is True


def _refused(rule: Rule) -> FieldProblem:
    message = text_of(rule.validation.message if rule.validation else {})
    if rule.field is None:
        return FieldProblem("", "validation", message)
    return FieldProblem(pointer(rule.field.name), "validation", message, rule.field.name)
