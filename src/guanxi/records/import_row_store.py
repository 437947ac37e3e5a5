"""SQL that turns waiting rows into records: new ones by one statement, changed ones to be saved by the ordinary verb."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records.import_columns import MappedColumn, listed_names
from guanxi.records.import_stage_store import Stage
from guanxi.records.store import insert_from, type_text

_NEW = (
    "s.row > %(behind)s and s.row <= %(upto)s and not s.bad and m.record is null"
    " and not coalesce(m.is_repeat, false)"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The waiting rows of one import and what they are to become."""

    stage: Stage
    definition: ObjectDefinition
    mapped: Sequence[MappedColumn]

    @property
    def table(self) -> str:
        return quoted(self.definition.name)

    def joins(self) -> str:
        """What the links of a row `s` mean, as `l0`, `l1` …"""
        return "".join(
            f" left join {self._several(one)} l{one.place} on true"
            if one.is_listed
            else f" left join {self.stage.links} l{one.place} on l{one.place}.place = {one.place}"
            f" and l{one.place}.text = s.c{one.place}"
            for one in self.mapped
            if one.is_link
        )

    def _several(self, one: MappedColumn) -> str:
        """The records the names in a cell mean, each once, in the order of their names."""
        names = f"unnest({listed_names(f's.c{one.place}')}) with ordinality p(name, place)"
        return (
            f"lateral (select array_agg(f.id order by f.place) as id from (select k.id, min(p.place) as place"
            f" from {names} join {self.stage.links} k on k.place = {one.place} and k.text = p.name and k.id is not null"
            f" group by k.id) f)"
        )

    def value(self, one: MappedColumn) -> str:
        """The value of a column. A link within the file waits until all rows are there."""
        if not one.is_link:
            return f"s.c{one.place}::{type_text(self.definition, one.field.name)}"
        if one.field.target == self.definition.name:
            return f"case when l{one.place}.row is null then l{one.place}.id end"
        return f"l{one.place}.id"

    def values(self) -> str:
        return "".join(f", {self.value(one)}" for one in self.mapped)

    def differs(self) -> str:
        """Whether a row says something else than its record `t`. An empty cell says nothing."""
        tests = [
            f"(s.c{one.place} is not null and {cell} is distinct from t.{quoted(one.field.name)})"
            for one in self.mapped
            for cell in (f"l{one.place}.id" if one.is_link else self.value(one),)
        ]
        return " or ".join(tests)


async def count_different(work: UnitOfWork, waiting: Waiting) -> int:
    """How many matched rows differ from their records."""
    return int(
        await work.value(
            f"select count(*) from {waiting.stage.rows} s join {waiting.stage.matches} m using (row)"
            f" join {waiting.table} t on t.id = m.record{waiting.joins()}"
            f" where not s.bad and not m.is_repeat and ({waiting.differs()})"
        )
    )


async def matched_rows(
    work: UnitOfWork, waiting: Waiting, *, only_different: bool, behind: int, upto: int
) -> list[Row]:
    """`(row, record, values…)` of matched rows, perhaps of those alone that differ; a link's value is the id it names."""
    differing = f" and ({waiting.differs()})" if only_different else ""
    return await work.rows(
        f"select s.row, m.record{waiting.values()} from {waiting.stage.rows} s"
        f" join {waiting.stage.matches} m using (row)"
        f" join {waiting.table} t on t.id = m.record{waiting.joins()}"
        " where s.row > %(behind)s and s.row <= %(upto)s and not s.bad and not m.is_repeat"
        f"{differing} order by s.row",
        {"behind": behind, "upto": upto},
    )


async def new_rows(work: UnitOfWork, waiting: Waiting, *, behind: int, upto: int) -> list[Row]:
    """`(row, id, name, values…)` of rows that become new records, where each has to be judged while it is saved."""
    return await work.rows(
        f"select s.row, s.id, s.name{waiting.values()} from {waiting.stage.rows} s"
        f" left join {waiting.stage.matches} m using (row){waiting.joins()}"
        f" where {_NEW} order by s.row",
        {"behind": behind, "upto": upto},
    )


async def count_new(work: UnitOfWork, stage: Stage, *, behind: int, upto: int) -> int:
    return int(
        await work.value(
            f"select count(*) from {stage.rows} s left join {stage.matches} m using (row) where {_NEW}",
            {"behind": behind, "upto": upto},
        )
    )


@dataclass(frozen=True, slots=True)
class Numbering:
    """Consecutive numbers of an auto-number field: the text around each, its width, and the number before the first."""

    before: str
    width: int
    after: str
    last: int


@dataclass(frozen=True, slots=True)
class NewColumns:
    """What the columns of new records hold.

    SQL over `s` (the row), `l0`… (its links) and `d` (the owner as a person), with parameters.
    """

    values: Mapping[str, str]
    #: Columns told to the change log though the row's own `new` does not hold them.
    told: Sequence[str]
    parameters: Mapping[str, Any]
    numbers: Mapping[str, Numbering]
    #: SQL for the owner's id.
    owner: str


async def insert_new(
    work: UnitOfWork,
    viewer: Viewer,
    waiting: Waiting,
    columns: NewColumns,
    *,
    behind: int,
    upto: int,
) -> int:
    """Writes the new records of a chunk; how many. Raises DuplicateValueError."""
    parameters = {**columns.parameters, "behind": behind, "upto": upto}
    values = dict(columns.values)
    for place, (name, numbering) in enumerate(columns.numbers.items()):
        number = f"(%(last{place})s::bigint + row_number() over (order by s.row))::text"
        padded = f"lpad({number}, greatest(length({number}), %(width{place})s::int), '0')"
        values[name] = f"(%(before{place})s || {padded} || %(after{place})s)"
        parameters |= {
            f"before{place}": numbering.before,
            f"width{place}": numbering.width,
            f"after{place}": numbering.after,
            f"last{place}": numbering.last,
        }
    listed = {one.field.name for one in waiting.mapped if one.is_listed}
    members = ", ".join(
        f"'{name}', to_jsonb(({values[name]})::uuid[])"
        if name in listed
        else f"'{name}', {values[name]}"
        for name in (*columns.told, *columns.numbers)
    )
    new = "s.new"
    if members:
        new = f"(s.new::jsonb || jsonb_strip_nulls(jsonb_build_object({members})))::text"
    selected = "".join(
        f", ({value})::text as c{place}" for place, value in enumerate(values.values())
    )
    text = (
        f"select s.id::text as id{selected}, {new} as new from {waiting.stage.rows} s"
        f" left join {waiting.stage.matches} m using (row){waiting.joins()}"
        f" left join person d on d.id = {columns.owner} where {_NEW}"
    )
    return await insert_from(work, viewer, waiting.definition, tuple(values), text, parameters)


async def late_links(
    work: UnitOfWork,
    waiting: Waiting,
    mapped: MappedColumn,
    *,
    changes_matched: bool,
    behind: int,
    limit: int,
) -> list[Row]:
    """`(row, record, id)` of links to rows of the same file that were not there when the linking row was saved."""
    field = quoted(mapped.field.name)
    stage = waiting.stage
    return await work.rows(
        f"select s.row, t.id, l.id from {stage.rows} s left join {stage.matches} m using (row)"
        f" join {stage.links} l on l.place = {mapped.place} and l.text = s.c{mapped.place}"
        f" join {waiting.table} t on t.id = coalesce(m.record, s.id)"
        f" where l.row is not null and s.row > %s and not s.bad and not coalesce(m.is_repeat, false)"
        f" and (m.record is null or %s) and t.deleted_at is null and t.{field} is distinct from l.id"
        " order by s.row limit %s",
        [behind, changes_matched, limit],
    )
