"""How setting a work calendar fails."""

from guanxi.kit.errors import ConflictError, InvalidValuesError, NotFoundError
from guanxi.kit.text import Text


class CalendarNotFoundError(NotFoundError):
    """There is no calendar of the name."""

    code = "calendar_not_found"
    title = Text(zh="没有这个日历", en="No such calendar")
    sentence = Text(zh="没有名为“{name}”的工作日历。", en="There is no work calendar “{name}”.")


class CalendarChangedError(ConflictError):
    """Somebody changed it in the meantime."""

    code = "calendar_changed"
    title = Text(zh="日历刚被修改", en="Changed meanwhile")
    sentence = Text(
        zh="这个日历刚刚被别人修改过，请刷新后再改。",
        en="Somebody changed this calendar just now. Reload it and make your change again.",
    )


class CalendarNeededError(ConflictError):
    """It cannot be deleted."""

    code = "calendar_needed"
    title = Text(zh="日历正在使用", en="The calendar is needed")
    sentence = Text(
        zh="不能删除日历“{name}”：{reason}", en="The calendar “{name}” cannot be deleted: {reason}"
    )


class InvalidCalendarError(InvalidValuesError):
    """The hours or days make no sense."""

    code = "invalid_calendar"
    title = Text(zh="日历填得不对", en="The calendar needs attention")
    sentence = Text(zh="{problem}", en="{problem}")
