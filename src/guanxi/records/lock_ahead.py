"""Locks, ahead of everything else, the records a change may come to in a circle of objects.

Where objects hang on one another (a total of its lines on the document, a share of that total on the lines) the records of
a save and those it computes stand in the same tables. Locked as they come up, two saves would wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.computed import ComputedFields, computed_fields
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.recompute_order import recompute_order
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.locking_store import lock_rows
from guanxi.records.ways_back import WaysBack

#: So many records of others are computed by the transaction of a save; the worker computes the rest.
MOST_NOW = 2000


async def lock_ahead(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    *,
    every_field: bool = False,
) -> None:
    """Before the rows of a change are locked: them and what may be computed for them, in the order all keep to.

    It is looked up without locks, so some of it may be wrong by the time it is locked; what comes up later is only taken
    if nobody holds it (see `recompute`).
    """
    computed = computed_fields(viewer.catalog)
    order = recompute_order(computed)
    if work.saves_several or not order.is_in_circle(definition.name):
        return
    ways = WaysBack(work, computed)
    names = dict.fromkeys(name for draft in drafts for name in draft.values)
    for name in definition.fields if every_field else _with_local(computed, definition, names):
        ids = [
            draft.id for draft in drafts if every_field or name not in names or name in draft.values
        ]
        field = definition.fields.get(name)
        left = [
            id_
            for draft in drafts
            if field is not None
            for id_ in pointed_to(field, draft.values.get(name))
        ]
        await ways.touch(definition.name, name, ids, left)
    if any(ways.waiting.values()):
        own = {definition.name: {draft.id for draft in drafts}}
        await lock_circle(work, viewer, ways, order.places[definition.name], own)


async def lock_for_several(
    work: UnitOfWork, viewer: Viewer, own: Mapping[str, Iterable[UUID]]
) -> None:
    """For a transaction that saves several times, before the first: locks all records it will change, by object.

    Each save by itself keeps to the order, but not all together. So from here on nothing is waited for any more: what
    hangs on the records is computed at once where nobody else holds it, and left to the worker where somebody does.
    """
    work.saves_several = True
    places = recompute_order(computed_fields(viewer.catalog)).places
    for name in sorted(own, key=lambda one: (places.get(one, -1), one)):
        ids, definition = sorted(own[name]), viewer.catalog.find(name)
        if ids and definition is not None:
            await lock_rows(work, definition, ids)


async def lock_to_compute(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    names: Iterable[str],
    ids: Sequence[UUID],
    *,
    most: int,
) -> None:
    """Before fields of some records are read or computed anew: locks them and, in a circle, what may be computed for them."""
    computed = computed_fields(viewer.catalog)
    order = recompute_order(computed)
    if not order.is_in_circle(definition.name):
        await lock_rows(work, definition, ids)
        return
    ways = WaysBack(work, computed)
    known = {one.field.name for one in computed.of(definition.name)}
    for name in names:
        if name in known:
            ways.waiting[definition.name, name] = set(ids)
        else:
            await ways.touch(definition.name, name, ids)
    own = {definition.name: ids}
    await lock_circle(work, viewer, ways, order.places[definition.name], own, most=most)


async def lock_circle(
    work: UnitOfWork,
    viewer: Viewer,
    ways: WaysBack,
    place: int,
    own: Mapping[str, Iterable[UUID]],
    *,
    most: int = MOST_NOW,
) -> None:
    """Locks the records of a circle that may be computed for what waits, as if everything waiting moved."""
    order = recompute_order(computed_fields(viewer.catalog))
    reached: dict[str, set[UUID]] = {name: set(ids) for name, ids in own.items()}
    room = most
    for group in order.groups:
        if group.place != place:
            continue
        waiting = {name: ways.waiting.get((group.object, name), set()) for name in group.names}
        moving = group.moved_by(name for name, ids in waiting.items() if ids)
        ids = sorted(set().union(*waiting.values()))
        known = reached.setdefault(group.object, set())
        some = [id_ for id_ in ids if id_ not in known][:room]
        room -= len(some)
        going = known.intersection(ids).union(some)
        known |= going
        for one in moving:
            await ways.touch(
                group.object, one.field.name, going, skip=[other.key for other in group.fields]
            )
    for name in sorted(reached):
        if reached[name]:
            await lock_rows(work, viewer.catalog.objects[name], sorted(reached[name]))


def pointed_to(field: FieldDefinition, value: Any) -> Sequence[UUID]:
    """The records a stored value points to; none where the field is no link."""
    if value is None or not (field.target or field.listed_target):
        return ()
    return value if field.is_listed else (value,)


def _with_local(
    computed: ComputedFields, definition: ObjectDefinition, names: Iterable[str]
) -> list[str]:
    """The fields with those the save computes from them, and what follows its owner."""
    found = dict.fromkeys(names)
    if "owner" in found:
        found["department"] = None
    for one in computed.of(definition.name):
        if one.is_local and any(names[0] in found for names in one.paths):
            found[one.field.name] = None
    return list(found)
