"""Saves the lines of records in the transaction that saves the records: only what changes is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition
from guanxi.metadata.sub_tables import SubTable
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.create_drafts import create_drafts
from guanxi.records.delete import delete
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import not_allowed
from guanxi.records.line_places import DECIMALS, Chain, Standing, new_places
from guanxi.records.lines import After, LinesWish, LineWish
from guanxi.records.lines_store import LineRow, line_counts, lines_of
from guanxi.records.lock_ahead import lock_for_several
from guanxi.records.rights import held_grants, object_for, writable
from guanxi.records.saving import MOST_TOLD, Saving, sub_table_at
from guanxi.records.secrets import seal_secrets
from guanxi.records.update_drafts import update_drafts

_GONE = Text(
    zh="这一行已被删除，或不属于这条记录。",
    en="This line was deleted meanwhile, or belongs to another record.",
)
_NO_SUCH_PLACE = Text(
    zh="找不到要排在其后的那一行。", en="The line it is to stand after is not there."
)
_TWICE = Text(zh="同一行出现了两次。", en="The same line is named twice.")
_TOO_FEW = Text(zh="「{label}」至少要有 {least} 行。", en="“{label}” needs {least} lines at least.")
_TOO_MANY = Text(zh="「{label}」最多 {most} 行。", en="“{label}” has {most} lines at most.")

#: What is to become of the lines of records, by the record.
Wishes = Mapping[UUID, Sequence[LinesWish]]


async def lock_for_lines(
    work: UnitOfWork, viewer: Viewer, object_name: str, ids: Sequence[UUID], wishes: Wishes
) -> None:
    """Before records with lines are saved: locks them and the lines that are there, in the order all keep to."""
    own: dict[str, set[UUID]] = {object_name: set(ids)}
    for whole, some in wishes.items():
        for wish in some:
            await _note(work, own, whole, wish)
    await lock_for_several(work, viewer, own)


async def _note(work: UnitOfWork, own: dict[str, set[UUID]], whole: UUID, wish: LinesWish) -> None:
    named = own.setdefault(wish.table.lines.name, set())
    named.update(wish.ids())
    if wish.is_whole:
        named.update(line.id for line in await lines_of(work, wish.table, [whole]))
    for row in wish.rows:
        for lines in row.lines if row.id is not None else ():
            await _note(work, own, row.id or whole, lines)


class SavingLines:
    """Saves the lines of records that were saved a moment ago, each sub-table for all records at once."""

    def __init__(self, work: UnitOfWork, viewer: Viewer, saving: Saving, action: Action) -> None:
        self._work = work
        self._viewer = viewer
        self._saving = saving
        self._action = action

    async def save(self, wishes: Wishes) -> Mapping[UUID, Mapping[str, Sequence[UUID]]]:
        """The ids of new lines by record and sub-table. Raises what saving records raises; pointers lead to the line."""
        by_table: dict[str, list[_Lines]] = {}
        for whole, some in wishes.items():
            for wish in some:
                by_table.setdefault(wish.table.field.name, []).append(_Lines(whole, wish))
        made: dict[UUID, dict[str, Sequence[UUID]]] = {}
        for name, lines in by_table.items():
            await self._save_table(lines[0].wish.table, lines)
            for one in lines:
                made.setdefault(one.whole, {})[name] = [row.id for row in one.new]
        return made

    async def _save_table(self, table: SubTable, lines: Sequence["_Lines"]) -> None:
        await self._check_right(table, [one.whole for one in lines])
        await self._look_up(table, lines)
        problems = [problem for one in lines for problem in one.problems]
        if problems:
            raise ValuesRefusedError(problems[:MOST_TOLD])
        removed = [id_ for one in lines for id_ in one.removed]
        if removed:
            await delete(
                self._work, self._viewer, self._saving, table.lines.name, dict.fromkeys(removed)
            )
        await self._write(table, lines)
        below = {
            row.id: row.wish.lines for one in lines for row in one.every_row() if row.wish.lines
        }
        if below:
            await self.save(below)

    async def _write(self, table: SubTable, lines: Sequence["_Lines"]) -> None:
        """Changed lines and new ones; what is wrong with either is told together."""
        changed = [draft for one in lines for draft in one.changed_drafts(table)]
        created = [draft for one in lines for draft in one.new_drafts(table)]
        seal_secrets(self._saving.seal, table.lines, [*changed, *created])
        problems: list[FieldProblem] = []
        for place, draft in enumerate((*changed, *created)):
            draft.place = place
        if changed:
            definition = object_for(self._viewer, table.lines.name, Action.EDIT)
            versions = {id_: version for one in lines for id_, version in one.versions()}
            try:
                await update_drafts(
                    self._work, self._viewer, self._saving, definition, changed, versions
                )
            except ValuesRefusedError as refused:
                problems += refused.problems
        if created:
            definition = object_for(self._viewer, table.lines.name, Action.CREATE)
            try:
                await create_drafts(
                    self._work, self._viewer, self._saving, definition, created, many=True
                )
            except ValuesRefusedError as refused:
                problems += refused.problems
        if problems:
            raise ValuesRefusedError(problems[:MOST_TOLD])

    async def _check_right(self, table: SubTable, wholes: Sequence[UUID]) -> None:
        """Each record must lie within a grant that lets this sub-table be written."""
        if self._viewer.rights.is_administrator:
            return
        held = await held_grants(
            self._work, self._viewer, self._saving.asking, table.whole, self._action, wholes
        )
        if not all(writable(held.get(whole, ()), table.field.name) for whole in wholes):
            raise not_allowed(self._action.value, text_of(table.whole.label))

    async def _look_up(self, table: SubTable, lines: Sequence["_Lines"]) -> None:
        """Which lines are there, how many there will be, and where they will stand."""
        ordered = [one for one in lines if one.wish.is_ordered]
        others = [one for one in lines if not one.wish.is_ordered and one.wish.ids()]
        rows = await lines_of(self._work, table, [one.whole for one in ordered]) if ordered else []
        if others:
            ids = [id_ for one in others for id_ in one.wish.ids()]
            rows += await lines_of(self._work, table, [one.whole for one in others], ids=ids)
        for one in lines:
            one.find(table, [row for row in rows if row.whole == one.whole])
        await self._check_counts(table, lines)

    async def _check_counts(self, table: SubTable, lines: Sequence["_Lines"]) -> None:
        options, label = table.options, text_of(table.field.label)
        counted = [one for one in lines if one.new or one.removed or self._action is Action.CREATE]
        if not counted:
            return
        counts = await line_counts(self._work, table, [one.whole for one in counted])
        for one in counted:
            count = counts[one.whole].lines if one.whole in counts else 0
            count += len(one.new) - len(one.removed)
            if count > options.maximum_lines:
                one.refuse(
                    "too_many_lines", _TOO_MANY.fill(label=label, most=options.maximum_lines)
                )
            elif count < options.minimum_lines:
                one.refuse("too_few_lines", _TOO_FEW.fill(label=label, least=options.minimum_lines))


@dataclass
class _Row:
    """A line on its way: an old one or one that gets its id now."""

    id: UUID
    wish: LineWish


@dataclass
class _Lines:
    """The lines of one record in one sub-table."""

    whole: UUID
    wish: LinesWish
    problems: list[FieldProblem] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)
    places: Mapping[UUID, Any] = field(default_factory=dict)
    new: list[_Row] = field(init=False)
    old: list[_Row] = field(init=False)

    def __post_init__(self) -> None:
        self.new = [_Row(new_id(), row) for row in self.wish.created]
        self.old = [_Row(row.id, row) for row in self.wish.changed if row.id is not None]

    def every_row(self) -> list[_Row]:
        return [*self.old, *self.new]

    def versions(self) -> list[tuple[UUID, int | None]]:
        return [(row.id, row.wish.version) for row in self.old]

    def refuse(self, code: str, message: Text, pointer: str = "") -> None:
        at = pointer or self.wish.pointer
        self.problems.append(FieldProblem(at, code, message, sub_table_at(at)))

    def find(self, table: SubTable, rows: Sequence[LineRow]) -> None:
        """Takes note of the lines that are there."""
        there = {row.id for row in rows}
        pointers = [
            *((row.wish.pointer, row.id) for row in self.old),
            *self.wish.removed,
            *((move.pointer, move.id) for move in self.wish.moved if isinstance(move.id, UUID)),
        ]
        seen: set[UUID] = set()
        moved = {move.id for move in self.wish.moved}
        for pointer, id_ in pointers:
            if id_ not in there:
                self.refuse("no_such_line", _GONE, pointer)
            elif id_ in seen and id_ not in moved:
                self.refuse("line_named_twice", _TWICE, pointer)
            seen.add(id_)
        self.removed = [id_ for _, id_ in self.wish.removed]
        if self.wish.is_whole:
            kept = {row.id for row in self.old}
            self.removed = [row.id for row in rows if row.id not in kept]
        if self.wish.is_ordered and not self.problems:
            self._stand(table, rows)

    def changed_drafts(self, table: SubTable) -> list[RecordDraft]:
        """Old lines that were sent, and those that only get another place."""
        drafts = [
            RecordDraft(0, row.id, values=dict(row.wish.values), pointer=row.wish.pointer)
            for row in self.old
        ]
        known = {draft.id: draft for draft in drafts}
        new = {row.id for row in self.new}
        for id_, place in self.places.items():
            if table.position is None or id_ in new:
                continue
            draft = known.get(id_)
            if draft is None:
                draft = RecordDraft(0, id_, pointer=f"{self.wish.pointer}/moved")
                drafts.append(draft)
            draft.values[table.position.name] = place
            draft.unsent = frozenset({table.position.name})
        return drafts

    def new_drafts(self, table: SubTable) -> list[RecordDraft]:
        drafts: list[RecordDraft] = []
        for row in self.new:
            own: dict[str, Any] = {table.link.name: self.whole}
            if table.position is not None and row.id in self.places:
                own[table.position.name] = self.places[row.id]
            drafts.append(
                RecordDraft(
                    0,
                    row.id,
                    values={**row.wish.values, **own},
                    pointer=row.wish.pointer,
                    unsent=frozenset(own),
                )
            )
        return drafts

    def _stand(self, table: SubTable, rows: Sequence[LineRow]) -> None:
        order = self._whole_order() if self.wish.is_whole else self._moved_order(rows)
        if table.position is not None and not self.problems:
            places = {row.id: row.place for row in rows}
            decimals = _decimals_of(table.position)
            standing = [Standing(id_, places.get(id_)) for id_ in order]
            self.places = new_places(standing, decimals=decimals)

    def _whole_order(self) -> list[UUID]:
        ids = iter(row.id for row in self.new)
        return [row.id if row.id is not None else next(ids) for row in self.wish.rows]

    def _moved_order(self, rows: Sequence[LineRow]) -> list[UUID]:
        """The order with everything that says where it is to stand put there, in the order it was sent."""
        gone = set(self.removed)
        chain = Chain([row.id for row in rows if row.id not in gone])
        for row in self.new:
            chain.append(row.id)
        wished = [
            *((row.wish.pointer, row.id, row.wish.after) for row in self.new if row.wish.is_placed),
            *((move.pointer, move.id, move.after) for move in self.wish.moved),
        ]
        for pointer, id_, after in wished:
            if not chain.put(self._named(id_), self._named(after)):
                self.refuse("no_such_place", _NO_SUCH_PLACE, pointer)
        return chain.ids()

    def _named(self, line: After) -> After:
        """The id of a line that may be named by its place among the new ones."""
        is_new = isinstance(line, int) and line < len(self.new)
        return self.new[line].id if is_new and isinstance(line, int) else line


def _decimals_of(position: FieldDefinition) -> int:
    decimals = getattr(position.options, "decimals", None)
    return DECIMALS if decimals is None else int(decimals)


def with_new_lines(
    saved: Sequence[SavedRecord], made: Mapping[UUID, Mapping[str, Sequence[UUID]]]
) -> list[SavedRecord]:
    """What became of records, with the lines that were made; where lines were saved something changed."""
    return [
        SavedRecord(one.id, one.version, changed=True, new_lines=made[one.id])
        if one.id in made
        else one
        for one in saved
    ]
