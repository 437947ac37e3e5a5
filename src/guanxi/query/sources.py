"""Tables of a statement: the object asked for and what its paths lead to, every row and field under the policy."""

from collections.abc import Hashable, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.query.condition import Path

Column = sa.ColumnElement[Any]
Predicate = sa.ColumnElement[bool]


class RowPolicy(Protocol):
    """What the asker may see, as SQL. `permissions.scope` supplies it."""

    @property
    def key(self) -> Hashable:
        """Equal policies compile to equal texts."""
        ...

    def rows(self, definition: ObjectDefinition, table: NamedFromClause) -> Predicate | None:
        """Which rows may be seen; None when all."""
        ...

    def field(
        self, definition: ObjectDefinition, field: FieldDefinition, table: NamedFromClause
    ) -> Column:
        """The field where it may be seen, NULL where not."""
        ...

    def held(self, definition: ObjectDefinition, table: NamedFromClause) -> Sequence[Column]:
        """What `field` asks of a row for several fields, labelled: a table that has these columns is asked once."""
        ...

    def columns(self, definition: ObjectDefinition) -> frozenset[str]:
        """The columns `rows` and `field` look at, apart from the field itself."""
        ...

    def table(self, definition: ObjectDefinition, name: str) -> NamedFromClause:
        """The records of an object under a name, with its live fields."""
        ...


class OpenPolicy:
    """Everything may be seen: for the conditions inside permissions themselves."""

    key = "open"

    def rows(self, definition: ObjectDefinition, table: NamedFromClause) -> Predicate | None:
        return None

    def field(
        self, definition: ObjectDefinition, field: FieldDefinition, table: NamedFromClause
    ) -> Column:
        return table.c[field.name]

    def held(self, definition: ObjectDefinition, table: NamedFromClause) -> Sequence[Column]:
        return ()

    def columns(self, definition: ObjectDefinition) -> frozenset[str]:
        return frozenset()

    def table(self, definition: ObjectDefinition, name: str) -> NamedFromClause:
        """As it is stored: what is stored hangs on nothing live."""
        return table_of(definition).alias(name)


#: Columns of every record table that are not fields.
HIDDEN_COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "id": sa.Uuid(),
    "version": sa.Integer(),
    "deleted_at": sa.DateTime(timezone=True),
    "name_key": sa.Text(),
    "search": postgresql.TSVECTOR(),
}


_tables: dict[int, tuple[ObjectDefinition, sa.TableClause]] = {}
MOST_TABLES = 4096


def table_of(definition: ObjectDefinition) -> sa.TableClause:
    """The table of an object, made once per definition."""
    found = _tables.get(id(definition))
    if found is None or found[0] is not definition:
        if len(_tables) > MOST_TABLES:
            _tables.clear()
        found = (definition, _build(definition))
        _tables[id(definition)] = found
    return found[1]


def _build(definition: ObjectDefinition) -> sa.TableClause:
    columns = [
        sa.column(field.name, field.type.column_type(field.options))
        for field in definition.fields.values()
    ]
    known = {column.name for column in columns}
    hidden = [
        sa.column(name, type_)
        for name, type_ in HIDDEN_COLUMNS.items()
        if name not in known and not definition.built_in
    ]
    return sa.table(definition.name, *columns, *hidden)


class Sources:
    """The FROM clause of one statement, growing by a join for each link a path crosses."""

    def __init__(
        self,
        definition: ObjectDefinition,
        base: NamedFromClause,
        policy: RowPolicy,
        alias_prefix: str,
    ) -> None:
        self.definition = definition
        self.base = base
        self.policy = policy
        self._prefix = alias_prefix
        self._joined: dict[tuple[str, ...], NamedFromClause] = {}
        self._joins: list[tuple[NamedFromClause, Predicate]] = []
        self._lists = 0

    def column(self, path: Path) -> Column:
        """The value a path leads to, as far as it may be seen."""
        definition, table = self._walk(path)
        return self.policy.field(definition, path.field, table)

    def target(self, path: Path, target: ObjectDefinition) -> NamedFromClause:
        """The table a reference field points to, joined where its rows may be seen."""
        return self._join(path.names, self.column(path), target)

    def _walk(self, path: Path) -> tuple[ObjectDefinition, NamedFromClause]:
        definition, table = self.definition, self.base
        walked: tuple[str, ...] = ()
        for link, target in path.links:
            walked = (*walked, link.name)
            value = self.policy.field(definition, link, table)
            table = self._join(walked, value, target)
            definition = target
        return definition, table

    def _join(
        self, names: tuple[str, ...], value: Column, target: ObjectDefinition
    ) -> NamedFromClause:
        joined = self._joined.get(names)
        if joined is None:
            joined = self.policy.table(target, f"{self._prefix}{len(self._joined)}")
            on = joined.c["id"] == value
            allowed = self.policy.rows(target, joined)
            self._joins.append((joined, on if allowed is None else sa.and_(on, allowed)))
            self._joined[names] = joined
        return joined

    def unnested(
        self, column: Column, target: ObjectDefinition
    ) -> tuple[sa.TableValuedAlias, NamedFromClause, sa.FromClause]:
        """What a field that points to several holds: the ids `v` in their places `o`, the records as far as they may be seen,
        and the two joined.
        """
        self._lists += 1
        places = (
            # What may never be seen is a bare NULL, of no type.
            sa.func.unnest(sa.cast(column, postgresql.ARRAY(sa.Uuid())))
            .table_valued(
                sa.column("v", sa.Uuid()),
                with_ordinality="o",
                name=f"{self._prefix}u{self._lists}",
            )
            .render_derived()
        )
        joined = self.policy.table(target, f"{self._prefix}v{self._lists}")
        on = joined.c["id"] == places.c["v"]
        allowed = self.policy.rows(target, joined)
        on = on if allowed is None else sa.and_(on, allowed)
        return places, joined, places.outerjoin(joined, on)

    def from_clause(self) -> sa.FromClause:
        clause: sa.FromClause = self.base
        for table, on in self._joins:
            clause = clause.outerjoin(table, on)
        return clause
