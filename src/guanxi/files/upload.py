"""Takes in a file; it is its uploader's alone until a record holds it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.files.content import Content
from guanxi.files.errors import EmptyFileError, TooManyLooseFilesError, UploadTooLargeError
from guanxi.files.model import StoredFile
from guanxi.files.recognise import HEAD, kept_name, media_type_of
from guanxi.files.store import insert_file, loose_of
from guanxi.files.thumbnail import thumbnail_of
from guanxi.kit.ids import new_id

MEGABYTE = 1 << 20
#: So many uploads of one person may wait for a record at a time.
MOST_LOOSE = 500
_AGAIN_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose content is kept but that nothing knows of yet."""

    file: StoredFile
    source: Path


def prepare_upload(path: Path, name: str, *, person: UUID | None, limit_mb: int) -> Prepared:
    """Looks at it, outside any transaction; blocking. Raises EmptyFileError, UploadTooLargeError."""
    size = path.stat().st_size
    if size == 0:
        raise EmptyFileError
    if size > limit_mb * MEGABYTE:
        raise UploadTooLargeError(limit=limit_mb)
    kept = kept_name(name)
    with path.open("rb") as opened:
        media_type = media_type_of(opened.read(HEAD), kept)
    return Prepared(StoredFile(new_id(), kept, media_type, size, False, person), path)


async def keep_upload(work: UnitOfWork, content: Content, prepared: Prepared) -> StoredFile:
    """Keeps content and row. What is kept without a row, after a crash, is harmless. Raises TooManyLooseFilesError."""
    file = prepared.file
    if file.created_by is not None:
        loose = await loose_of(work, file.created_by)
        if loose >= MOST_LOOSE:
            raise TooManyLooseFilesError(count=loose, retry_after_seconds=_AGAIN_SECONDS)
    thumbnail = None
    if file.media_type.startswith("image/"):
        thumbnail = await asyncio.to_thread(thumbnail_of, prepared.source)
    made = StoredFile(
        file.id, file.name, file.media_type, file.size, thumbnail is not None, file.created_by
    )
    await asyncio.to_thread(content.put, made.id, prepared.source, thumbnail)
    await insert_file(work, made)
    return made
