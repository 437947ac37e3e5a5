"""Finds the records that duplicate rules say a record may be there as already: of one that is typed, and of those to be saved."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.stored_text import cell_text
from guanxi.metadata.match_rules import CheckedMatch
from guanxi.metadata.match_store import alike, hidden_facts, keys_of_values
from guanxi.metadata.model import MatchRule, ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection
from guanxi.records.draft import RecordDraft

#: No more are told of one record.
MOST_TOLD = 10


@dataclass(frozen=True)
class Duplicate:
    """A record that another one may be."""

    object: str
    #: None where it is another record of the same set, not saved yet.
    id: UUID | None
    #: The fields of the draft that are alike.
    fields: tuple[str, ...]
    score: int
    is_blocking: bool


@dataclass(frozen=True)
class KnownDuplicate:
    """A duplicate as the viewer may know it."""

    duplicate: Duplicate
    name: str | None
    owner: str | None
    updated_at: datetime | str | None
    #: Not to be seen by the viewer: the name is masked.
    is_hidden: bool


async def duplicates_of(
    work: UnitOfWork, match: CheckedMatch, drafts: Sequence[RecordDraft], object_name: str
) -> dict[int, list[Duplicate]]:
    """What a rule says of drafts, by their places in the sequence, the most alike first."""
    rule = match.rule
    cells = [
        array_text(_text(draft.value(one.field)) for draft in drafts) for one in rule.conditions
    ]
    keys = await keys_of_values(work, rule, cells)
    found: dict[int, list[Duplicate]] = {}
    others = array_text(str(draft.id) for draft in drafts)
    for place, id_, holds in await alike(work, match, keys, others):
        _add(found, rule, place, id_, holds)
    if rule.object == object_name and len(drafts) > 1:
        for place, holds in _alike_among(rule, keys):
            _add(found, rule, place, None, holds)
    for each in found.values():
        each.sort(key=lambda one: -one.score)
    return found


async def known_duplicates(
    work: UnitOfWork, viewer: Viewer, asking: Asking, duplicates: Sequence[Duplicate]
) -> list[KnownDuplicate]:
    """Them with what the viewer may know of each: all of those they may see, of others as little as helps to ask about."""
    told = duplicates[:MOST_TOLD]
    seen: dict[tuple[str, UUID], Mapping[str, Any]] = {}
    hidden: dict[tuple[str, UUID], tuple[str, str | None, datetime]] = {}
    for name in sorted({one.object for one in told}):
        ids = {one.id for one in told if one.object == name and one.id is not None}
        definition = viewer.catalog.objects[name]
        visible = await _seen(work, viewer, asking, definition, ids)
        seen |= {(name, id_): record for id_, record in visible.items()}
        facts = await hidden_facts(work, name, [str(id_) for id_ in ids - visible.keys()])
        hidden |= {(name, id_): fact for id_, fact in facts.items()}
    known: list[KnownDuplicate] = []
    for one in told:
        if one.id is None:
            continue
        record, fact = seen.get((one.object, one.id)), hidden.get((one.object, one.id))
        if record is not None:
            owner = record.get("owner")
            owner_name = owner.get("name") if isinstance(owner, dict) else None
            known.append(
                KnownDuplicate(one, record.get("name"), owner_name, record.get("updated_at"), False)
            )
        elif fact is not None:
            name, owner_name, at = fact
            unnamed = replace(one, id=None)
            known.append(KnownDuplicate(unnamed, masked(name), owner_name, at, True))
    return known


def masked(name: str) -> str:
    """The first letter or two of a name: enough for who knows the record, too little for who does not."""
    return name[: 2 if len(name) > 3 else 1] + "＊＊＊"


async def _seen(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    ids: Collection[UUID],
) -> dict[UUID, Mapping[str, Any]]:
    if not ids or not viewer.may(Action.SEE, definition.name):
        return {}
    fields = tuple(
        Path((), definition.fields[name])
        for name in ("name", "owner", "updated_at")
        if viewer.may_read(definition.name, name)
    )
    question = ListQuestion(Selection(definition, ids=tuple(ids)), fields, limit=len(ids))
    statement = asking.list(viewer, question)
    [row] = await work.rows(statement.text, statement.parameters)
    return {UUID(one["id"]): one for one in json.loads(row[0])}


def _add(
    found: dict[int, list[Duplicate]],
    rule: MatchRule,
    place: int,
    id_: UUID | None,
    holds: Sequence[bool],
) -> None:
    score = sum(one.weight for one, held in zip(rule.conditions, holds, strict=True) if held)
    is_blocking = rule.block_at is not None and score >= rule.block_at
    if score >= rule.warn_at or is_blocking:
        fields = tuple(
            dict.fromkeys(
                one.field for one, held in zip(rule.conditions, holds, strict=True) if held
            )
        )
        one = Duplicate(rule.object, id_, fields, score, is_blocking)
        found.setdefault(place, []).append(one)


def _alike_among(
    rule: MatchRule, keys: Sequence[Sequence[str | None]]
) -> list[tuple[int, list[bool]]]:
    """Rows that have keys alike with one before them: the place and what holds."""
    first: dict[tuple[int, str], int] = {}
    pairs: dict[tuple[int, int], list[bool]] = {}
    for place, row in enumerate(keys):
        for number, key in enumerate(row):
            if key is None:
                continue
            other = first.setdefault((number, key), place)
            if other != place:
                holds = pairs.setdefault((place, other), [False] * len(rule.conditions))
                holds[number] = True
    return [(place, holds) for (place, _), holds in pairs.items()]


def _text(value: Any) -> str | None:
    return None if value is None else cell_text(value)
