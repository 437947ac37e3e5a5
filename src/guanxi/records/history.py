"""The history of one record: who changed what, when, as far as the reader may see the fields."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.fields.capabilities import ValueKind
from guanxi.fields.types.secret import MASK
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.errors import InvalidCursorError, RecordNotFoundError
from guanxi.query.question import ListQuestion, Selection
from guanxi.records.merge_store import SOURCE
from guanxi.records.read import visible_object
from guanxi.records.rights import held_grants

_CHANGES = """
select c.id, c.at, c.op, c.version, c.source, c.old, c.new, p.id, p.name, c.batch
  from change c left join person p on p.id = c.actor
 where c.record = %(record)s and c.object = %(object)s and (%(before)s::bigint is null or c.id < %(before)s)
 order by c.id desc limit %(limit)s
"""


async def history(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    object_name: str,
    record: UUID,
    *,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """One page of changes, newest first, in the wire form of docs/reference/http-api.md.

    Fields the viewer may not see on this record are left out. Raises RecordNotFoundError.
    """
    definition = visible_object(viewer, object_name)
    seen = await _seen_fields(work, viewer, asking, definition, record)
    rows = await work.rows(
        _CHANGES,
        {
            "record": record,
            "object": definition.name,
            "before": _before(cursor),
            "limit": limit + 1,
        },
    )
    names = await _names(work, viewer, asking, definition, rows[:limit])
    return {
        "changes": [_change(row, definition, seen, names) for row in rows[:limit]],
        "next_cursor": str(rows[limit - 1][0]) if len(rows) > limit else None,
    }


async def _seen_fields(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    record: UUID,
) -> frozenset[str]:
    """The fields the viewer may see on this very record. Raises RecordNotFoundError when none at all."""
    for deleted in (False, True):
        statement = asking.ids(viewer, Selection(definition, ids=(record,), deleted=deleted))
        if await work.row(statement.text, statement.parameters):
            break
    else:
        raise RecordNotFoundError
    if viewer.rights.is_administrator:
        return frozenset(definition.fields) | frozenset(definition.retired_fields)
    held = await held_grants(work, viewer, asking, definition, Action.SEE, [record])
    grants = held.get(record, ())
    return frozenset(
        name for name in definition.fields if any(grant.may_read(name) for grant in grants)
    )


async def _names(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    rows: Sequence[Row],
) -> Mapping[UUID, str]:
    """Names of all records and people the changes refer to, as far as the viewer may see them; a statement per target."""
    wanted: dict[str, set[UUID]] = {}
    for row in rows:
        for values in (row[5] or {}, row[6] or {}):
            for name, value in values.items():
                field = definition.fields.get(name)
                if field is not None and value is not None:
                    to = field.target or field.listed_target
                    if to is not None:
                        wanted.setdefault(to, set()).update(map(UUID, _ids(field, value)))
    names: dict[UUID, str] = {}
    for target_name, ids in wanted.items():
        target = viewer.catalog.find(target_name)
        if target is None:
            continue
        question = ListQuestion(
            Selection(target, ids=tuple(ids)), (Path((), target.fields["name"]),), limit=len(ids)
        )
        statement = asking.rows(viewer, question)
        names |= dict(await work.rows(statement.text, statement.parameters))
    return names


def _change(
    row: Row, definition: ObjectDefinition, seen: frozenset[str], names: Mapping[UUID, str]
) -> dict[str, Any]:
    id_, at, op, version, source, old, new, actor, actor_name, batch = row
    old, new = old or {}, new or {}
    fields = [
        {
            "field": name,
            "old": _wire(definition.fields.get(name), old.get(name), names),
            "new": _wire(definition.fields.get(name), new.get(name), names),
        }
        for name in (definition.fields if op == "create" else {**old, **new})
        if name in seen and (name in old or name in new)
    ]
    return {
        "id": str(id_),
        "at": _moment(at),
        "actor": {"id": str(actor), "name": actor_name} if actor else None,
        "source": source,
        "merge": str(batch) if source == SOURCE else None,
        "op": op,
        "version": version,
        "fields": fields,
    }


def _wire(field: FieldDefinition | None, value: Any, names: Mapping[UUID, str]) -> Any:
    """A value of the change log as the API gives values."""
    if value is None or field is None:
        return value
    if field.type.value_kind is ValueKind.DATA:
        return json.loads(value)
    if field.type.value_kind is ValueKind.SECRET:
        return MASK
    if field.type.value_kind in (ValueKind.REFERENCE, ValueKind.REFERENCES):
        known = [_reference(id_, names) for id_ in _ids(field, value)]
        return known if field.is_listed else known[0]
    if not _is_of(field.type.value_kind, value):
        return _told(value)
    if field.type.value_kind is ValueKind.NUMBER and isinstance(value, str):
        return _number(value)
    if field.type.value_kind is ValueKind.DATE_TIME and isinstance(value, str):
        return value.replace("+00:00", "Z")
    return value


def _ids(field: FieldDefinition, value: Any) -> list[str]:
    """The ids a value of the change log points to."""
    return list(value) if field.is_listed else [value]


def _reference(id_: str, names: Mapping[UUID, str]) -> dict[str, Any]:
    name = names.get(UUID(id_))
    known = {"id": id_, "name": name}
    return known if name is not None else {**known, "hidden": True}


def _is_of(kind: ValueKind, value: Any) -> bool:
    """Whether a field of the kind may have held it. Before it got its type, it may have held anything."""
    if kind in (ValueKind.TEXTS, ValueKind.FILES):
        return isinstance(value, list)
    if kind is ValueKind.BOOLEAN:
        return isinstance(value, bool)
    if kind is ValueKind.NUMBER:
        return not isinstance(_number(str(value)), str)
    if kind in (ValueKind.DATE, ValueKind.DATE_TIME):
        try:
            datetime.fromisoformat(str(value))
        except ValueError:
            return False
    return isinstance(value, str)


def _told(value: Any) -> dict[str, str]:
    """A value of an earlier type, as plain text."""
    return {"text": "; ".join(map(str, value)) if isinstance(value, list) else str(value)}


def _number(text: str) -> int | float | str:
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _before(cursor: str | None) -> int | None:
    if cursor is None or cursor == "":
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise InvalidCursorError
    return int(cursor)
