"""How signing in and the care of people fail."""

from guanxi.kit.errors import (
    ConflictError,
    GuanxiError,
    InvalidValuesError,
    NotFoundError,
    RefusedError,
    TooManyTriesError,
)
from guanxi.kit.text import Text


class NotSignedInError(GuanxiError):
    """No credential, or one that no longer stands (401)."""

    code = "not_signed_in"
    title = Text(zh="请先登录", en="Please sign in")
    sentence = Text(
        zh="登录已失效或尚未登录，请登录后再试。",
        en="You are not signed in, or no longer. Sign in and try again.",
    )


class WrongSignInError(NotSignedInError):
    """E-mail and password do not belong together; which of them is wrong is not said."""

    code = "wrong_sign_in"
    title = Text(zh="登录失败", en="Sign-in failed")
    sentence = Text(
        zh="邮箱或密码不对。还可以试 {left} 次，之后锁定 {minutes} 分钟。",
        en="The e-mail or the password is wrong. Tries left: {left}, then sign-in locks for {minutes} minutes.",
    )


class TooManySignInsError(TooManyTriesError):
    """Too many wrong passwords."""

    code = "too_many_sign_ins"
    title = Text(zh="尝试次数过多", en="Too many tries")
    sentence = Text(
        zh="登录失败次数过多，请 {minutes} 分钟后再试。",
        en="Too many failed sign-ins. Try again in {minutes} minutes.",
    )


class CsrfTokenError(RefusedError):
    """A request with a cookie did not prove that it comes from our page."""

    code = "csrf_token_wrong"
    title = Text(zh="页面已过期", en="This page is out of date")
    sentence = Text(
        zh="请求缺少有效的 X-CSRF-Token。请刷新页面后再试。",
        en="The request lacks a valid X-CSRF-Token. Reload the page and try again.",
    )


class SetupDoneError(ConflictError):
    """The workspace has its administrator already."""

    code = "setup_done"
    title = Text(zh="已经完成初始设置", en="Already set up")
    sentence = Text(
        zh="系统已有管理员，请直接登录。", en="There is an administrator already. Sign in instead."
    )


class WrongSetupCodeError(RefusedError):
    """The one-time code is not the one printed last."""

    code = "wrong_setup_code"
    title = Text(zh="设置码不对", en="Wrong set-up code")
    sentence = Text(
        zh="设置码不对。请使用 guanxi serve 最近一次启动时打印的设置码。",
        en="That is not the set-up code. Use the one printed by the latest start of guanxi serve.",
    )


class WrongPasswordError(InvalidValuesError):
    """The present password was not given correctly."""

    code = "wrong_password"
    title = Text(zh="当前密码不对", en="Wrong current password")
    sentence = Text(
        zh="当前密码不对，请重新输入。", en="The current password is wrong. Type it again."
    )


class WeakPasswordError(InvalidValuesError):
    """A password that is too easily guessed; `reason` says which rule it breaks."""

    code = "weak_password"
    title = Text(zh="密码太弱", en="Weak password")
    sentence = Text(zh="{reason}", en="{reason}")


class PersonNotFoundError(NotFoundError):
    """No such person."""

    code = "person_not_found"
    title = Text(zh="没有这个人员", en="No such person")
    sentence = Text(
        zh="没有找到编号为 {id} 的人员，请从人员列表中选择。",
        en="No person has the id {id}. Choose one from the list of people.",
    )


class DepartmentNotFoundError(NotFoundError):
    """No such department."""

    code = "department_not_found"
    title = Text(zh="没有这个部门", en="No such department")
    sentence = Text(
        zh="没有找到编号为 {id} 的部门，请从部门列表中选择。",
        en="No department has the id {id}. Choose one from the list of departments.",
    )


class TokenNotFoundError(NotFoundError):
    """No such token of one's own."""

    code = "token_not_found"
    title = Text(zh="没有这个令牌", en="No such token")
    sentence = Text(zh="您没有编号为 {id} 的令牌。", en="You have no token with the id {id}.")


class UnknownRolesError(InvalidValuesError):
    """Roles that do not exist were to be given."""

    code = "unknown_roles"
    title = Text(zh="角色不存在", en="Unknown roles")
    sentence = Text(
        zh="这些角色不存在：{ids}。请从角色列表中选择。",
        en="These roles do not exist: {ids}. Choose from the list of roles.",
    )


class UnknownPersonError(InvalidValuesError):
    """A manager who does not exist was named."""

    code = "unknown_person"
    title = Text(zh="人员不存在", en="Unknown person")
    sentence = Text(
        zh="没有编号为 {id} 的人员，请从人员列表中选择。",
        en="No person has the id {id}. Choose from the list of people.",
    )


class UnknownDepartmentError(InvalidValuesError):
    """A department that does not exist was named."""

    code = "unknown_department"
    title = Text(zh="部门不存在", en="Unknown department")
    sentence = Text(
        zh="没有编号为 {id} 的部门，请从部门列表中选择。",
        en="No department has the id {id}. Choose from the list of departments.",
    )


class EmailTakenError(ConflictError):
    """Two people cannot sign in by one e-mail."""

    code = "email_taken"
    title = Text(zh="邮箱已被使用", en="E-mail already in use")
    sentence = Text(
        zh="{email} 已属于另一位人员，请换一个邮箱。",
        en="{email} belongs to another person. Use another e-mail.",
    )


class InvalidEmailError(InvalidValuesError):
    """Not an e-mail address."""

    code = "not_an_email"
    title = Text(zh="邮箱格式不对", en="Not an e-mail address")
    sentence = Text(
        zh="“{email}”不是邮箱地址，应类似 name@example.com。",
        en="“{email}” is not an e-mail address such as name@example.com.",
    )


class ManagerCycleError(InvalidValuesError):
    """The line of managers would become a ring."""

    code = "manager_cycle"
    title = Text(zh="上级形成循环", en="Managers would form a ring")
    sentence = Text(
        zh="此人是所选上级本人或其上级，请另选一位上级。",
        en="The chosen manager is this person or reports to them. Choose another manager.",
    )


class DepartmentCycleError(InvalidValuesError):
    """A department would lie below itself."""

    code = "department_cycle"
    title = Text(zh="部门形成循环", en="Departments would form a ring")
    sentence = Text(
        zh="不能把部门移到它自己或它的下级部门之下，请另选上级部门。",
        en="A department cannot be moved below itself. Choose another parent.",
    )


class DepartmentInUseError(ConflictError):
    """People or departments are still below it."""

    code = "department_in_use"
    title = Text(zh="部门还在使用", en="The department is in use")
    sentence = Text(
        zh="部门下还有 {people} 位人员、{departments} 个下级部门。请先移走再删除。",
        en="{people} people and {departments} departments are still below it. Move them first.",
    )


class LastAdministratorError(ConflictError):
    """Nobody would be left to administer the workspace."""

    code = "last_administrator"
    title = Text(zh="至少保留一位管理员", en="One administrator must remain")
    sentence = Text(
        zh="这是最后一位在用的管理员。请先让另一位人员成为管理员。",
        en="This is the last active administrator. Make another person an administrator first.",
    )


class MayNotManagePersonError(RefusedError):
    """Somebody with more rights than oneself cannot be changed, nor such rights be given."""

    code = "may_not_manage_person"
    title = Text(zh="权限不足", en="More rights are needed")
    sentence = Text(
        zh="只能管理权限不超过自己的人员，也只能授予自己拥有的权限。请联系管理员。",
        en="You can only manage people, and give roles, with no more rights than your own. Ask an administrator.",
    )
