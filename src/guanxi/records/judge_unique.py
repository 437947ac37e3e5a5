"""Finds the records that unique rules let stand in the way of others, before those are written: so each is told which.

What two writers do at the same time the indexes of the rules find.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.stored_text import cell_text
from guanxi.formula.environment import Environment
from guanxi.formula.evaluate import result_of
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules import rules_of_object
from guanxi.metadata.unique_rules import CheckedUnique
from guanxi.metadata.unique_store import alike
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection
from guanxi.records.draft import Operation, RecordDraft
from guanxi.records.parse_values import pointer
from guanxi.records.set_computed import DraftValues

TAKEN_BY = Text(
    zh="「{object}」里已有「{fields}」相同的记录：{name}。请修改，或使用那一条。",
    en="“{name}” has the same {fields} already. Change them, or use that one ({object}).",
)
TAKEN = Text(
    zh="「{object}」里已有「{fields}」相同的记录，不能重复。",
    en="Another record of “{object}” has the same {fields} already.",
)
TWICE = Text(
    zh="「{fields}」和同时保存的另一条记录相同，不能重复。",
    en="Another record that is saved with it has the same {fields}.",
)


async def judge_unique(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    operation: Operation,
    now: datetime,
) -> None:
    """Adds a problem for everything that would be there twice; one statement per rule, whatever the number of drafts."""
    for unique in rules_of_object(viewer.catalog, definition.name).unique:
        compared = [
            draft
            for draft in drafts
            if not draft.problems
            and _is_touched(draft, unique.looks_at, operation)
            and _is_compared(viewer, unique, draft, now)
        ]
        if compared:
            await _judge(work, viewer, asking, definition, unique, compared, drafts)


async def _judge(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    unique: CheckedUnique,
    compared: Sequence[RecordDraft],
    drafts: Sequence[RecordDraft],
) -> None:
    names = unique.rule.fields
    cells = [array_text(cell_text(draft.value(name)) for draft in compared) for name in names]
    others = array_text(str(draft.id) for draft in drafts)
    rows = await alike(work, definition, unique, cells, others)
    in_the_way: dict[int, UUID] = {}
    for place, id_ in rows:
        in_the_way.setdefault(place, id_)
    known = await _names(work, viewer, asking, definition, set(in_the_way.values()))
    words = {"object": text_of(definition.label), "fields": unique.label}
    met: set[tuple[Any, ...]] = set()
    for place, draft in enumerate(compared):
        key = tuple(draft.value(name) for name in names)
        if place in in_the_way:
            name = known.get(in_the_way[place])
            message = TAKEN.fill(**words) if name is None else TAKEN_BY.fill(**words, name=name)
            draft.problems.append(_problem(unique, draft, message))
        elif key in met:
            draft.problems.append(_problem(unique, draft, TWICE.fill(**words)))
        met.add(key)


async def _names(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    ids: Collection[UUID],
) -> Mapping[UUID, str]:
    """The names of those the viewer may see."""
    if not ids or not viewer.may_read(definition.name, "name"):
        return {}
    fields = (Path((), definition.fields["name"]),)
    question = ListQuestion(Selection(definition, ids=tuple(ids)), fields, limit=len(ids))
    statement = asking.list(viewer, question)
    [row] = await work.rows(statement.text, statement.parameters)
    return {UUID(one["id"]): one["name"] for one in json.loads(row[0]) if one["name"]}


def _is_touched(draft: RecordDraft, names: Collection[str], operation: Operation) -> bool:
    return operation == "create" or any(draft.changes(name) for name in names)


def _is_compared(viewer: Viewer, unique: CheckedUnique, draft: RecordDraft, now: datetime) -> bool:
    """Records with a part empty are not compared, nor those the condition does not hold of."""
    if any(draft.value(name) is None for name in unique.rule.fields):
        return False
    if unique.condition is None:
        return True
    environment = Environment(
        DraftValues(draft), now, viewer.zone, calendars=viewer.catalog.calendars
    )
    return result_of(unique.condition.evaluate, environment) is True


def _problem(unique: CheckedUnique, draft: RecordDraft, message: Text) -> FieldProblem:
    """At the field that was changed, else at the first."""
    names = unique.rule.fields
    name = next((one for one in names if draft.changes(one)), names[0])
    return FieldProblem(pointer(name), "duplicate", message, name)
