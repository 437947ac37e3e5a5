"""Where the fields of a formula stand in a statement: columns over links to one, rows over links to many."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.formula.compile_sql import COLUMN_TYPES
from guanxi.formula.sql_value import Column, SqlList
from guanxi.formula.types import Type
from guanxi.metadata.formula_scope import CatalogScope, FormulaPath, Hop, Objects
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.query.condition import Path
from guanxi.query.sources import Predicate, Sources


def unnested(column: Column, type_: Type, name: str) -> SqlList:
    """The items of a field that holds several."""
    rows = (
        sa.func.unnest(column)
        .table_valued(sa.column("v", COLUMN_TYPES[type_.kind]), with_ordinality="o", name=name)
        .render_derived()
    )
    return SqlList(type_, rows, rows.c.v, (rows.c.o,), ())


def _leads(hop: Hop, start: Column, there: NamedFromClause) -> Predicate:
    """Whether a step leads from a record, or from what its link holds, to a row."""
    if not hop.is_backwards:
        return there.c["id"] == sa.func.any(start)
    link = there.c[hop.link.name]
    if hop.link.is_listed:
        return link.op("@>", is_comparison=True)(postgresql.array([start]))
    return link == start


def _alive(hop: Hop, there: NamedFromClause) -> tuple[Predicate, ...]:
    """What links here from the trash is left out; what is linked to from here counts until the link is gone."""
    return (there.c["deleted_at"].is_(None),) if hop.is_backwards else ()


class FormulaSource:
    """The fields of one object's formulas, as everybody together may see them: results have rights of their own."""

    def __init__(
        self, objects: Objects, definition: ObjectDefinition, sources: Sources, prefix: str = "m"
    ) -> None:
        self._scope = CatalogScope(objects, definition)
        self._objects = objects
        self._sources = sources
        self._prefix = prefix
        self._count = 0
        #: Fields that were computed in this very statement, by name.
        self.computed: dict[str, Column] = {}

    def column(self, names: tuple[str, ...]) -> Column:
        if len(names) == 1 and names[0] in self.computed:
            return self.computed[names[0]]
        path = self._path(self._scope, names)
        if path.field is None:
            raise LookupError(f"The path {names} ends in no field.")
        links = tuple((hop.link, hop.target) for hop in path.hops)
        return self._sources.column(Path(links, path.field))

    def many(self, names: tuple[str, ...], type_: Type) -> SqlList:
        path = self._path(self._scope, names)
        if not path.is_many and path.field is not None:
            self._count += 1
            links = tuple((hop.link, hop.target) for hop in path.hops)
            column = self._sources.column(Path(links, path.field))
            return self._held(path.field, column, type_)
        first = next(place for place, hop in enumerate(path.hops) if hop.is_many)
        start = self._start(path.hops[:first], path.hops[first])
        return self._rows(path.hops[first:], path.field, start, type_)

    def _held(self, field: FieldDefinition, column: Column, type_: Type) -> SqlList:
        """What a field holds several of; of records their fields as well."""
        found = unnested(column, type_, f"{self._prefix}{self._count}")
        target = self._objects.get(field.listed_target or "")
        return found if target is None else self._joined(target, found)

    def _joined(self, target: ObjectDefinition, found: SqlList) -> SqlList:
        """A list of ids with the records they are of."""
        there = self._table(target)
        rows = found.rows.outerjoin(there, there.c["id"] == found.item)
        return replace(found, rows=rows, row=self._row_of(target, there))

    def _start(self, hops: tuple[Hop, ...], many: Hop) -> Column:
        """Where rows are wanted from: the id of the record they link to, or what its own link holds."""
        if not many.is_backwards:
            links = tuple((hop.link, hop.target) for hop in hops)
            return self._sources.column(Path(links, many.link))
        if not hops:
            return self._sources.base.c["id"]
        links = tuple((hop.link, hop.target) for hop in hops[:-1])
        return self._sources.column(Path(links, hops[-1].link))

    def _rows(
        self, hops: tuple[Hop, ...], field: FieldDefinition | None, start: Column, type_: Type
    ) -> SqlList:
        """The rows a path leads to, ending in a field or in the records; what lies in the trash is left out."""
        first = self._table(hops[0].target)
        conditions = [_leads(hops[0], start, first), *_alive(hops[0], first)]
        rows: sa.FromClause = first
        here, order = first, [first.c["id"]]
        for hop in hops[1:]:
            there = self._table(hop.target)
            if hop.is_many:
                start = here.c["id"] if hop.is_backwards else here.c[hop.link.name]
                rows = rows.join(there, sa.and_(_leads(hop, start, there), *_alive(hop, there)))
                order.append(there.c["id"])
            else:
                rows = rows.outerjoin(there, there.c["id"] == here.c[hop.link.name])
            here = there
        target = hops[-1].target
        item = here.c["id"] if field is None else here.c[field.name]
        reached = SqlList(type_, rows, item, tuple(order), tuple(conditions))
        if field is not None:
            return reached
        may_repeat = any(not hop.is_backwards for hop in hops) or any(
            hop.link.is_listed for hop in hops[1:]
        )
        again = partial(self._joined, target) if may_repeat else None
        return replace(reached, row=self._row_of(target, here), again=again)

    def _row_of(
        self, definition: ObjectDefinition, table: NamedFromClause
    ) -> Callable[[tuple[str, ...], Type], Column | SqlList]:
        """Gives fields of a row; over links from it by a select of their own."""
        scope = CatalogScope(self._objects, definition)

        def read(names: tuple[str, ...], type_: Type) -> Column | SqlList:
            path = self._path(scope, names)
            if path.is_many:
                first = next(place for place, hop in enumerate(path.hops) if hop.is_many)
                many = path.hops[first]
                held = None if many.is_backwards else many.link
                start = self._over(path.hops[:first], held, table)
                return self._rows(path.hops[first:], path.field, start, type_)
            found = self._over(path.hops, path.field, table)
            if path.field is not None and path.field.is_listed:
                self._count += 1
                return self._held(path.field, found, type_)
            return found

        return read

    def _over(
        self, hops: tuple[Hop, ...], field: FieldDefinition | None, table: NamedFromClause
    ) -> Column:
        """A field over links to one, from a row of a list; without a field the id of the last record."""
        if not hops:
            return table.c["id" if field is None else field.name]
        if len(hops) == 1 and field is None:
            return table.c[hops[0].link.name]
        first = self._table(hops[0].target)
        rows: sa.FromClause = first
        here = first
        for hop in hops[1:]:
            there = self._table(hop.target)
            rows = rows.join(there, there.c["id"] == here.c[hop.link.name])
            here = there
        item = here.c["id" if field is None else field.name]
        statement = (
            sa.select(item).select_from(rows).where(first.c["id"] == table.c[hops[0].link.name])
        )
        return statement.correlate_except(rows).scalar_subquery()

    def _table(self, definition: ObjectDefinition) -> NamedFromClause:
        self._count += 1
        return self._sources.policy.table(definition, f"{self._prefix}{self._count}")

    def _path(self, scope: CatalogScope, names: tuple[str, ...]) -> FormulaPath:
        path = scope.path(names)
        if path is None:
            raise LookupError(f"The design has no path {names}.")
        return path
