"""What lines take from the record they belong to: owner, department and a place at the end; whoever sees it sees them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.sub_tables import SubTable, sub_tables
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.lines_store import LineCount, every_line_of, line_counts, standing_of
from guanxi.records.locking_store import lock_and_read_rows
from guanxi.records.recompute import recompute_changed
from guanxi.records.store import update as write_update

STANDING = ("owner", "department")


def keep_with_whole(
    viewer: Viewer, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """A line moves with the record it belongs to and not by itself: what was sent of that is left out."""
    if sub_tables(viewer.catalog).with_lines(definition.name) is not None:
        for draft in drafts:
            kept = {name: value for name, value in draft.values.items() if name not in STANDING}
            draft.values = kept


async def take_after_whole(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> None:
    """For lines that are new or come to another record; they stand with it, whatever was sent."""
    table = sub_tables(viewer.catalog).with_lines(definition.name)
    if table is None:
        return
    link = table.link.name
    moved = [draft for draft in drafts if draft.changes(link) and draft.value(link) is not None]
    if not moved:
        return
    wholes = {draft.value(link) for draft in moved}
    standing = await standing_of(work, table.whole, wholes)
    for draft in moved:
        for name, value in zip(STANDING, standing.get(draft.value(link), ()), strict=False):
            if not draft.version or value != draft.before.get(name):
                draft.values[name] = value
    await _set_places(work, table, moved)


async def lines_follow(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> None:
    """After records were handed over: their lines, and the lines of those, go with them."""
    moved = [draft for draft in drafts if any(name in draft.values for name in STANDING)]
    for table in sub_tables(viewer.catalog).of(definition.name):
        if not moved:
            return
        wholes = {draft.id: draft for draft in moved}
        ids = await every_line_of(work, table, wholes)
        locked = await lock_and_read_rows(work, table.lines, ids)
        following: list[RecordDraft] = []
        for place, (id_, row) in enumerate((await locked.by_id()).items()):
            whole = wholes[row[table.link.name]]
            values = {
                name: whole.value(name) for name in STANDING if whole.value(name) != row[name]
            }
            if values:
                following.append(RecordDraft(place, id_, row, values, version=row["version"]))
        if following:
            await write_update(work, viewer, table.lines, following)
            await recompute_changed(work, viewer, table.lines, following)
            await lines_follow(work, viewer, table.lines, following)


async def _set_places(work: UnitOfWork, table: SubTable, drafts: Sequence[RecordDraft]) -> None:
    """Lines without a place come last, in the order they were sent."""
    if table.position is None:
        return
    name, link = table.position.name, table.link.name
    placeless = [draft for draft in drafts if draft.value(name) is None]
    if not placeless:
        return
    counts: Mapping[UUID, LineCount] = await line_counts(
        work, table, {draft.value(link) for draft in placeless}
    )
    last: dict[UUID, Decimal] = {
        whole: count.last for whole, count in counts.items() if count.last is not None
    }
    for draft in placeless:
        whole = draft.value(link)
        last[whole] = draft.values[name] = last.get(whole, Decimal(0)).to_integral_value() + 1
