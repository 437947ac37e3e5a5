"""How an application fails to be read or installed."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.kit.errors import ConflictError, InvalidValuesError, NotFoundError
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class AppProblem:
    """What is wrong in a file of an application; `line` counts from 1."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class InvalidAppError(InvalidValuesError):
    """The files of an application are not right."""

    code = "invalid_app"
    title = Text(zh="应用文件有误", en="The application is not right")
    sentence = Text(zh="应用文件有误：\n{problems}", en="The application is not right:\n{problems}")

    def __init__(self, problems: Sequence[AppProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems="\n".join(str(problem) for problem in self.problems))


class NameTakenError(ConflictError):
    """An object of the application's name is there already and is not its own."""

    code = "object_name_taken"
    title = Text(zh="名称已被使用", en="The name is taken")
    sentence = Text(
        zh="已有名为“{name}”的数据，不是由应用“{app}”带来的。请先给它换一个名称。",
        en="There is an object named “{name}” that the application “{app}” did not bring. Install the application into a workspace without it.",
    )


class AppNotInstalledError(NotFoundError):
    """The workspace has no such application."""

    code = "app_not_installed"
    title = Text(zh="没有这个应用", en="No such application")
    sentence = Text(
        zh="没有安装名为“{name}”的应用。guanxi app list 可列出已安装的应用。",
        en="No application named “{name}” is installed. guanxi app list shows those that are.",
    )


class FolderTakenError(ConflictError):
    """An export would mix with files that are there."""

    code = "folder_taken"
    title = Text(zh="文件夹不是空的", en="The folder is not empty")
    sentence = Text(
        zh="{folder} 里已有文件，请选择一个空文件夹。",
        en="There are files in {folder} already. Choose an empty folder.",
    )
