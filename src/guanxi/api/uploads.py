"""Uploads as files with a name, for the verbs that read them."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.datastructures import UploadFile


@asynccontextmanager
async def kept_upload(file: UploadFile) -> AsyncIterator[Path]:
    """The upload as a file with a name, for a while."""
    path = await asyncio.to_thread(new_file)
    try:
        await asyncio.to_thread(_copy, file, path)
        yield path
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


def _copy(file: UploadFile, path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target, 1 << 20)


def new_file() -> Path:
    """An empty file with a name of its own; whoever asks for it takes it away."""
    handle, name = tempfile.mkstemp(prefix="guanxi-upload-")
    os.close(handle)
    return Path(name)
