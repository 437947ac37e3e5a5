"""Questions of a viewer → statements, texts from the cache, permissions compiled in. The only maker of read statements."""

from collections.abc import Hashable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.db.database import Statement
from guanxi.db.wire import array_text
from guanxi.kit.clock import Clock
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.scope import GrantPolicy, policy_of
from guanxi.permissions.viewer import Viewer
from guanxi.query.cache import StatementCache
from guanxi.query.compile_condition import UUIDS
from guanxi.query.compile_list import compile_list, compile_rows
from guanxi.query.compile_measures import compile_count, compile_ids, compile_measures
from guanxi.query.question import ListQuestion, MeasureQuestion, Selection
from guanxi.query.shape import shape_of
from guanxi.query.sources import Column
from guanxi.query.values import (
    Moment,
    asker_values,
    clock_values,
    cursor_values,
    selection_values,
    test_values,
)


class Asking:
    """Makes statements that read records as a viewer may."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._texts = StatementCache()

    def list(self, viewer: Viewer, question: ListQuestion) -> Statement:
        """See `query.compile_list.compile_list` for the columns."""
        policy = policy_of(viewer)
        text = self._texts.text(
            self._key(viewer, policy, "list", shape_of(question)),
            lambda: compile_list(viewer.catalog, question, policy),
        )
        values = self._values(viewer, policy, question.selection)
        values |= cursor_values(question.after)
        values |= test_values(question.tests, self._moment(viewer))
        return Statement(text, values)

    def rows(
        self, viewer: Viewer, question: ListQuestion, *, also: Action | None = None
    ) -> Statement:
        """All selected records as plain rows: exports read them through a server-side cursor.

        `also` leaves only those on which one more action than seeing is given.
        """
        policy = policy_of(viewer)
        further = None if also is None else policy_of(viewer, also)
        key = (further.key if further else None, shape_of(question))
        text = self._texts.text(
            self._key(viewer, policy, "rows", key),
            lambda: compile_rows(viewer.catalog, question, policy, further),
        )
        values = self._values(viewer, policy, question.selection)
        if further is not None and not viewer.rights.is_administrator:
            values |= further.values(self._moment(viewer))
        return Statement(text, values)

    def count(self, viewer: Viewer, selection: Selection, most: int | None) -> Statement:
        """One number, counted no further than `most`."""
        policy = policy_of(viewer)
        text = self._texts.text(
            self._key(viewer, policy, "count", shape_of(selection)),
            lambda: compile_count(selection, policy),
        )
        limit = None if most is None else str(most)
        return Statement(text, {**self._values(viewer, policy, selection), "limit": limit})

    def ids(self, viewer: Viewer, selection: Selection, action: Action = Action.SEE) -> Statement:
        """The ids of the selected records on which an action is given."""
        policy = policy_of(viewer, action)
        text = self._texts.text(
            self._key(viewer, policy, "ids", shape_of(selection)),
            lambda: compile_ids(selection, policy),
        )
        return Statement(text, self._values(viewer, policy, selection))

    def measures(self, viewer: Viewer, question: MeasureQuestion) -> Statement:
        policy = policy_of(viewer)
        text = self._texts.text(
            self._key(viewer, policy, "measures", shape_of(question)),
            lambda: compile_measures(viewer.catalog, question, policy),
        )
        return Statement(text, self._values(viewer, policy, question.selection))

    def held_grants(
        self,
        viewer: Viewer,
        definition: ObjectDefinition,
        action: Action,
        ids: tuple[UUID, ...],
        *,
        also_seen: bool = False,
    ) -> Statement:
        """For each of the rows, which grants of the action hold it: `id`, `held` bool[] in the order of the grants; if so
        wished, `seen` bool[] besides, which grants to see do.

        Looks at the rows as the transaction sees them, deleted ones too; empty for an administrator.
        """
        policy = policy_of(viewer, action)
        sight = policy_of(viewer) if also_seen else None
        text = self._texts.text(
            self._key(viewer, policy, "held", (definition.name, also_seen)),
            lambda: _held(policy, sight, viewer, definition, action),
        )
        moment = self._moment(viewer)
        values = policy.values(moment) | clock_values(moment) | self._asker(viewer)
        if sight is not None:
            values |= sight.values(moment)
        return Statement(text, {**values, "ids": array_text(str(one) for one in ids)})

    def _key(self, viewer: Viewer, policy: GrantPolicy, kind: str, shape: Hashable) -> Hashable:
        return (viewer.catalog.version, policy.key, kind, shape)

    def _values(
        self, viewer: Viewer, policy: GrantPolicy, selection: Selection
    ) -> dict[str, object]:
        moment = self._moment(viewer)
        values = selection_values(selection, moment) | clock_values(moment) | self._asker(viewer)
        return values if viewer.rights.is_administrator else values | policy.values(moment)

    def _moment(self, viewer: Viewer) -> Moment:
        return Moment(self._clock.now(), viewer.zone)

    @staticmethod
    def _asker(viewer: Viewer) -> dict[str, object]:
        person = viewer.person
        if person is None:
            return asker_values(None, None, (), ())
        return asker_values(
            person.id, person.department, person.department_and_below, person.subordinates
        )


def _held(
    policy: GrantPolicy,
    sight: GrantPolicy | None,
    viewer: Viewer,
    definition: ObjectDefinition,
    action: Action,
) -> sa.Select[Any]:
    base = policy.table(definition, "t")
    grants = viewer.rights.grants_for(definition.name, action)
    held = [policy.grant_rows(grant, definition, base) for grant in grants]
    ids = sa.cast(sa.bindparam("ids", type_=sa.Text()), UUIDS)
    columns: list[Column] = [base.c["id"], _array(held).label("held")]
    if sight is not None:
        seeing = viewer.rights.grants_for(definition.name, Action.SEE)
        seen = [sight.grant_rows(grant, definition, base) for grant in seeing]
        columns.append(_array(seen).label("seen"))
    return sa.select(*columns).where(base.c["id"] == sa.func.any(ids))


def _array(flags: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[Any]:
    known = [sa.func.coalesce(flag, sa.false()) for flag in flags]
    return sa.cast(postgresql.array(known), postgresql.ARRAY(sa.Boolean()))
