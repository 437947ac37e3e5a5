"""How a change of the design fails."""

from collections.abc import Sequence

from guanxi.kit.errors import ConflictError, FieldProblem
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


class DesignBlockedError(ConflictError):
    """Something still stands in the way of the steps; each problem tells what and where."""

    code = "design_blocked"
    title = Text(zh="有内容阻止了修改", en="Something stands in the way")
    sentence = Text(
        zh="有 {count} 处阻止了修改，设计没有改变。请看每处的说明。",
        en="{count} things stand in the way, so the design was not changed. See the note at each.",
    )

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class StepRefusedError(Exception):
    """One thing that is wrong with a step; its pointer begins inside the step."""

    def __init__(self, pointer: str, code: str, message: Text) -> None:
        self.problem = FieldProblem(pointer=pointer, code=code, message=message)
        super().__init__(code)
