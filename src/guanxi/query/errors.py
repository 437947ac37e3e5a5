"""How asking can fail."""

from guanxi.kit.errors import FieldProblem, InvalidRequestError, InvalidValuesError, NotFoundError
from guanxi.kit.text import Text


class ObjectNotFoundError(NotFoundError):
    """The object is not there, or not for this person."""

    code = "object_not_found"
    title = Text(zh="没有这种数据", en="No such data")
    sentence = Text(
        zh="没有名为「{object}」的数据，或你没有权限查看。",
        en="There is no data named '{object}', or you may not see it.",
    )


class RecordNotFoundError(NotFoundError):
    """The record is not there, or not for this person."""

    code = "record_not_found"
    title = Text(zh="找不到这条记录", en="Record not found")
    sentence = Text(
        zh="这条记录不存在，或你没有权限查看。",
        en="This record does not exist, or you may not see it.",
    )


class QuestionError(InvalidValuesError):
    """A filter, sort, field list or measure cannot be understood; each problem points at its place."""

    code = "invalid_query"
    title = Text(zh="查询条件有误", en="The query cannot be understood")
    sentence = Text(zh="{reason}", en="{reason}")

    def __init__(self, pointer: str, code: str, message: Text, field: str | None = None) -> None:
        self.problems = (FieldProblem(pointer, code, message, field),)
        super().__init__(reason=message)


class InvalidCursorError(InvalidRequestError):
    """The cursor does not belong to this list."""

    code = "invalid_cursor"
    title = Text(zh="翻页标记无效", en="Invalid cursor")
    sentence = Text(
        zh="翻页标记与这次查询不符，请从第一页重新开始。",
        en="The cursor does not fit this query; begin again at the first page.",
    )
