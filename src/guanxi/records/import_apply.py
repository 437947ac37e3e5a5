"""Writes a chunk of judged rows: missing link targets first, then new records, then changes of existing ones."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem, GuanxiError, ValuesRefusedError
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.rules import rules_of_object
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_link_store as link_store
from guanxi.records import import_match_store as match_store
from guanxi.records import import_problem_store as problem_store
from guanxi.records import import_row_store as row_store
from guanxi.records import import_stage_store as stage_store
from guanxi.records.create import create
from guanxi.records.create_drafts import create_drafts
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.import_columns import MappedColumn
from guanxi.records.import_judge import link_wish, settle_links_within
from guanxi.records.import_model import Result
from guanxi.records.import_new import may_be_refused, write_new
from guanxi.records.import_plan import ImportPlan
from guanxi.records.import_problem_store import Problem
from guanxi.records.import_row_store import Waiting
from guanxi.records.importing import unlimited
from guanxi.records.lock_ahead import lock_for_several
from guanxi.records.saving import Saving
from guanxi.records.update_drafts import update_drafts

#: Records per call of the ordinary verbs.
SET = 1000

Item = TypeVar("Item")
Refused = list[tuple[Item, Sequence[FieldProblem]]]


@dataclass(frozen=True)
class _Row:
    """A row about to be saved: its number, the record, and the values of the mapped columns."""

    number: int
    record: UUID
    name: str | None
    values: Sequence[Any]


def needs_trying(viewer: Viewer, saving: Saving, plan: ImportPlan) -> bool:
    """Whether only writing tells which rows will be refused."""
    if may_be_refused(viewer, saving, plan):
        return True
    if any(link_wish(one).create_missing for one in plan.links):
        return True
    # Who may create any record may still not change every one.
    return plan.key is not None and plan.policy == "update" and not viewer.rights.is_administrator


class Applying:
    """One import at work on its judged rows, in one transaction."""

    def __init__(self, work: UnitOfWork, viewer: Viewer, saving: Saving, plan: ImportPlan) -> None:
        self._work = work
        self._viewer = viewer
        self._saving = saving
        self._plan = plan
        self._waiting = Waiting(plan.stage, plan.definition, plan.mapped)
        #: What applications do while saving, they do with records, not with rows of a table.
        self._row_by_row = (
            saving.has_steps(plan.definition.name)
            or computed_fields(viewer.catalog).concern(plan.definition.name)
            or bool(rules_of_object(viewer.catalog, plan.definition.name).defaults)
            or may_be_refused(viewer, saving, plan)
        )

    async def apply(self, *, behind: int, upto: int) -> Result:
        """Writes the rows behind one and up to another; what became of them."""
        is_update = self._plan.policy == "update"
        own = (
            await match_store.matched_records(
                self._work, self._plan.stage, behind=behind, upto=upto
            )
            if is_update
            else ()
        )
        await lock_for_several(self._work, self._viewer, {self._plan.definition.name: own})
        await self._make_missing(behind, upto)
        created = await self._create(behind, upto)
        changed = await self._change(behind, upto) if is_update else 0
        matched, repeated, failed = await match_store.count_fates_in(
            self._work, self._plan.stage, behind=behind, upto=upto
        )
        return Result(
            created=created,
            updated=changed,
            unchanged=matched - changed if is_update else 0,
            skipped=repeated + (0 if is_update else matched),
            failed=failed,
        )

    async def try_out(self, *, behind: int, upto: int) -> list[Problem]:
        """What is wrong with the rows of a chunk once everything was tried; nothing of it stays."""
        async with self._work.connection.transaction(force_rollback=True):
            await self.apply(behind=behind, upto=upto)
            return await problem_store.problems_between(
                self._work, self._plan.id, behind=behind, upto=upto
            )

    async def link_late(self) -> None:
        """Links rows to rows of the same file that were written after them.

        They are part of records the person was allowed to create, so no right to edit is asked for.
        """
        await lock_for_several(self._work, self._viewer, {})
        behind = 0
        for one in self._plan.links_within:
            while rows := await row_store.late_links(
                self._work,
                self._waiting,
                one,
                changes_matched=self._plan.policy == "update",
                behind=behind,
                limit=SET,
            ):
                await self._link(one, [_Row(row, record, None, [id_]) for row, record, id_ in rows])
                behind = rows[-1][0]
            behind = 0

    async def _link(self, one: MappedColumn, rows: Sequence[_Row]) -> None:
        viewer = unlimited(self._viewer)

        async def link(some: Sequence[_Row]) -> None:
            drafts = [
                RecordDraft(
                    place=place,
                    id=row.record,
                    values={one.field.name: row.values[0]},
                    accepts_duplicates=True,
                )
                for place, row in enumerate(some)
            ]
            await update_drafts(self._work, viewer, self._saving, self._plan.definition, drafts, {})

        await self._refuse(await self._save_sets(rows, link))

    async def _make_missing(self, behind: int, upto: int) -> None:
        """Makes the records that the links of a chunk want and nobody has; rows whose record cannot be are refused."""
        for one in self._plan.links:
            wish = link_wish(one)
            texts = await link_store.wanted_values(
                self._work, self._plan.stage, one, behind=behind, upto=upto
            )
            siblings = [
                other.place
                for other in self._plan.links
                if other.target == one.target and link_wish(other).match_by == wish.match_by
            ]
            target = one.target or ""

            async def make(
                some: Sequence[str],
                *,
                target: str = target,
                match_by: str = wish.match_by,
                places: Sequence[int] = tuple(siblings),
            ) -> None:
                records = [{"name": text, match_by: text} for text in some]
                made = await create(self._work, self._viewer, self._saving, target, records)
                ids = [saved.id for saved in made]
                await link_store.give_made(self._work, self._plan.stage, places, some, ids)

            refused = await self._save_sets(texts, make)
            for text, (problem, *_) in refused:
                await link_store.refuse_wanted(
                    self._work, self._plan.stage, self._plan.id, one, text, problem
                )
            if refused:
                await settle_links_within(self._work, self._plan)

    async def _create(self, behind: int, upto: int) -> int:
        if not self._row_by_row:
            return await write_new(
                self._work, self._viewer, self._saving, self._plan, behind=behind, upto=upto
            )
        found = await row_store.new_rows(self._work, self._waiting, behind=behind, upto=upto)
        rows = [_Row(number, record, name, values) for number, record, name, *values in found]
        return await self._save(rows, self._create_set)

    async def _change(self, behind: int, upto: int) -> int:
        # Who may not read every value must not learn one from a row that changes nothing: each is judged by the verb.
        found = await row_store.matched_rows(
            self._work,
            self._waiting,
            only_different=self._viewer.rights.is_administrator,
            behind=behind,
            upto=upto,
        )
        rows = [_Row(number, record, None, values) for number, record, *values in found]
        same: set[UUID] = set()

        async def change(some: Sequence[_Row]) -> None:
            saved = await self._change_set(some)
            same.update(one.id for one in saved if not one.changed)

        return await self._save(rows, change) - len(same)

    async def _save(
        self, rows: Sequence[_Row], save: Callable[[Sequence[_Row]], Awaitable[None]]
    ) -> int:
        refused = await self._save_sets(rows, save)
        await self._refuse(refused)
        return len(rows) - len(refused)

    async def _save_sets(
        self, items: Sequence[Item], save: Callable[[Sequence[Item]], Awaitable[None]]
    ) -> Refused[Item]:
        """Saves in sets; a set that is refused is divided until what is at fault stands alone."""
        refused: Refused[Item] = []
        sets = [items[start : start + SET] for start in range(0, len(items), SET)]
        while sets:
            some = sets.pop(0)
            try:
                async with self._work.connection.transaction():
                    await save(some)
            except GuanxiError as error:
                if len(some) == 1:
                    refused.append((some[0], _problems_of(error)))
                else:
                    sets[:0] = _divided(some, error)
        return refused

    async def _create_set(self, rows: Sequence[_Row]) -> None:
        drafts = []
        for place, row in enumerate(rows):
            values = self._values(row)
            if row.name is not None:
                values.setdefault("name", row.name)
            drafts.append(self._draft(place, row.record, values))
        await create_drafts(
            self._work, self._viewer, self._saving, self._plan.definition, drafts, many=True
        )

    def _draft(self, place: int, record: UUID, values: dict[str, Any]) -> RecordDraft:
        accepts = self._plan.possible == "take"
        return RecordDraft(place=place, id=record, values=values, accepts_duplicates=accepts)

    async def _change_set(self, rows: Sequence[_Row]) -> list[SavedRecord]:
        drafts = [
            self._draft(place, row.record, self._values(row)) for place, row in enumerate(rows)
        ]
        return await update_drafts(
            self._work, self._viewer, self._saving, self._plan.definition, drafts, {}
        )

    def _values(self, row: _Row) -> dict[str, Any]:
        """An empty cell leaves its field as it is."""
        return {
            one.field.name: value
            for one, value in zip(self._plan.mapped, row.values, strict=True)
            if value is not None
        }

    async def _refuse(self, refused: Refused[_Row]) -> None:
        if not refused:
            return
        places = {one.field.name: one.column.index for one in self._plan.mapped}
        await stage_store.mark_bad(self._work, self._plan.stage, [row.number for row, _ in refused])
        await problem_store.add_problems(
            self._work,
            self._plan.id,
            [
                Problem(
                    row=row.number,
                    column=places.get(problem.field or ""),
                    code=problem.code,
                    message=problem.message.as_label(),
                )
                for row, problems in refused
                for problem in problems
            ],
        )


def _divided(some: Sequence[Item], error: GuanxiError) -> list[Sequence[Item]]:
    """The records that are known to be at fault stand alone at once, else the halves do.

    They come behind the others: of two that are alike, the one that was told of is refused.
    """
    if isinstance(error, ValuesRefusedError):
        at_fault = {
            int(parts[2])
            for problem in error.problems
            if (parts := problem.pointer.split("/"))[1:2] == ["records"] and parts[2].isdigit()
        }
        if at_fault:
            good = [item for place, item in enumerate(some) if place not in at_fault]
            alone: list[Sequence[Item]] = [[some[place]] for place in sorted(at_fault)]
            return [good, *alone] if good else alone
    middle = len(some) // 2
    return [some[:middle], some[middle:]]


def _problems_of(error: GuanxiError) -> Sequence[FieldProblem]:
    if isinstance(error, ValuesRefusedError):
        return error.problems
    return [FieldProblem("", error.code, error.detail)]
