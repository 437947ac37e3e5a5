"""How a change of the design fails."""

from guanxi.kit.errors import ConflictError
from guanxi.kit.text import Text


class DesignChangedError(ConflictError):
    """Somebody changed the design after it was looked at."""

    code = "design_changed"
    title = Text(zh="设计已被修改", en="The design has changed")
    sentence = Text(
        zh="设计已由版本 {base} 变为 {current}，请刷新后再试。",
        en="The design went from version {base} to {current} meanwhile. Reload it and try again.",
    )


class DesignBusyError(ConflictError):
    """A table could not be locked in time because somebody works with it."""

    code = "design_busy"
    title = Text(zh="数据正在使用中", en="The data is in use")
    sentence = Text(
        zh="有长时间的操作正在使用相关数据，设计没有修改，请稍后再试。",
        en="Something long is at work on the data concerned, so the design was not changed. Try again later.",
    )
