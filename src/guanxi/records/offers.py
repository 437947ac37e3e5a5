"""What may be chosen: options and linked records whose conditions hold of the record that is being saved."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, label_in, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import ObjectRules, Rule, RuleKind, rules_of_object
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import Operation, RecordDraft
from guanxi.records.parse_values import pointer
from guanxi.records.rule_answers import RuleAnswers, answers_of

NOT_OFFERED = Text(
    zh="「{label}」现在不能选“{option}”。可选：{known}。",
    en="“{label}” cannot be “{option}” as the record is now. Choose one of: {known}.",
)
NOTHING_OFFERED = Text(
    zh="「{label}」现在没有可选的选项，请留空。",
    en="“{label}” has no options as the record is now. Leave it empty.",
)
NOT_A_CANDIDATE = Text(
    zh="「{label}」所选的记录不在可选范围内，请另选一条。",
    en="The record chosen for “{label}” does not fit this one. Choose another.",
)
MOST_NAMED = 12


class Offers:
    """Judges what drafts have chosen.

    A value that stood before is not judged again unless something its condition looks at is changed with it, and none
    is where its field is hidden.
    """

    def __init__(
        self,
        rules: ObjectRules,
        definition: ObjectDefinition,
        drafts: Sequence[RecordDraft],
        operation: Operation,
    ) -> None:
        self._options = [
            (definition.fields[name], offers) for name, offers in (rules.options or {}).items()
        ]
        self._candidates = [
            (definition.fields[name], rule) for name, rule in (rules.candidates or {}).items()
        ]
        self._rules = rules
        self._drafts = drafts
        self._operation = operation

    def questions(self) -> Iterator[tuple[Rule, Sequence[RecordDraft]]]:
        for field, offers in self._options:
            chosen = [one for one in self._drafts if any(self._judged(field, offers, one))]
            for rule in (*offers, *self._visible(field)):
                yield rule, _answerable(rule, chosen)
        for field, rule in self._candidates:
            linked = self._linked(field, rule)
            for one in (rule, *self._visible(field)):
                yield one, _answerable(one, linked)

    def tell(self, answers: RuleAnswers) -> None:
        for field, offers in self._options:
            for draft in self._drafts:
                self._tell_options(field, offers, draft, answers)
        for field, rule in self._candidates:
            for draft in self._linked(field, rule):
                is_refused = answers.knows(rule, draft) and not answers.of(rule, draft)
                if is_refused and not self._is_hidden(field, draft, answers):
                    message = NOT_A_CANDIDATE.fill(label=text_of(field.label))
                    draft.problems.append(_problem(field, message))

    def _tell_options(
        self,
        field: FieldDefinition,
        offers: Sequence[Rule],
        draft: RecordDraft,
        answers: RuleAnswers,
    ) -> None:
        for value in self._judged(field, offers, draft):
            if self._is_hidden(field, draft, answers):
                return
            if not _is_offered(value, offers, draft, answers):
                message = _refusal(field, value, offers, draft, answers)
                draft.problems.append(_problem(field, message))
                return

    def _judged(
        self, field: FieldDefinition, offers: Sequence[Rule], draft: RecordDraft
    ) -> Iterator[str]:
        """The chosen options that are new, or whose conditions look at something new."""
        before = _chosen(draft.before.get(field.name))
        for value in _chosen(draft.value(field.name)):
            naming = [rule for rule in offers if value in rule.options]
            looked_at = {name for rule in naming for name in rule.looks_at}
            if naming and (value not in before or self._touches(draft, looked_at)):
                yield value

    def _linked(self, field: FieldDefinition, rule: Rule) -> list[RecordDraft]:
        looked_at = {field.name, *rule.looks_at}
        return [
            draft
            for draft in self._drafts
            if draft.value(field.name) is not None
            and self._touches(draft, looked_at)
            and not looked_at & {problem.field for problem in draft.problems}
        ]

    def _visible(self, field: FieldDefinition) -> Sequence[Rule]:
        rule = self._rules.of(RuleKind.VISIBLE, field.name)
        return () if rule is None else (rule,)

    def _is_hidden(self, field: FieldDefinition, draft: RecordDraft, answers: RuleAnswers) -> bool:
        return any(
            answers.knows(rule, draft) and not answers.of(rule, draft)
            for rule in self._visible(field)
        )

    def _touches(self, draft: RecordDraft, names: Collection[str]) -> bool:
        return self._operation == "create" or any(draft.changes(name) for name in names)


def _answerable(rule: Rule, drafts: Sequence[RecordDraft]) -> list[RecordDraft]:
    """What looks at other records is asked of drafts without problems only; see `judge`."""
    return [draft for draft in drafts if rule.is_local or not draft.problems]


def _chosen(value: object) -> Sequence[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return () if value is None else (str(value),)


def _is_offered(
    value: str, offers: Sequence[Rule], draft: RecordDraft, answers: RuleAnswers
) -> bool:
    naming = [rule for rule in offers if value in rule.options]
    return not naming or any(
        not answers.knows(rule, draft) or answers.of(rule, draft) for rule in naming
    )


async def clear_defaults(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    now: datetime,
    *,
    sent: Mapping[UUID, Collection[str]],
) -> bool:
    """Takes options out of new records that nobody sent and that are not offered: a default refuses no record.

    Whether there were any.
    """
    options = rules_of_object(viewer.catalog, definition.name).options or {}
    filled = {
        name: [one for one in drafts if name not in sent[one.id] and one.values.get(name)]
        for name in options
    }
    asked = [(rule, _answerable(rule, filled[name])) for name in options for rule in options[name]]
    if not any(filled.values()):
        return False
    answers = await answers_of(work, viewer, definition, asked, now)
    is_cleared = False
    for name, offers in options.items():
        for draft in filled[name]:
            value = draft.values[name]
            kept = [one for one in _chosen(value) if _is_offered(one, offers, draft, answers)]
            if len(kept) < len(_chosen(value)):
                draft.values[name] = kept if isinstance(value, list) and kept else None
                is_cleared = True
    return is_cleared


def options_refused(
    field: FieldDefinition, offers: Sequence[Rule], draft: RecordDraft, answers: RuleAnswers
) -> list[str]:
    """The options none of whose conditions holds, in the order of the field."""
    assert isinstance(field.options, ChoicesOptions)  # noqa: S101 -- only those have such rules
    return [
        one.value
        for one in field.options.choices
        if not _is_offered(one.value, offers, draft, answers)
    ]


def _refusal(
    field: FieldDefinition,
    value: str,
    offers: Sequence[Rule],
    draft: RecordDraft,
    answers: RuleAnswers,
) -> Text:
    assert isinstance(field.options, ChoicesOptions)  # noqa: S101 -- only those have such rules
    label = text_of(field.label)
    refused = options_refused(field, offers, draft, answers)
    known = [one for one in field.options.choices if not one.retired and one.value not in refused]
    if not known:
        return NOTHING_OFFERED.fill(label=label)
    return NOT_OFFERED.fill(
        label=label,
        option=Text(
            zh=field.options.label_of(value, "zh-CN"), en=field.options.label_of(value, "en")
        ),
        known=Text(
            zh="、".join(label_in(one.label, "zh-CN") for one in known[:MOST_NAMED]),
            en=", ".join(label_in(one.label, "en") for one in known[:MOST_NAMED]),
        ),
    )


def _problem(field: FieldDefinition, message: Text) -> FieldProblem:
    return FieldProblem(pointer(field.name), "not_offered", message, field.name)
