"""Checks the files of a set of drafts before it is written, and writes down what they are and who holds them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.capabilities import ValueKind
from guanxi.fields.held_files import FileOptions, FilesOptions
from guanxi.files.model import FileUse, StoredFile, ids_in
from guanxi.files.recognise import ending_of
from guanxi.files.store import attach, find_files
from guanxi.files.upload import MEGABYTE
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.parse_values import pointer

NOT_YOURS = Text(
    zh="有一个文件不是您上传的，或已经不在。请重新上传。",
    en="One of the files is not yours or no longer there. Upload it again.",
)
TOO_LARGE = Text(
    zh="「{name}」超过 {limit} MB，请压缩后再传。",
    en="“{name}” has more than {limit} MB. Make it smaller.",
)
WRONG_ENDING = Text(
    zh="「{name}」的格式不行，只接受 {endings}。",
    en="“{name}” is of the wrong kind; it takes {endings}.",
)
NO_PICTURE = Text(
    zh="「{name}」不是能显示的图片，请用 PNG、JPEG、GIF 或 WebP。",
    en="“{name}” is no picture that can be shown. Use PNG, JPEG, GIF or WebP.",
)


async def check_files(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> None:
    """Tells each file as it is known here whatever was sent of it; adds problems for those that may not be held.

    A record may hold what it held before and what the viewer uploaded. Two statements for any number of drafts; none
    where no file is sent.
    """
    fields = [one for one in definition.fields.values() if one.type.value_kind is ValueKind.FILES]
    sent = [
        (draft, field)
        for field in fields
        for draft in drafts
        if field.name in draft.values and draft.values[field.name] is not None
    ]
    if not sent:
        return
    ids = {id_ for draft, field in sent for id_ in ids_in(draft.values[field.name])}
    known = await find_files(work, list(ids))
    uses: list[tuple[UUID, FileUse]] = []
    for draft, field in sent:
        held_before = set(ids_in(draft.before.get(field.name)))
        inherited = {id_ for one in draft.inherits for id_ in ids_in(one.get(field.name))}
        held = ids_in(draft.values[field.name])
        problem = next(
            (
                found
                for id_ in held
                if (found := _problem(viewer, field, id_, known, held_before | inherited))
            ),
            None,
        )
        if problem is not None:
            draft.problems.append(problem)
            continue
        draft.values[field.name] = [known[id_].told() for id_ in held]
        uses += [
            (id_, FileUse(definition.name, draft.id, field.name))
            for id_ in held
            if id_ not in held_before
        ]
    if uses:
        await attach(work, uses)


def _problem(
    viewer: Viewer,
    field: FieldDefinition,
    id_: UUID,
    known: Mapping[UUID, StoredFile],
    held_before: set[UUID],
) -> FieldProblem | None:
    file = known.get(id_)
    if file is None:
        return _told(field, "no_such_file", NOT_YOURS)
    if id_ in held_before:
        return None
    if viewer.person_id is not None and file.created_by != viewer.person_id:
        return _told(field, "no_such_file", NOT_YOURS)
    options: Any = field.options
    if isinstance(options, FileOptions) and file.size > options.most_mb * MEGABYTE:
        return _told(field, "file_too_large", TOO_LARGE.fill(name=file.name, limit=options.most_mb))
    if isinstance(options, FilesOptions):
        if options.endings and ending_of(file.name) not in options.endings:
            endings = ", ".join(options.endings)
            return _told(field, "wrong_ending", WRONG_ENDING.fill(name=file.name, endings=endings))
    elif not file.has_thumbnail:
        return _told(field, "no_picture", NO_PICTURE.fill(name=file.name))
    return None


def _told(field: FieldDefinition, code: str, message: Text) -> FieldProblem:
    return FieldProblem(pointer(field.name), code, message, field.name)
