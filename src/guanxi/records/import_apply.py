"""Writes a chunk of judged rows: new records by one statement, changes of existing ones through the ordinary verb."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.number_pattern import read_pattern
from guanxi.kit.errors import FieldProblem, GuanxiError, ValuesRefusedError
from guanxi.permissions.model import Action, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.create import create, create_drafts
from guanxi.records.draft import RecordDraft
from guanxi.records.import_columns import MappedColumn
from guanxi.records.import_model import Import, LinkWish, Result
from guanxi.records.import_prepare import Judged
from guanxi.records.import_stage_store import NewRowsSource
from guanxi.records.import_staging import constants_of
from guanxi.records.importing import Importing
from guanxi.records.own import take_numbers
from guanxi.records.store import cell_text
from guanxi.records.update import update_drafts

CHUNK = 5000
SET = 1000


class _TriedOutError(Exception):
    """Ends a try whose writing is to be undone."""


def may_be_refused(viewer: Viewer, importing: Importing, judged: Judged) -> bool:
    """Whether rows may be refused only when they are written: by scopes of rights, or by an application's steps."""
    definition = judged.plan.definition
    if importing.saving.steps.get(definition.name):
        return True
    names = [one.field.name for one in judged.plan.mapped]
    return not viewer.rights.is_administrator and not any(
        grant.scope is Scope.ALL and all(grant.may_write(name) for name in names)
        for grant in viewer.rights.grants_for(definition.name, Action.CREATE)
    )


@dataclass(frozen=True)
class _Row:
    """A row about to be saved: its number, the record, and the values of the mapped columns."""

    number: int
    record: UUID
    name: str | None
    values: Sequence[Any]


class Applying:
    """One import at work on its judged rows."""

    def __init__(
        self, importing: Importing, viewer: Viewer, import_: Import, judged: Judged
    ) -> None:
        self._saving = importing.saving
        self._viewer = viewer
        self._import = import_
        self._plan = judged.plan
        self._stage = judged.stage
        self._definition = judged.plan.definition
        self._policy = import_.duplicates.policy
        self._row_by_row = may_be_refused(viewer, importing, judged)

    async def make_missing(self, work: UnitOfWork) -> None:
        """Makes the records that links want and nobody has. Raises as `records.create`."""
        for one in self._plan.mapped:
            if not one.is_link or not (one.column.link or LinkWish()).create_missing:
                continue
            target = one.field.target or ""
            match_by = (one.column.link or LinkWish()).match_by
            while texts := await stage_store.wanted_values(work, self._stage, one.place, SET):
                records = [{"name": text, match_by: text} for text in texts]
                made = await create(work, self._viewer, self._saving, target, records)
                ids = [saved.id for saved in made]
                await stage_store.give_made(work, self._stage, one.place, texts, ids)

    async def apply(self, work: UnitOfWork, *, behind: int, upto: int) -> Result:
        """Writes the rows behind one and up to another; what became of them."""
        created = await self._create(work, behind, upto)
        changed = 0
        if self._policy == "update":
            changed = await self._change(work, behind, upto)
        matched, repeated, failed = await stage_store.count_fates_in(
            work, self._stage, behind=behind, upto=upto
        )
        is_update = self._policy == "update"
        return Result(
            created=created,
            updated=changed,
            unchanged=matched - changed if is_update else 0,
            skipped=repeated + (0 if is_update else matched),
            failed=failed,
        )

    async def link_late(self, work: UnitOfWork) -> None:
        """Links rows to rows further down the file, once all are there."""
        for one in self._plan.mapped:
            if one.field.target != self._definition.name:
                continue
            while rows := await stage_store.late_links(
                work, self._stage, one, self._definition, limit=SET
            ):
                drafts = [
                    RecordDraft(place=place, id=record, values={one.field.name: target})
                    for place, (record, target) in enumerate(rows)
                ]
                await update_drafts(work, self._viewer, self._saving, self._definition, drafts, {})

    async def try_all(self, work: UnitOfWork) -> None:
        """Writes everything and takes it back, so that every row that will be refused is known."""
        refused: list[tuple[int, Sequence[FieldProblem]]] = []
        try:
            async with work.connection.transaction():
                await self.make_missing(work)
                behind = 0
                while upto := await stage_store.chunk_end(
                    work, self._stage, behind=behind, size=CHUNK
                ):
                    refused += await self._create_rows_one_by_one(work, behind, upto)
                    behind = upto
                raise _TriedOutError
        except _TriedOutError:
            pass
        for number, problems in refused:
            await self._refuse(work, number, problems)

    async def _create_rows_one_by_one(
        self, work: UnitOfWork, behind: int, upto: int
    ) -> list[tuple[int, Sequence[FieldProblem]]]:
        refused: list[tuple[int, Sequence[FieldProblem]]] = []
        rows = await self._new_rows(work, behind, upto)
        await self._save_sets(work, rows, self._create_set, refused)
        if self._policy == "update":
            rows = await self._different_rows(work, behind, upto)
            await self._save_sets(work, rows, self._change_set, refused)
        return refused

    async def _create(self, work: UnitOfWork, behind: int, upto: int) -> int:
        if self._row_by_row:
            rows = await self._new_rows(work, behind, upto)
            return await self._save(work, rows, self._create_set)
        source = await self._source(work, behind, upto)
        return await stage_store.insert_new(
            work,
            self._viewer,
            self._definition,
            self._stage,
            self._plan.mapped,
            source,
            behind=behind,
            upto=upto,
        )

    async def _change(self, work: UnitOfWork, behind: int, upto: int) -> int:
        rows = await self._different_rows(work, behind, upto)
        return await self._save(work, rows, self._change_set)

    async def _save(
        self,
        work: UnitOfWork,
        rows: Sequence[_Row],
        save: Callable[[UnitOfWork, Sequence[_Row]], Awaitable[None]],
    ) -> int:
        """Saves rows in sets; a set that is refused is halved until the rows at fault stand alone."""
        refused: list[tuple[int, Sequence[FieldProblem]]] = []
        await self._save_sets(work, rows, save, refused)
        for number, problems in refused:
            await self._refuse(work, number, problems)
        return len(rows) - len(refused)

    async def _save_sets(
        self,
        work: UnitOfWork,
        rows: Sequence[_Row],
        save: Callable[[UnitOfWork, Sequence[_Row]], Awaitable[None]],
        refused: list[tuple[int, Sequence[FieldProblem]]],
    ) -> None:
        sets = [rows[start : start + SET] for start in range(0, len(rows), SET)]
        while sets:
            some = sets.pop()
            try:
                async with work.connection.transaction():
                    await save(work, some)
            except GuanxiError as error:
                if len(some) == 1:
                    refused.append((some[0].number, _problems_of(error)))
                else:
                    middle = len(some) // 2
                    sets += [some[middle:], some[:middle]]

    async def _create_set(self, work: UnitOfWork, rows: Sequence[_Row]) -> None:
        drafts = []
        for place, row in enumerate(rows):
            values = self._values(row)
            if row.name is not None:
                values.setdefault("name", row.name)
            drafts.append(RecordDraft(place=place, id=row.record, values=values))
        await create_drafts(
            work, self._viewer, self._saving, self._definition, drafts, many=len(drafts) > 1
        )

    async def _change_set(self, work: UnitOfWork, rows: Sequence[_Row]) -> None:
        drafts = [
            RecordDraft(place=place, id=row.record, values=self._values(row))
            for place, row in enumerate(rows)
        ]
        await update_drafts(work, self._viewer, self._saving, self._definition, drafts, {})

    def _values(self, row: _Row) -> dict[str, Any]:
        """An empty cell leaves its field as it is."""
        return {
            one.field.name: value
            for one, value in zip(self._plan.mapped, row.values, strict=True)
            if value is not None
        }

    async def _new_rows(self, work: UnitOfWork, behind: int, upto: int) -> list[_Row]:
        rows = await stage_store.new_rows(
            work, self._stage, self._plan.mapped, self._definition, behind=behind, upto=upto
        )
        return [_Row(number, record, name, values) for number, record, name, *values in rows]

    async def _different_rows(self, work: UnitOfWork, behind: int, upto: int) -> list[_Row]:
        rows = await stage_store.different_rows(
            work, self._stage, self._plan.mapped, self._definition, behind=behind, upto=upto
        )
        return [_Row(number, record, None, values) for number, record, *values in rows]

    async def _refuse(
        self, work: UnitOfWork, number: int, problems: Sequence[FieldProblem]
    ) -> None:
        places = {one.field.name: one.column.index for one in self._plan.mapped}
        await stage_store.mark_bad(work, self._stage, [number])
        for problem in problems:
            await store.add_problem(
                work,
                self._import.id,
                number,
                places.get(problem.field or ""),
                problem.code,
                problem.message.as_label(),
            )

    async def _source(self, work: UnitOfWork, behind: int, upto: int) -> NewRowsSource:
        """SQL for what new records hold besides their own cells."""
        columns: dict[str, str] = {"name": "s.name", "name_key": "s.name_key", "search": "s.search"}
        told: dict[str, str] = {}
        for one in self._plan.mapped:
            if not one.is_link:
                columns[one.field.name] = f"s.c{one.place}"
            else:
                columns[one.field.name] = told[one.field.name] = self._link_sql(one)
        constants = constants_of(self._definition, self._plan.mapped, self._plan.context)
        for name, value in constants.items():
            columns[name] = _literal(cell_text(value))
        owner = columns.get("owner")
        if self._viewer.person_id is not None:
            me = f"{_literal(str(self._viewer.person_id))}::uuid"
            owner = me if owner is None else f"coalesce({owner}, {me})"
        if owner is not None:
            columns["owner"] = told["owner"] = owner
            given = columns.get("department")
            standing = "d.department" if given is None else f"coalesce({given}, d.department)"
            columns["department"] = told["department"] = standing
        return NewRowsSource(
            columns=columns,
            told=told,
            numbers=await self._numbers(work, behind, upto),
            owner=owner,
        )

    def _link_sql(self, one: MappedColumn) -> str:
        """A link to a row further down the file waits until that row is there."""
        if one.field.target != self._definition.name:
            return f"l{one.place}.id"
        return f"case when l{one.place}.row is null or l{one.place}.row <= %(upto)s then l{one.place}.id end"

    async def _numbers(
        self, work: UnitOfWork, behind: int, upto: int
    ) -> dict[str, tuple[str, int, str, int]]:
        fields = [
            field for field in self._definition.fields.values() if field.type.name == "auto_number"
        ]
        if not fields:
            return {}
        count = await stage_store.count_new(work, self._stage, behind=behind, upto=upto)
        if not count:
            return {}
        today = self._saving.clock.now().astimezone(self._viewer.zone).date()
        numbers = {}
        for field in fields:
            pattern = read_pattern(field.options.pattern)  # type: ignore[attr-defined]
            last = await take_numbers(work, self._definition, field, pattern.period(today), count)
            before, after = pattern.around(today)
            numbers[field.name] = (before, pattern.width, after, last - count)
        return numbers


def _literal(text: str | None) -> str:
    """A value as an SQL literal."""
    if text is None:
        return "null"
    escaped = text.replace("'", "''").replace("%", "%%")
    if "\\" in escaped:
        return "E'" + escaped.replace("\\", "\\\\") + "'"
    return f"'{escaped}'"


def _problems_of(error: GuanxiError) -> Sequence[FieldProblem]:
    if isinstance(error, ValuesRefusedError):
        return error.problems
    return [FieldProblem("", error.code, error.detail)]
