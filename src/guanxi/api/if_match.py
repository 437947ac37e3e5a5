"""The version a change was made for, as `If-Match` tells it."""

from typing import Annotated

from fastapi import Header

from guanxi.kit.errors import InvalidRequestError
from guanxi.kit.text import Text

IfMatch = Annotated[str | None, Header(alias="If-Match")]


class VersionMissingError(InvalidRequestError):
    """A change must say which version it was made for (428)."""

    code = "version_missing"
    title = Text(zh="缺少版本", en="The version is missing")
    sentence = Text(
        zh='修改和删除要带上 If-Match: "版本号"（或 *）。',
        en='Changing and deleting need If-Match: "version" (or *).',
    )


def expected_version(if_match: str | None) -> int | None:
    """The version of `If-Match`; None for `*`. Raises VersionMissingError."""
    if if_match is None:
        raise VersionMissingError
    value = if_match.strip().removeprefix("W/").strip('"')
    if value == "*":
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise VersionMissingError
    return int(value)
