"""Reads the lines of a record page by page, in their order, through the one way records are read."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import NotFoundError
from guanxi.kit.text import Text
from guanxi.metadata.sub_tables import SubTable, sub_tables
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import SavedRecord
from guanxi.records.read import ListRequest, Reading, list_question, visible_object

#: A page of lines, and as many are told beside a preview.
MOST_LINES_TOLD = 500


class SubTableNotFoundError(NotFoundError):
    """The object has no such sub-table, or the reader may not see it."""

    code = "no_sub_table"
    title = Text(zh="没有这个子表", en="No such sub-table")
    sentence = Text(zh="「{object}」没有子表“{name}”。", en="“{object}” has no sub-table “{name}”.")


def page_of_lines(
    reading: Reading,
    viewer: Viewer,
    object_name: str,
    record: UUID,
    name: str,
    *,
    fields: Sequence[object] | None,
    limit: int,
    cursor: str | None,
) -> PreparedRead[bytes]:
    """One page as a list gives it. Raises ObjectNotFoundError, SubTableNotFoundError, QuestionError, InvalidCursorError."""
    table = _table(viewer, object_name, name)
    request = lines_request(table, record, fields=fields, limit=limit, cursor=cursor)
    return reading.page(viewer, table.lines.name, request)


def lines_request(
    table: SubTable,
    record: UUID,
    *,
    fields: Sequence[object] | None = None,
    limit: int = MOST_LINES_TOLD,
    cursor: str | None = None,
    ids: Sequence[UUID] | None = None,
) -> ListRequest:
    """A list of the lines of one record."""
    return ListRequest(
        filter={"field": table.link.name, "op": "eq", "value": str(record)},
        sort=table.sort,
        fields=fields,
        limit=limit,
        cursor=cursor,
        ids=ids,
    )


async def previewed_lines(
    work: UnitOfWork,
    viewer: Viewer,
    reading: Reading,
    object_name: str,
    saved: SavedRecord,
    values: Mapping[str, Any],
) -> bytes:
    """The lines of the sub-tables that were sent, as they would be: `{"lines": {"created": [ids], "records": […]}}`."""
    parts: list[bytes] = []
    for table in sub_tables(viewer.catalog).of(object_name):
        name = table.field.name
        if not isinstance(values.get(name), Mapping | list) or not viewer.may_read(
            object_name, name
        ):
            continue
        question = list_question(viewer, table.lines.name, lines_request(table, saved.id))
        page = await reading.list_in(work, viewer, question)
        created = ",".join(f'"{id_}"' for id_ in saved.new_lines.get(name, ()))
        parts.append(f'"{name}":{{"created":[{created}],'.encode() + page[1:])
    return b"{" + b",".join(parts) + b"}"


def _table(viewer: Viewer, object_name: str, name: str) -> SubTable:
    definition = visible_object(viewer, object_name)
    for table in sub_tables(viewer.catalog).of(object_name):
        if table.field.name == name and viewer.may_read(object_name, name):
            return table
    raise SubTableNotFoundError(object=definition.name, name=name[:100])
