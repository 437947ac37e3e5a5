"""Whether a person may do what no record object is about: design, people, roles."""

from guanxi.kit.errors import RefusedError
from guanxi.kit.text import Text
from guanxi.permissions.model import WorkspaceRight
from guanxi.permissions.viewer import Viewer

_DEEDS = {
    WorkspaceRight.DESIGN: Text(zh="修改数据设计", en="change the design"),
    WorkspaceRight.MANAGE_PEOPLE: Text(zh="管理人员和部门", en="manage people and departments"),
    WorkspaceRight.MANAGE_ROLES: Text(zh="管理角色和权限", en="manage roles"),
}


class RightMissingError(RefusedError):
    """The person's roles do not give the right."""

    code = "right_missing"
    title = Text(zh="没有权限", en="Not allowed")
    sentence = Text(
        zh="您没有权限{deed}，请向管理员申请。",
        en="You may not {deed}. Ask an administrator for the right.",
    )


class AdministratorNeededError(RefusedError):
    """Only administrators may do it."""

    code = "administrator_needed"
    title = Text(zh="没有权限", en="Not allowed")
    sentence = Text(
        zh="只有管理员可以修改工作区设置。",
        en="Only administrators may change the settings of the workspace. Ask one of them.",
    )


def require_administrator(viewer: Viewer) -> None:
    """Raises AdministratorNeededError."""
    if not viewer.rights.is_administrator:
        raise AdministratorNeededError


def require(viewer: Viewer, right: WorkspaceRight) -> None:
    """Raises RightMissingError."""
    if not viewer.rights.has(right):
        raise RightMissingError(deed=_DEEDS[right])
