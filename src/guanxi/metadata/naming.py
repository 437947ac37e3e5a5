"""API names: made from a label, or checked when given. They become tables and columns and never change."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from guanxi.kit.later import later
from guanxi.kit.text import Text
from guanxi.metadata.system_fields import SYSTEM_FIELD_NAMES

if TYPE_CHECKING:
    import pypinyin
else:
    pypinyin = later("pypinyin")


LONGEST_NAME = 40
#: Labels are read no further for a name: it is cut at 40 characters anyway.
_READ_OF_LABEL = 80

#: What PostgreSQL keeps for itself.
POSTGRES_PREFIX = "pg_"

_SHAPE = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

#: Columns of every record table that no field may take.
RESERVED_FIELD_NAMES = frozenset({*SYSTEM_FIELD_NAMES, "deleted_at", "name_key", "search"})
WRONG_NAME = Text(
    zh="“{name}”不能用作名称：请以小写字母开头，只用小写字母、数字和下划线，最多 40 个字符。",
    en="“{name}” cannot be a name: begin with a small letter and use only small letters, digits and underscores, at most 40.",
)
RESERVED_NAME = Text(
    zh="名称“{name}”由平台使用，请换一个。",
    en="The name “{name}” is used by the platform. Choose another.",
)
TAKEN_NAME = Text(
    zh="名称“{name}”已被使用（可能已停用），请换一个。",
    en="The name “{name}” is taken, perhaps by something retired. Choose another.",
)


def is_reserved_object_name(name: str, relations: Collection[str]) -> bool:
    """Whether the platform has a table, partition or index of the name; record tables lie among them."""
    return name in relations or name.startswith(POSTGRES_PREFIX)


def is_reserved_field_name(name: str) -> bool:
    return name in RESERVED_FIELD_NAMES


def problem_of_name(name: str, *, reserved: bool, taken: Collection[str]) -> Text | None:
    """Why a given name cannot be used; None when it can."""
    shown = name[:LONGEST_NAME]
    if _SHAPE.fullmatch(name) is None:
        return WRONG_NAME.fill(name=shown)
    if reserved:
        return RESERVED_NAME.fill(name=shown)
    if name in taken:
        return TAKEN_NAME.fill(name=shown)
    return None


def name_from_label(label: Mapping[str, str], *, fallback: str) -> str:
    """A name of the right shape: from English if there is one, else from the pinyin of the Chinese.

    It may still be reserved or taken; see `free_name`.
    """
    for text in (
        label.get("en", ""),
        " ".join(pypinyin.lazy_pinyin(label.get("zh-CN", "")[:_READ_OF_LABEL])),
    ):
        name = _NOT_IN_NAMES.sub("_", text[: _READ_OF_LABEL * 6].lower()).strip("_")
        if name and (not name[0].isalpha() or name.startswith(POSTGRES_PREFIX)):
            name = f"{fallback}_{name}"
        name = name[:LONGEST_NAME].rstrip("_")
        if name:
            return name
    return fallback


def free_name(wish: str, *, is_free: Callable[[str], bool]) -> str:
    """The wish, or the wish with the first number that makes it free."""
    name, number = wish, 2
    while not is_free(name):
        ending = f"_{number}"
        name, number = f"{wish[: LONGEST_NAME - len(ending)].rstrip('_')}{ending}", number + 1
    return name
