"""Finds a file for somebody: through a field that holds it on a record they may see, or as their own upload."""

from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.files.errors import NoSuchFileError
from guanxi.files.model import FileUse, StoredFile, ids_in
from guanxi.files.store import find_files, uses_of
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection


async def find_file(work: UnitOfWork, viewer: Viewer, asking: Asking, id_: UUID) -> StoredFile:
    """Raises NoSuchFileError, also for what is there but not to be seen."""
    found = (await find_files(work, [id_])).get(id_)
    if found is None:
        raise NoSuchFileError
    uses = await uses_of(work, id_)
    if not uses and found.created_by is not None and found.created_by == viewer.person_id:
        return found
    for use in uses:
        if await _holds(work, viewer, asking, use, id_):
            return found
    raise NoSuchFileError


async def _holds(work: UnitOfWork, viewer: Viewer, asking: Asking, use: FileUse, id_: UUID) -> bool:
    """Whether the viewer reads the file in this field now."""
    definition = viewer.catalog.find(use.object)
    field = None if definition is None else definition.fields.get(use.field)
    if definition is None or field is None or not viewer.may(Action.SEE, definition.name):
        return False
    if not viewer.may_read(definition.name, field.name):
        return False
    question = ListQuestion(Selection(definition, ids=(use.record,)), (Path((), field),), limit=1)
    statement = asking.rows(viewer, question)
    rows = await work.rows(statement.text, statement.parameters)
    return any(id_ in ids_in(row[1]) for row in rows)
