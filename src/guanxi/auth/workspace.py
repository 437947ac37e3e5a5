"""The workspace's own settings."""

from collections.abc import Mapping

from guanxi.auth import store
from guanxi.auth.model import Workspace
from guanxi.db.unit_of_work import UnitOfWork


async def workspace_now(work: UnitOfWork) -> Workspace:
    """The workspace as of this transaction. Raises LookupError before it is made."""
    found = await store.read_workspace(work)
    if found is None:
        raise LookupError("The workspace has no settings yet.")
    return found


async def name_workspace(work: UnitOfWork, label: Mapping[str, str]) -> Workspace:
    """Sets what people call the workspace, by language; one of them is enough."""
    await store.set_workspace_label(work, label)
    return await workspace_now(work)


async def ensure_workspace(work: UnitOfWork, wished: Workspace) -> Workspace:
    """The workspace as it is; made as wished when it is new."""
    found = await store.read_workspace(work)
    if found is not None:
        return found
    await store.insert_workspace(work, wished)
    return await store.read_workspace(work) or wished
