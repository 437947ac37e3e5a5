"""Which of some records a viewer may see: for news of changes."""

from collections.abc import Mapping
from uuid import UUID

from guanxi.db.unit_of_work import Row
from guanxi.permissions.asking import Asking
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer

#: Changed records by object; None for too many to name.
Changes = Mapping[str, set[UUID] | None]


def visible_changes(viewer: Viewer, asking: Asking, changes: Changes) -> PreparedRead[Changes]:
    """Keeps the records the viewer may see, deleted ones too, for they have to leave the screen.

    Objects the viewer knows nothing of are left out.
    """
    known = {
        name: ids
        for name, ids in changes.items()
        if viewer.catalog.find(name) is not None and viewer.may(Action.SEE, name)
    }
    if viewer.rights.is_administrator:
        return PreparedRead((), lambda _: known)
    asked = {name: ids for name, ids in known.items() if ids}
    statements = [
        asking.held_grants(viewer, viewer.catalog.objects[name], Action.SEE, tuple(ids))
        for name, ids in asked.items()
    ]

    def finish(answers: list[list[Row]]) -> Changes:
        seen: dict[str, set[UUID] | None] = {
            name: None for name, ids in known.items() if ids is None
        }
        for name, rows in zip(asked, answers, strict=True):
            ids = {row[0] for row in rows if any(row[1])}
            if ids:
                seen[name] = ids
        return seen

    return PreparedRead(statements, finish)
