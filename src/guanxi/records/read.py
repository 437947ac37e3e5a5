"""Reads records: lists, single records, counts, figures. Requests come in wire form, answers leave as JSON bytes."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.db.database import Statement
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.fields.capabilities import Aggregate, ValueKind
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.text import Text
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Condition, Path
from guanxi.query.errors import (
    InvalidCursorError,
    ObjectNotFoundError,
    QuestionError,
    RecordNotFoundError,
)
from guanxi.query.lexemes import search_terms
from guanxi.query.parse import QuestionReader
from guanxi.query.question import Cursor, ListQuestion, Measure, MeasureQuestion, Selection
from guanxi.records.computing_marks import ask_for_marks, marks_text
from guanxi.records.rights import grants_of, readable, writable

COUNT_CAP = 1000
MOST_GROUP_FIELDS = 2
MOST_MEASURES = 20
MOST_TESTS_TOLD = 20


@dataclass(frozen=True)
class ListRequest:
    """What a list is asked for, in wire form."""

    filter: object = None
    sort: Sequence[object] = ()
    #: None for all readable fields.
    fields: Sequence[object] | None = None
    q: str = ""
    limit: int = 50
    cursor: str | None = None
    deleted: bool = False
    ids: Sequence[UUID] | None = None
    #: Conditions of which each record tells whether they hold.
    tests: Sequence[object] = ()


class Reading:
    """Prepares reads of records for the gate."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def page(self, viewer: Viewer, object_name: str, request: ListRequest) -> PreparedRead[bytes]:
        """One page: `{"records": […], "next_cursor": …}`, with `computing` while fields are. Raises ObjectNotFoundError, QuestionError, InvalidCursorError."""
        question = list_question(viewer, object_name, request)
        definition = question.selection.definition
        statements = (self._asking.list(viewer, question), *ask_for_marks(viewer, definition))
        return PreparedRead(
            statements,
            lambda rows: _page(
                rows[0][0], question, marks_text(viewer, definition, rows[1:], name="computing")
            ),
        )

    def one(self, viewer: Viewer, object_name: str, id_: UUID) -> PreparedRead[tuple[bytes, int]]:
        """All readable fields of a record with `_rights` (and `_computing`), and its version. Raises RecordNotFoundError."""
        definition = visible_object(viewer, object_name)
        statements = self._one(viewer, definition, id_)
        return PreparedRead(statements, lambda rows: self._finish_one(viewer, definition, rows))

    async def one_in(
        self, work: UnitOfWork, viewer: Viewer, object_name: str, id_: UUID
    ) -> tuple[bytes, int]:
        """The same inside a transaction: the record just written."""
        definition = visible_object(viewer, object_name)
        cursors = [
            await work.execute(statement.text, statement.parameters)
            for statement in self._one(viewer, definition, id_)
        ]
        rows = [await cursor.fetchall() for cursor in cursors]
        return self._finish_one(viewer, definition, rows)

    async def list_in(self, work: UnitOfWork, viewer: Viewer, question: ListQuestion) -> bytes:
        """One page inside a transaction: `{"records": […], "next_cursor": …}`."""
        statement = self._asking.list(viewer, question)
        rows = await work.rows(statement.text, statement.parameters)
        return _page(rows[0], question, b"")

    def count(
        self, viewer: Viewer, object_name: str, request: ListRequest, *, exact: bool
    ) -> PreparedRead[Mapping[str, object]]:
        """`{"count", "capped"}`; counted to 1000 unless exact."""
        selection = selection_of(viewer, visible_object(viewer, object_name), request)
        statement = self._asking.count(viewer, selection, None if exact else COUNT_CAP + 1)

        def finish(rows: list[list[Row]]) -> Mapping[str, object]:
            found = rows[0][0][0]
            capped = not exact and found > COUNT_CAP
            return {"count": COUNT_CAP if capped else found, "capped": capped}

        return PreparedRead((statement,), finish)

    def measures(
        self,
        viewer: Viewer,
        object_name: str,
        request: ListRequest,
        group_by: Sequence[object],
        measures: Sequence[Mapping[str, Any]],
    ) -> PreparedRead[bytes]:
        """`{"groups": [{"key": […], "values": […]}]}`."""
        definition = visible_object(viewer, object_name)
        question = MeasureQuestion(
            selection=selection_of(viewer, definition, request),
            measures=_measures(_reader(viewer, definition), measures),
            group_by=_groups(_reader(viewer, definition), group_by),
        )
        statement = self._asking.measures(viewer, question)
        return PreparedRead((statement,), lambda rows: b'{"groups":' + rows[0][0][0] + b"}")

    async def visible_ids(
        self, work: UnitOfWork, viewer: Viewer, object_name: str, ids: Sequence[UUID]
    ) -> list[UUID]:
        """Those of the ids that the viewer may see."""
        definition = viewer.catalog.find(object_name)
        if definition is None or not viewer.may(Action.SEE, object_name):
            return []
        statement = self._asking.ids(viewer, Selection(definition, ids=tuple(ids)))
        return [row[0] for row in await work.rows(statement.text, statement.parameters)]

    def _one(
        self, viewer: Viewer, definition: ObjectDefinition, id_: UUID
    ) -> tuple[Statement, ...]:
        fields = tuple(Path((), field) for field in viewer.readable_fields(definition))
        question = ListQuestion(Selection(definition, ids=(id_,)), fields, limit=1)
        statements = [self._asking.list(viewer, question)]
        if not viewer.rights.is_administrator:
            statements += [
                self._asking.held_grants(viewer, definition, Action.EDIT, (id_,), also_seen=True),
                self._asking.held_grants(viewer, definition, Action.DELETE, (id_,)),
            ]
        return (*statements, *ask_for_marks(viewer, definition))

    def _finish_one(
        self, viewer: Viewer, definition: ObjectDefinition, rows: list[list[Row]]
    ) -> tuple[bytes, int]:
        records: bytes = rows[0][0][0]
        if records == b"[]":
            raise RecordNotFoundError
        record = records[1:-1]
        version = json.loads(record)["version"]
        held = 0 if viewer.rights.is_administrator else 2
        rights = json.dumps(_rights_on(viewer, definition, rows[1 : 1 + held])).encode()
        marks = marks_text(viewer, definition, rows[1 + held :], name="_computing")
        return record[:-1] + b',"_rights":' + rights + marks + b"}", version


def visible_object(viewer: Viewer, name: str) -> ObjectDefinition:
    """The object, if the viewer may see any of its records. Raises ObjectNotFoundError."""
    definition = viewer.catalog.find(name)
    if (
        definition is None
        or definition.built_in
        or definition.retired_at is not None
        or not viewer.may(Action.SEE, name)
    ):
        raise ObjectNotFoundError(object=name[:100])
    return definition


def selection_of(viewer: Viewer, definition: ObjectDefinition, request: ListRequest) -> Selection:
    """Which records a request means. Raises QuestionError."""
    if len(request.q) > 200 or "\x00" in request.q:
        message = Text(zh="要找的文字太长（最多 200 字）。", en="Look for at most 200 characters.")
        raise QuestionError("/q", "too_long", message)
    return Selection(
        definition,
        condition=_reader(viewer, definition).filter(request.filter),
        terms=tuple(search_terms(request.q)),
        deleted=request.deleted,
        ids=None if request.ids is None else tuple(request.ids),
    )


def list_question(viewer: Viewer, object_name: str, request: ListRequest) -> ListQuestion:
    """A list request, understood. Raises ObjectNotFoundError, QuestionError, InvalidCursorError."""
    definition = visible_object(viewer, object_name)
    reader = _reader(viewer, definition)
    sort = reader.sort(request.sort)
    fields = (
        tuple(Path((), field) for field in viewer.readable_fields(definition))
        if request.fields is None
        else reader.fields(request.fields)
    )
    return ListQuestion(
        selection=selection_of(viewer, definition, request),
        fields=fields,
        sort=sort,
        limit=request.limit,
        after=_read_cursor(request.cursor, len(sort)),
        tests=_tests(viewer, definition, request.tests),
    )


def _tests(
    viewer: Viewer, definition: ObjectDefinition, raw: Sequence[object]
) -> tuple[Condition, ...]:
    if len(raw) > MOST_TESTS_TOLD:
        message = Text(
            zh=f"最多问 {MOST_TESTS_TOLD} 个条件。", en=f"Ask for at most {MOST_TESTS_TOLD} tests."
        )
        raise QuestionError("/tests", "too_many", message)
    return tuple(
        _reader(viewer, definition).filter(one, f"/tests/{place}") for place, one in enumerate(raw)
    )


def _reader(viewer: Viewer, definition: ObjectDefinition) -> QuestionReader:
    return QuestionReader(viewer.catalog, definition, viewer, ReadingContext(viewer.zone))


def _page(row: Row, question: ListQuestion, marks: bytes) -> bytes:
    records, more, last, last_id = row
    cursor = b"null"
    found: bytes = records
    if more and not question.by_relevance:
        cursor = json.dumps(_write_cursor(json.loads(last), last_id)).encode()
    return b'{"records":' + found + b',"next_cursor":' + cursor + marks + b"}"


def _write_cursor(values: list[str | None], last_id: UUID) -> str:
    return urlsafe_b64encode(json.dumps([values, str(last_id)]).encode()).decode().rstrip("=")


def _read_cursor(raw: str | None, keys: int) -> Cursor | None:
    if raw is None or raw == "":
        return None
    try:
        values, last_id = json.loads(urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
        cursor = Cursor(tuple(values), UUID(last_id))
    except (ValueError, TypeError, AttributeError, Base64Error):
        raise InvalidCursorError from None
    fits = len(cursor.values) == keys and all(
        value is None or (isinstance(value, str) and "\x00" not in value) for value in cursor.values
    )
    if not fits:
        raise InvalidCursorError
    return cursor


def _rights_on(
    viewer: Viewer, definition: ObjectDefinition, held_rows: list[list[Row]]
) -> dict[str, object]:
    fields = [
        field
        for field in definition.fields.values()
        if viewer.may_write(definition.name, field, Action.EDIT)
    ]
    if viewer.rights.is_administrator:
        return {"edit": True, "delete": True, "write": [field.name for field in fields]}
    editing, deleting = held_rows
    see, edit, delete = (
        [
            grant
            for held in grants_of(rows, viewer, definition, action, column=column).values()
            for grant in held
        ]
        for rows, action, column in (
            (editing, Action.SEE, 2),
            (editing, Action.EDIT, 1),
            (deleting, Action.DELETE, 1),
        )
    )
    written = [
        field.name for field in fields if readable(see, field.name) and writable(edit, field.name)
    ]
    return {"edit": bool(edit), "delete": bool(delete), "write": written}


def _groups(reader: QuestionReader, raw: Sequence[object]) -> tuple[Path, ...]:
    if len(raw) > MOST_GROUP_FIELDS:
        message = Text(zh="最多按 2 个字段分组。", en="Group by at most 2 fields.")
        raise QuestionError("/group_by", "too_many", message)
    paths = reader.fields(raw, "/group_by")
    for place, path in enumerate(paths):
        if not path.field.type.groupable:
            message = Text(zh="不能按这个字段分组。", en="This field cannot be grouped by.")
            raise QuestionError(f"/group_by/{place}", "not_groupable", message, path.text)
    return paths


def _measures(reader: QuestionReader, raw: Sequence[Mapping[str, Any]]) -> tuple[Measure, ...]:
    if not 1 <= len(raw) <= MOST_MEASURES:
        message = Text(zh="请给出 1 到 20 个指标。", en="Give 1 to 20 measures.")
        raise QuestionError("/measures", "not_a_measure", message)
    return tuple(_measure(reader, one, f"/measures/{place}") for place, one in enumerate(raw))


def _measure(reader: QuestionReader, raw: Mapping[str, Any], pointer: str) -> Measure:
    known = [one.value for one in Aggregate]
    if raw.get("op") not in known:
        names = ", ".join(known)
        message = Text(zh=f"可用的指标：{names}。", en=f"Known measures: {names}.")
        raise QuestionError(f"{pointer}/op", "unknown_measure", message)
    aggregate = Aggregate(raw["op"])
    if raw.get("field") is None:
        if aggregate is not Aggregate.COUNT:
            message = Text(zh="请指定字段。", en="Name the field.")
            raise QuestionError(f"{pointer}/field", "required", message)
        return Measure(aggregate)
    path = reader.path(raw["field"], f"{pointer}/field")
    if aggregate is not Aggregate.COUNT and aggregate not in path.field.type.aggregates:
        message = Text(zh="这个字段不能这样统计。", en="This field cannot be measured so.")
        raise QuestionError(f"{pointer}/op", "unknown_measure", message, path.text)
    weight = None
    if raw.get("weight") is not None:
        weight = reader.path(raw["weight"], f"{pointer}/weight")
        numbers = weight.field.type.value_kind is path.field.type.value_kind is ValueKind.NUMBER
        if weight.field.type.name != "percent" or not numbers or aggregate is not Aggregate.SUM:
            message = Text(
                zh="只有合计可以按百分比字段加权。",
                en="Only a sum can be weighted, by a percent field.",
            )
            raise QuestionError(f"{pointer}/weight", "not_a_weight", message, weight.text)
    return Measure(aggregate, path, weight)
