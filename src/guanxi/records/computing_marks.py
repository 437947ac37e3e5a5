"""Tells beside records which of their computed fields are not up to date yet."""

import json
from collections.abc import Sequence

from guanxi.db.database import Statement
from guanxi.db.unit_of_work import Row
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.computing_store import MARKS_OF_OBJECT
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.viewer import Viewer

Mark = dict[str, str | int]


def ask_for_marks(viewer: Viewer, definition: ObjectDefinition) -> tuple[Statement, ...]:
    """The statement that tells, to be sent with others; none for an object without computed fields."""
    if not computed_fields(viewer.catalog).of(definition.name):
        return ()
    return (Statement(MARKS_OF_OBJECT, {"object": definition.name}),)


def marks_of(
    viewer: Viewer, definition: ObjectDefinition, rows: Sequence[Sequence[Row]]
) -> list[Mark]:
    """`{"field", "waiting", "total"}`, and `failed` where nobody tries any more, of each field the viewer may read, from the answer to `ask_for_marks`."""
    readable = {
        field.name for field in viewer.readable_fields(definition) if field.formula is not None
    }
    return [
        {"field": name, "waiting": waiting, "total": total, **({"failed": True} if failed else {})}
        for answer in rows
        for name, waiting, total, failed in answer
        if name in readable
    ]


def marks_text(
    viewer: Viewer, definition: ObjectDefinition, rows: Sequence[Sequence[Row]], *, name: str
) -> bytes:
    """The same as a further member of a JSON object; nothing when all is up to date."""
    marks = marks_of(viewer, definition, rows)
    return f',"{name}":{json.dumps(marks)}'.encode() if marks else b""


def read_marks(viewer: Viewer, definition: ObjectDefinition) -> PreparedRead[list[Mark]]:
    """The marks alone, for somebody who waits for them to go."""
    return PreparedRead(
        ask_for_marks(viewer, definition), lambda rows: marks_of(viewer, definition, rows)
    )
