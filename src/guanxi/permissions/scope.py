"""Grants → SQL: which rows an action is given on, and each field only where a grant that shows it holds the row."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.fields.field_type import ReadingContext
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition
from guanxi.permissions.model import ALWAYS_READ, Action, Grant, Rights, Scope
from guanxi.permissions.viewer import BUILT_IN_READ, Viewer
from guanxi.query.compile_condition import (
    ME,
    MY_DEPARTMENTS,
    MY_PEOPLE,
    UUIDS,
    compile_condition,
)
from guanxi.query.condition import Condition, Path, paths_in
from guanxi.query.errors import QuestionError
from guanxi.query.live_fields import live_table
from guanxi.query.parse import EveryField, QuestionReader
from guanxi.query.sources import Column, Predicate
from guanxi.query.values import Moment, condition_values


class GrantPolicy:
    """What an action is given on, compiled. The policy of reading is that of `Action.SEE`."""

    def __init__(
        self, rights: Rights, catalog: Catalog, context: ReadingContext, action: Action
    ) -> None:
        self._rights = rights
        self._catalog = catalog
        self._context = context
        self._action = action
        self._conditions: dict[Any, Condition | None] = {}

    @property
    def key(self) -> Hashable:
        return (self._rights.key, self._action)

    def rows(self, definition: ObjectDefinition, table: NamedFromClause) -> Predicate | None:
        if self._is_open(definition):
            return None
        return self._any_of(self._grants(definition), definition, table)

    def field(
        self, definition: ObjectDefinition, field: FieldDefinition, table: NamedFromClause
    ) -> Column:
        column = table.c[field.name]
        if self._is_open(definition) or field.name in ALWAYS_READ:
            return column
        grants = self._grants(definition)
        showing = [grant for grant in grants if grant.may_read(field.name)]
        if not showing:
            return sa.null()
        if len(showing) == len(grants):
            return column
        shown = self._any_of(showing, definition, table)
        return column if shown is None else sa.case((shown, column))

    def held(self, definition: ObjectDefinition, table: NamedFromClause) -> Sequence[Column]:
        if self._is_open(definition):
            return ()
        grants = self._grants(definition)
        masked = [
            name
            for name in definition.fields
            if 0 < sum(one.may_read(name) for one in grants) < len(grants)
        ]
        if len(masked) < 2 or any(one.scope is Scope.ALL for one in grants):
            return ()
        # The other scopes look at a column of the row and cost nothing.
        return [
            sa.func.coalesce(self._compile(condition, grant, definition, table), sa.false()).label(
                _held_name(grant)
            )
            for grant in grants
            if (condition := self._condition_of(grant, definition)) is not None
        ]

    def columns(self, definition: ObjectDefinition) -> frozenset[str]:
        if self._is_open(definition):
            return frozenset()
        needed = {"owner", "department"}
        for grant in self._grants(definition):
            condition = self._condition_of(grant, definition)
            if condition is not None:
                needed |= {path.names[0] for path in paths_in(condition)}
        return frozenset(needed)

    def table(self, definition: ObjectDefinition, name: str) -> NamedFromClause:
        return live_table(self._catalog.objects, computed_fields(self._catalog), definition, name)

    def grant_rows(
        self, grant: Grant, definition: ObjectDefinition, table: NamedFromClause
    ) -> Predicate:
        """Whether one grant holds a row."""
        held = self._any_of([grant], definition, table)
        return sa.true() if held is None else held

    def values(self, moment: Moment) -> dict[str, object]:
        """The parameters of the conditions inside the grants."""
        values: dict[str, object] = {}
        for grant in self._rights.grants:
            definition = self._catalog.find(grant.object)
            if definition is None or self._action not in grant.actions:
                continue
            condition = self._condition_of(grant, definition)
            if condition is not None:
                values |= condition_values(condition, moment, self._prefix(grant))
        return values

    def _unguarded(self, path: Path, table: NamedFromClause) -> Column:
        """A value inside a permission's own condition: what the rule looks at, the asker need not see."""
        column: Column = table.c[path.names[0]]
        for place, (_, target) in enumerate(path.links):
            linked = self.table(target, f"c{place}")
            following = path.names[place + 1]
            value = sa.select(linked.c[following]).where(linked.c["id"] == column)
            column = value.scalar_subquery()
        return column

    def _is_open(self, definition: ObjectDefinition) -> bool:
        return self._rights.is_administrator or definition.name in BUILT_IN_READ

    def _grants(self, definition: ObjectDefinition) -> tuple[Grant, ...]:
        return self._rights.grants_for(definition.name, self._action)

    def _any_of(
        self, grants: Iterable[Grant], definition: ObjectDefinition, table: NamedFromClause
    ) -> Predicate | None:
        """The union of the grants' rows; None when it is all of them. Equal scopes are written once."""
        held: dict[Hashable, Predicate] = {}
        for grant in grants:
            if grant.scope is Scope.ALL:
                return None
            if grant.scope is Scope.CONDITION:
                condition = self._condition_of(grant, definition)
                known = table.c.get(_held_name(grant))
                if known is not None:
                    held[grant.id] = known
                elif condition is not None:
                    held[grant.id] = self._compile(condition, grant, definition, table)
            else:
                held[grant.scope] = _standing(grant.scope, table)
        return sa.or_(sa.false(), *held.values())

    def _compile(
        self,
        condition: Condition,
        grant: Grant,
        definition: ObjectDefinition,
        table: NamedFromClause,
    ) -> Predicate:
        def column_of(path: Path) -> Column:
            return self._unguarded(path, table)

        return compile_condition(condition, column_of, self._prefix(grant))

    def _prefix(self, grant: Grant) -> str:
        return f"g{self._rights.grants.index(grant)}_"

    def _condition_of(self, grant: Grant, definition: ObjectDefinition) -> Condition | None:
        """The grant's condition; None when it has none or no longer fits the design: then it gives nothing."""
        if grant.scope is not Scope.CONDITION:
            return None
        if grant.id not in self._conditions:
            reader = QuestionReader(self._catalog, definition, EveryField(), self._context)
            try:
                self._conditions[grant.id] = reader.filter(grant.condition)
            except QuestionError:
                self._conditions[grant.id] = None
        return self._conditions[grant.id]


def _held_name(grant: Grant) -> str:
    """The column that tells whether a grant holds a row; no field can be called so."""
    return f"held.{grant.id}"


def policy_of(viewer: Viewer, action: Action = Action.SEE) -> GrantPolicy:
    """The policy of a viewer for an action."""
    return GrantPolicy(viewer.rights, viewer.catalog, ReadingContext(viewer.zone), action)


def _standing(scope: Scope, table: NamedFromClause) -> Predicate:
    """The scopes that look at where the record stands in the organisation."""
    if scope is Scope.OWN:
        return table.c["owner"] == sa.cast(ME, sa.Uuid())
    if scope is Scope.SUBORDINATES:
        return table.c["owner"] == sa.func.any(sa.cast(MY_PEOPLE, UUIDS))
    if scope is Scope.DEPARTMENT:
        mine = sa.cast(sa.bindparam("my_department", type_=sa.Text()), sa.Uuid())
        return table.c["department"] == mine
    return table.c["department"] == sa.func.any(sa.cast(MY_DEPARTMENTS, UUIDS))
