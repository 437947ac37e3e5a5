"""Keeps records from lying below themselves, whoever else moves records of the tree at the same time."""

from collections.abc import Sequence

from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.records.draft import RecordDraft
from guanxi.records.parse_values import pointer
from guanxi.records.tree_store import in_circles

CIRCLE = Text(
    zh="「{label}」所选的记录在这条记录之下，会形成循环。请另选一个。",
    en="The record chosen for '{label}' lies below this one. Choose another.",
)


async def lock_tree(
    work: UnitOfWork, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """Before rows are locked: whoever moves records of a tree waits for others who do. New records have none below them."""
    link = definition.tree_field
    if link is not None and any(link.name in draft.values for draft in drafts):
        await lock(work, LockSpace.TREE, definition.name)


async def check_tree(
    work: UnitOfWork, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """Adds a problem to each draft that would lie below itself. The tree must be locked."""
    link = definition.tree_field
    moved = [one for one in drafts if link is not None and one.changes(link.name)]
    if link is None or not any(one.values[link.name] for one in moved):
        return
    found = await in_circles(
        work, definition, link, {one.id: one.values[link.name] for one in moved}
    )
    for draft in moved:
        if draft.id in found and not any(one.field == link.name for one in draft.problems):
            message = CIRCLE.fill(label=text_of(link.label))
            draft.problems.append(FieldProblem(pointer(link.name), "circle", message, link.name))
