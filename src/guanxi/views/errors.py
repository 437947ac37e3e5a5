"""How the care of views fails."""

from guanxi.kit.errors import ConflictError, NotFoundError, RefusedError
from guanxi.kit.text import Text


class ViewNotFoundError(NotFoundError):
    """The view is not there, or not for this person."""

    code = "view_not_found"
    title = Text(zh="找不到这个视图", en="View not found")
    sentence = Text(
        zh="这个视图不存在，或你没有权限使用。请从视图列表中选择。",
        en="This view does not exist or is not for you. Choose one of the list.",
    )


class ViewNotYoursError(RefusedError):
    """A shared view is changed by those who design."""

    code = "view_not_yours"
    title = Text(zh="不能修改共享视图", en="This view is shared")
    sentence = Text(
        zh="共享视图只能由有设计权限的人修改。请另存为自己的视图。",
        en="Only those who may design change shared views. Save it as a view of your own.",
    )


class ViewChangedError(ConflictError):
    """Somebody changed the view meanwhile."""

    code = "view_changed"
    title = Text(zh="视图已被修改", en="The view has changed")
    sentence = Text(
        zh="这个视图刚被别人修改过，请刷新后再试。",
        en="Somebody else changed this view meanwhile. Reload it and try again.",
    )
