"""Lines as they are sent with the record they belong to: all of them, or what is to be done with some."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.fields.types.sub_table import MOST_LINES
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.sub_tables import SubTable, sub_tables
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.parse_values import parse_values, pointer
from guanxi.records.saving import sub_table_at

AFTER = "_after"
_DEEDS = ("created", "changed", "removed", "moved")

_NOT_LINES = Text(
    zh="子表请写成 {{“set”: [全部行]}}，或 {{“created”、“changed”、“removed”、“moved”}} 各一个列表。",
    en="Give a sub-table as {{“set”: [all lines]}}, or lists of what is “created”, “changed”, “removed” and “moved”.",
).fill()
_NOT_A_LINE = Text(zh="每一行请写成一个 JSON 对象。", en="Give each line as a JSON object.")
_NO_ID = Text(zh="请填这一行的 id。", en="Give the id of the line.")
_NOT_AFTER = Text(
    zh="_after 请填前一行的 id 或它在 created 里的序号；排在最前填 null。",
    en="Give as _after the id of the line before, or its place in “created”; null to stand first.",
)
_TOO_MANY = Text(zh="一个子表最多 {most} 行。", en="A sub-table has at most {most} lines.").fill(
    most=MOST_LINES
)
_NOT_WRITABLE = Text(zh="你不能修改「{label}」。", en="You may not change “{label}”.")

#: After which line one is to stand: an id, a place among those created, or None to stand first.
After = UUID | int | None


@dataclass
class LineWish:
    """One line to be made or changed."""

    pointer: str
    #: None for a new one.
    id: UUID | None
    version: int | None
    values: dict[str, Any]
    problems: list[FieldProblem]
    lines: "list[LinesWish]"
    #: Whether it says where it is to stand, and after which.
    is_placed: bool = False
    after: After = None


@dataclass
class Move:
    """A line that is to stand elsewhere."""

    pointer: str
    #: Of a new line its place among those created.
    id: UUID | int
    after: After


@dataclass
class LinesWish:
    """What is to become of the lines of one record in one sub-table."""

    table: SubTable
    pointer: str
    rows: list[LineWish] = field(default_factory=list)
    removed: list[tuple[str, UUID]] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    #: All lines in their order: those that are not named go.
    is_whole: bool = False
    problems: list[FieldProblem] = field(default_factory=list)

    @property
    def created(self) -> list[LineWish]:
        return [row for row in self.rows if row.id is None]

    @property
    def changed(self) -> list[LineWish]:
        return [row for row in self.rows if row.id is not None]

    @property
    def is_ordered(self) -> bool:
        """Whether it says where lines are to stand."""
        return self.is_whole or bool(self.moved) or any(row.is_placed for row in self.rows)

    def ids(self) -> list[UUID]:
        """The lines it names that have to be there."""
        named = [row.id for row in self.rows if row.id is not None]
        moved = [move.id for move in self.moved if isinstance(move.id, UUID)]
        return [*named, *(id_ for _, id_ in self.removed), *moved]

    def every_problem(self) -> Iterator[FieldProblem]:
        """What is wrong with it before anything is looked up, lines of lines included."""
        yield from self.problems
        for row in self.rows:
            yield from row.problems
            for lines in row.lines:
                yield from lines.every_problem()


def take_lines(
    viewer: Viewer,
    definition: ObjectDefinition,
    raw: Mapping[str, Any],
    action: Action,
    *,
    above: str = "",
) -> tuple[Mapping[str, Any], list[LinesWish]]:
    """The values of a record without its lines, and what is to become of those. Numbers of lines, as they are read, are
    values nobody may write.
    """
    wishes: list[LinesWish] = []
    for table in sub_tables(viewer.catalog).of(definition.name):
        given = raw.get(table.field.name)
        if not isinstance(given, Mapping | list):
            continue
        if not viewer.may_read(definition.name, table.field.name):
            # An unknown field, as far as this person is concerned.
            continue
        raw = {name: value for name, value in raw.items() if name != table.field.name}
        reader = _Reader(viewer, LinesWish(table, above + pointer(table.field.name)))
        if not may_change_lines(viewer, table, action):
            message = _NOT_WRITABLE.fill(label=text_of(table.field.label))
            reader.refuse("not_writable", message)
        else:
            reader.read(given)
        wishes.append(reader.wish)
    return raw, wishes


def lines_to_save(
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    lines: Mapping[UUID, Sequence[LinesWish]],
    *,
    is_new: bool = False,
) -> dict[UUID, list[LinesWish]]:
    """What is to become of the lines of records, by record. What is wrong with them already is a problem of the record.

    New records have lines to be saved too when nothing was sent of a sub-table that asks for some.
    """
    wishes: dict[UUID, list[LinesWish]] = {}
    for draft in drafts:
        wanted = list(lines.get(draft.id, ()))
        draft.problems += [problem for wish in wanted for problem in wish.every_problem()]
        if is_new:
            given = {wish.table.field.name for wish in wanted}
            wanted += [
                LinesWish(table, pointer(table.field.name))
                for table in sub_tables(viewer.catalog).of(definition.name)
                if table.options.minimum_lines and table.field.name not in given
            ]
        if wanted:
            wishes[draft.id] = wanted
    return wishes


def may_change_lines(viewer: Viewer, table: SubTable, action: Action) -> bool:
    """Whether some grant on the record lets its lines be changed."""
    if viewer.rights.is_administrator:
        return True
    grants = viewer.rights.grants_for(table.whole.name, action)
    return any(grant.may_write(table.field.name) for grant in grants)


class _Reader:
    def __init__(self, viewer: Viewer, wish: LinesWish) -> None:
        self._viewer = viewer
        self.wish = wish

    def read(self, raw: Mapping[str, Any] | Sequence[Any]) -> None:
        given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {"set": raw}
        names = set(given)
        fits = names == {"set"} or names <= set(_DEEDS)
        if not fits or not all(isinstance(rows, list) for rows in given.values()):
            self.refuse("not_lines", _NOT_LINES)
        elif any(len(rows) > MOST_LINES for rows in given.values()):
            self.refuse("too_many_lines", _TOO_MANY)
        elif names == {"set"}:
            self.wish.is_whole = True
            for place, one in enumerate(given["set"]):
                self._row(one, f"set/{place}", is_new=None)
        else:
            for place, one in enumerate(given.get("changed", ())):
                self._row(one, f"changed/{place}", is_new=False)
            for place, one in enumerate(given.get("created", ())):
                self._row(one, f"created/{place}", is_new=True)
            for place, one in enumerate(given.get("removed", ())):
                self._removed(one, f"removed/{place}")
            for place, one in enumerate(given.get("moved", ())):
                self._moved(one, f"moved/{place}")

    def refuse(self, code: str, message: Text, below: str = "") -> None:
        at = f"{self.wish.pointer}/{below}" if below else self.wish.pointer
        self.wish.problems.append(FieldProblem(at, code, message, sub_table_at(at)))

    def _row(self, raw: object, below: str, *, is_new: bool | None) -> None:
        """One line; with `is_new` None it is new unless it has an id."""
        if not isinstance(raw, Mapping):
            return self.refuse("not_a_line", _NOT_A_LINE, below)
        values = dict(raw)
        id_ = _id(values.pop("id", None)) if not is_new else None
        version = values.pop("version", None) if not is_new else None
        is_placed, after = AFTER in values, values.pop(AFTER, None)
        if id_ is None and (is_new is False or ("id" in raw and is_new is None)):
            return self.refuse("no_id", _NO_ID, f"{below}/id")
        place = _after(after)
        if is_placed and place is False:
            return self.refuse("not_a_place", _NOT_AFTER, f"{below}/{AFTER}")
        at = f"{self.wish.pointer}/{below}"
        action = Action.CREATE if id_ is None else Action.EDIT
        lines, table = self.wish.table.lines, self.wish.table
        # Which record a line belongs to is told by where it stands.
        values.pop(table.link.name, None)
        own, nested = take_lines(self._viewer, lines, values, action, above=at)
        parsed, problems = parse_values(self._viewer, lines, own, action)
        self.wish.rows.append(
            LineWish(
                pointer=at,
                id=id_,
                version=version if isinstance(version, int) else None,
                values=parsed,
                problems=[
                    FieldProblem(at + one.pointer, one.code, one.message, sub_table_at(at))
                    for one in problems
                ],
                lines=nested,
                is_placed=is_placed,
                after=place if place is not False else None,
            )
        )
        return None

    def _removed(self, raw: object, below: str) -> None:
        id_ = _id(raw.get("id") if isinstance(raw, Mapping) else raw)
        if id_ is None:
            return self.refuse("no_id", _NO_ID, below)
        self.wish.removed.append((f"{self.wish.pointer}/{below}", id_))
        return None

    def _moved(self, raw: object, below: str) -> None:
        id_ = _after(raw.get("id")) if isinstance(raw, Mapping) else None
        if id_ is None or isinstance(id_, bool):
            return self.refuse("no_id", _NO_ID, below)
        place = _after(raw.get(AFTER)) if isinstance(raw, Mapping) else False
        if place is False:
            return self.refuse("not_a_place", _NOT_AFTER, f"{below}/{AFTER}")
        self.wish.moved.append(Move(f"{self.wish.pointer}/{below}", id_, place))
        return None


def _after(raw: object) -> After | bool:
    """After which line, or False when it cannot be told."""
    if raw is None or (isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0):
        return raw
    return _id(raw) or False


def _id(raw: object) -> UUID | None:
    if isinstance(raw, UUID):
        return raw
    if not isinstance(raw, str) or len(raw) not in (32, 36):
        return None
    try:
        return UUID(raw)
    except ValueError:
        return None
