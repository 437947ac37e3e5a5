"""Whether a viewer may write these rows and these fields, grant by grant."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from guanxi.db.unit_of_work import Answer, Row, UnitOfWork
from guanxi.kit.text import text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action, Grant
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError
from guanxi.records.errors import not_allowed

HeldGrants = Mapping[UUID, Sequence[Grant]]


def object_for(viewer: Viewer, name: str, action: Action) -> ObjectDefinition:
    """The object, if the viewer may do this with any of its records.

    Raises ObjectNotFoundError when it may not even be seen, NotAllowedError when only the action is missing.
    """
    definition = viewer.catalog.find(name)
    if definition is None or definition.built_in or definition.retired_at is not None:
        raise ObjectNotFoundError(object=name[:100])
    if not viewer.may(Action.SEE, name) and not viewer.may(action, name):
        raise ObjectNotFoundError(object=name[:100])
    if not viewer.may(action, name):
        raise not_allowed(action.value, text_of(definition.label))
    return definition


def object_to_fill_in(viewer: Viewer, name: str) -> ObjectDefinition:
    """The object, if the viewer may fill in any of its records. Raises ObjectNotFoundError."""
    definition = viewer.catalog.find(name)
    if (
        definition is None
        or definition.built_in
        or definition.retired_at is not None
        or not (viewer.may(Action.CREATE, name) or viewer.may(Action.EDIT, name))
    ):
        raise ObjectNotFoundError(object=name[:100])
    return definition


async def held_grants(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    action: Action,
    ids: Sequence[UUID],
) -> HeldGrants:
    """The grants of the action that hold each row, as the rows are now in this transaction."""
    answer = await ask_held_grants(work, viewer, asking, definition, action, ids)
    return await fetch_held_grants(answer, viewer, definition, action)


async def ask_held_grants(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    action: Action,
    ids: Sequence[UUID],
) -> Answer:
    """Sends the question of `held_grants`, to be awaited with `fetch_held_grants`."""
    statement = asking.held_grants(viewer, definition, action, tuple(ids))
    return await work.execute(statement.text, statement.parameters)


async def fetch_held_grants(
    answer: Answer, viewer: Viewer, definition: ObjectDefinition, action: Action
) -> HeldGrants:
    return grants_of(await answer.fetchall(), viewer, definition, action)


def grants_of(
    rows: Iterable[Row],
    viewer: Viewer,
    definition: ObjectDefinition,
    action: Action,
    *,
    column: int = 1,
) -> HeldGrants:
    """The grants that hold each row, from the columns `id` and `held` (or `seen`, 2) of `Asking.held_grants`."""
    grants = viewer.rights.grants_for(definition.name, action)
    return {
        row[0]: [grant for grant, holds in zip(grants, row[column], strict=True) if holds]
        for row in rows
    }


def writable(grants: Sequence[Grant], field: str) -> bool:
    """Whether one of the grants that hold the row lets the field be written."""
    return any(grant.may_write(field) for grant in grants)


def readable(grants: Sequence[Grant], field: str) -> bool:
    """Whether one of the grants that hold the row shows the field."""
    return any(grant.may_read(field) for grant in grants)
