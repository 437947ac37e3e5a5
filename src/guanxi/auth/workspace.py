"""The workspace's own settings."""

from guanxi.auth import store
from guanxi.auth.model import Workspace
from guanxi.db.unit_of_work import UnitOfWork


async def ensure_workspace(work: UnitOfWork, wished: Workspace) -> Workspace:
    """The workspace as it is; made as wished when it is new."""
    found = await store.read_workspace(work)
    if found is not None:
        return found
    await store.insert_workspace(work, wished)
    return await store.read_workspace(work) or wished
