"""Checks a set of drafts before it is written: references that exist and may be seen."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from guanxi.db.unit_of_work import Answer, UnitOfWork
from guanxi.fields.capabilities import ValueKind
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.query.question import Selection
from guanxi.records.draft import RecordDraft
from guanxi.records.parse_values import pointer

_REFERRING = (ValueKind.REFERENCE, ValueKind.REFERENCES)
REQUIRED = Text(zh="请填写「{label}」。", en="Fill in '{label}'.")
NOT_THERE = Text(
    zh="「{label}」所选的记录不存在，或你看不到它。请重新选择。",
    en="The record chosen for '{label}' does not exist or you may not see it. Choose another.",
)
SELF = Text(zh="「{label}」不能指向记录自己。", en="'{label}' cannot point to the record itself.")


async def check_references(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> None:
    """Adds a problem for each new reference to something that is not there or not to be seen."""
    await (await ask_references(work, viewer, asking, definition, drafts)).tell()


async def ask_references(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> "AskedReferences":
    """Sends the questions whether new references are there and to be seen; others may be sent behind them.

    One statement per link field that changed, whatever the number of drafts.
    """
    asked: list[_AskedField] = []
    for field in definition.fields.values():
        if field.type.value_kind not in _REFERRING or field.read_only:
            continue
        wanted: dict[UUID, list[RecordDraft]] = {}
        for draft in drafts:
            for id_ in _new_references(field, draft):
                wanted.setdefault(id_, []).append(draft)
        if viewer.person_id is not None and _target(field) == "person":
            wanted.pop(viewer.person_id, None)
        if wanted:
            answer = await _ask(work, viewer, asking, field, list(wanted))
            asked.append(_AskedField(field, wanted, answer))
    return AskedReferences(definition, asked)


@dataclass(frozen=True, slots=True)
class _AskedField:
    field: FieldDefinition
    wanted: Mapping[UUID, Sequence[RecordDraft]]
    #: None where there is no such object any more.
    answer: Answer | None


class AskedReferences:
    """New references that were asked about."""

    def __init__(self, definition: ObjectDefinition, asked: Sequence[_AskedField]) -> None:
        self._definition = definition
        self._waiting = list(asked)

    async def tell(self) -> None:
        """Adds the problems to the drafts; a second time there is nothing left to tell."""
        while self._waiting:
            one = self._waiting.pop(0)
            rows = () if one.answer is None else await one.answer.fetchall()
            self._add_problems(one, found={row[0] for row in rows})

    def _add_problems(self, asked: _AskedField, found: Set[UUID]) -> None:
        for id_, users in asked.wanted.items():
            for draft in users:
                if id_ not in found:
                    draft.problems.append(_problem(asked.field, "no_such_record", NOT_THERE))
                elif id_ == draft.id and _target(asked.field) == self._definition.name:
                    draft.problems.append(_problem(asked.field, "self_link", SELF))


async def _ask(
    work: UnitOfWork, viewer: Viewer, asking: Asking, field: FieldDefinition, ids: list[UUID]
) -> Answer | None:
    target = viewer.catalog.find(_target(field))
    if target is None:
        return None
    statement = asking.ids(viewer, Selection(target, ids=tuple(ids)))
    return await work.execute(statement.text, statement.parameters)


def _target(field: FieldDefinition) -> str:
    return field.target or field.listed_target or ""


def _new_references(field: FieldDefinition, draft: RecordDraft) -> list[UUID]:
    """What it points to and did not before. Of several, those that stay are not asked about: the writer need not see
    what somebody else chose.
    """
    if not draft.changes(field.name) or draft.values[field.name] is None:
        return []
    if not field.is_listed:
        return [draft.values[field.name]]
    before = draft.before.get(field.name) or ()
    return [id_ for id_ in draft.values[field.name] if id_ not in before]


def _problem(field: FieldDefinition, code: str, message: Text) -> FieldProblem:
    label = text_of(field.label)
    return FieldProblem(pointer(field.name), code, message.fill(label=label), field.name)
