"""Forgets uploads that no record ever held."""

import asyncio
from datetime import timedelta

from guanxi.db.locks import LockSpace, try_lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.files.content import Content
from guanxi.files.store import delete_loose

KEPT = timedelta(days=1)


async def purge_loose_files(work: UnitOfWork, content: Content) -> int:
    """How many are gone. A form that was left open for longer has to upload them again.

    None while a backup is made, which takes the content of what it has seen.
    """
    if not await try_lock(work, LockSpace.CONTENT):
        return 0
    gone = await delete_loose(work, KEPT)

    async def forget() -> None:
        for id_ in gone:
            await asyncio.to_thread(content.forget, id_)

    work.after_commit(forget)
    return len(gone)
