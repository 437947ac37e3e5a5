"""The header by which people confirm that a record is to be saved although it may be there already."""

from typing import Annotated, Literal

from fastapi import Depends, Header


async def _accepted(
    guanxi_duplicates: Annotated[Literal["accepted"] | None, Header()] = None,
) -> bool:
    return guanxi_duplicates == "accepted"


AcceptsDuplicates = Annotated[bool, Depends(_accepted)]
