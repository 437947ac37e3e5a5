"""How writing records can fail."""

from typing import Any

from guanxi.kit.errors import ConflictError, GuanxiError, InvalidRequestError, RefusedError
from guanxi.kit.text import Text


class NotAllowedError(RefusedError):
    """The person may not do this with records of the object, or not with this one."""

    code = "not_allowed"
    title = Text(zh="没有权限", en="Not allowed")
    sentence = Text(
        zh="你没有权限{deed}「{object}」，请向管理员申请。",
        en="You may not {deed} in '{object}'. Ask an administrator for the right.",
    )


class VersionConflictError(GuanxiError):
    """Somebody changed the record meanwhile (412). `current` is its version now."""

    code = "version_conflict"
    title = Text(zh="记录已被别人修改", en="Somebody changed this record")
    sentence = Text(
        zh="这条记录在你打开之后被改过，现在是第 {current} 版。请看过新的内容再保存。",
        en="This record was changed after you opened it and is now version {current}. Look at it before you save.",
    )

    def __init__(self, *, record: Any, current: int) -> None:
        self.record = record
        self.current = current
        super().__init__(current=current)


class DuplicateValueError(ConflictError):
    """A field that must be unique already holds the value in another record."""

    code = "duplicate_value"
    title = Text(zh="值重复", en="The value is taken")
    sentence = Text(
        zh="「{label}」不能重复，已有另一条记录用了这个值。",
        en="'{label}' must be unique; another record already has this value.",
    )

    def __init__(self, *, field: str, label: Text) -> None:
        self.field = field
        super().__init__(label=label)


class StillLinkedError(ConflictError):
    """Other records link to it and the link forbids deleting."""

    code = "still_linked"
    title = Text(zh="还有记录关联着它", en="Other records link to it")
    sentence = Text(
        zh="有 {count} 条「{object}」关联着它，先处理这些记录再删除。",
        en="{count} records of '{object}' link to it. Deal with them first, then delete.",
    )


class TooManyRecordsError(InvalidRequestError):
    """More records than one request may carry."""

    code = "too_many_records"
    title = Text(zh="一次太多", en="Too many at once")
    sentence = Text(zh="一次最多 {most} 条。", en="At most {most} records at once.")


DEEDS = {
    "see": Text(zh="查看", en="look at records"),
    "create": Text(zh="新建", en="create records"),
    "edit": Text(zh="修改", en="edit this record"),
    "delete": Text(zh="删除", en="delete this record"),
    "import": Text(zh="导入", en="import records"),
    "export": Text(zh="导出", en="export records"),
}


def not_allowed(deed: str, label: Text) -> NotAllowedError:
    return NotAllowedError(deed=DEEDS[deed], object=label)
