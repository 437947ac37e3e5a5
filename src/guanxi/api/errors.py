"""Errors as problem documents (RFC 9457) in the reader's language."""

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from guanxi.auth.errors import NotSignedInError
from guanxi.db.failures import DatabaseAway, TookTooLong, UnusableValue
from guanxi.kit.errors import (
    ConflictError,
    FieldProblem,
    GuanxiError,
    InvalidRequestError,
    InvalidValuesError,
    NotFoundError,
    RefusedError,
    TooManyTriesError,
)
from guanxi.kit.text import Locale, Text, choose_locale

PROBLEM_TYPE = "application/problem+json"

_STATUS_OF_CODE = {
    "version_conflict": 412,
    "view_changed": 412,
    "version_missing": 428,
    "file_too_large": 413,
    "upload_too_large": 413,
}
_STATUS_OF_KIND: tuple[tuple[type[GuanxiError], int], ...] = (
    (NotSignedInError, 401),
    (RefusedError, 403),
    (NotFoundError, 404),
    (ConflictError, 409),
    (InvalidValuesError, 422),
    (TooManyTriesError, 429),
    (InvalidRequestError, 400),
)

_log = logging.getLogger(__name__)


class NotJsonError(InvalidRequestError):
    """The body is not JSON."""

    code = "not_json"
    title = Text(zh="不是有效的 JSON", en="Not valid JSON")
    sentence = Text(
        zh="请求正文不是有效的 JSON（第 {position} 个字符附近）。请检查引号、逗号和括号。",
        en="The body is not valid JSON (near character {position}). Check quotes, commas and brackets.",
    )


class UnreadableTextError(InvalidRequestError):
    """The request holds characters no database can keep, or values beyond all limits."""

    code = "unreadable_value"
    title = Text(zh="含有无法处理的值", en="A value cannot be processed")
    sentence = Text(
        zh="请求中有无法保存的字符或超出范围的值，请检查后再试。",
        en="The request holds a character or a value that cannot be processed. Check it and try again.",
    )


class InvalidPartsError(InvalidValuesError):
    """Parts of the request do not have the form they must have."""

    code = "invalid_request"
    title = Text(zh="请求内容不对", en="The request needs attention")
    sentence = Text(
        zh="请求中有 {count} 处不对，请看每处的说明。",
        en="{count} parts of the request are wrong; see the note at each.",
    )

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class DatabaseAwayError(GuanxiError):
    """The database does not answer for the moment."""

    code = "database_away"
    title = Text(zh="暂时无法访问数据", en="The data cannot be reached")
    sentence = Text(
        zh="数据库暂时没有回应，请稍后再试。",
        en="The database does not answer at the moment. Try again shortly.",
    )


class TookTooLongError(GuanxiError):
    """The database was stopped at something that took too long."""

    code = "took_too_long"
    title = Text(zh="耗时太长，已停止", en="This took too long and was stopped")
    sentence = Text(
        zh="数据库用了超过 {seconds} 秒仍未算完，已停止，没有保存任何内容。请缩小筛选范围、减少排序或分组，或简化其中的公式。",
        en="The database needed more than {seconds} seconds and was stopped; nothing was saved. Narrow the filter, "
        "sort or group by less, or simplify the formulas in it.",
    )


class DefectError(GuanxiError):
    """Something went wrong on our side."""

    code = "internal_error"
    title = Text(zh="系统出错了", en="Something went wrong")
    sentence = Text(
        zh="系统出错，已记入日志。请再试一次；若仍不行，请把请求编号告诉管理员。",
        en="Something went wrong here and was logged. Try again, or tell an administrator the request id.",
    )


_TITLES_OF_STATUS = {
    400: ("bad_request", Text(zh="请求有误", en="Bad request")),
    404: ("not_found", Text(zh="没有这个地址", en="No such address")),
    405: ("method_not_allowed", Text(zh="不支持这种操作", en="This method is not supported here")),
    413: ("too_large", Text(zh="内容太大", en="Too large")),
}
_SENTENCES_OF_STATUS = {
    400: Text(
        zh="请求正文读不懂，请检查后再试。", en="The body cannot be read. Check it and try again."
    ),
    404: Text(
        zh="没有这个地址，请查看接口说明。",
        en="There is nothing at this address. See the API reference.",
    ),
    405: Text(
        zh="这个地址不支持这种请求方法，请查看接口说明。",
        en="This address does not support this method. See the API reference.",
    ),
    413: Text(
        zh="请求正文太大，请减小后再试。",
        en="The body is too large. Make it smaller and try again.",
    ),
}


def status_of(error: GuanxiError) -> int:
    """The HTTP status of an error by its code or kind."""
    if error.code in _STATUS_OF_CODE:
        return _STATUS_OF_CODE[error.code]
    return next((status for kind, status in _STATUS_OF_KIND if isinstance(error, kind)), 400)


def problem_of(error: GuanxiError, locale: Locale) -> dict[str, Any]:
    """The problem document of an error, without the id of its request."""
    return _problem(error, locale, status_of(error))


def install(app: FastAPI) -> None:
    """Turns every expected failure into a problem document; what else is raised, the shell answers by `answer_defect`."""
    handlers: dict[Any, Any] = {
        GuanxiError: _answer_expected,
        RequestValidationError: _answer_invalid,
        HTTPException: _answer_http,
        UnusableValue: _answer_unreadable,
        UnicodeEncodeError: _answer_unreadable,
        **dict.fromkeys(DatabaseAway, _answer_away),
        TookTooLong: _answer_too_long,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def locale_of(request: Request) -> Locale:
    """The language a problem is told in: the wish of the request, else the workspace's."""
    platform = getattr(request.app.state, "platform", None)
    default: Locale = platform.workspace.locale if platform is not None else "zh-CN"
    return choose_locale(request.headers.get("accept-language"), default=default)


async def _answer_expected(request: Request, error: GuanxiError) -> JSONResponse:
    return _answer(request, error, status_of(error))


async def _answer_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    details = error.errors()
    for detail in details:
        if detail["type"] == "json_invalid":
            return await _answer_expected(request, NotJsonError(position=detail["loc"][-1]))
    return await _answer_expected(request, InvalidPartsError([_part(detail) for detail in details]))


async def _answer_http(request: Request, error: HTTPException) -> JSONResponse:
    status = error.status_code
    code, title = _TITLES_OF_STATUS.get(status, _TITLES_OF_STATUS[400])
    sentence = _SENTENCES_OF_STATUS.get(status, _SENTENCES_OF_STATUS[400])
    locale = locale_of(request)
    body = {
        "type": _type_of(code),
        "code": code,
        "title": title.in_locale(locale),
        "status": status,
        "detail": sentence.in_locale(locale),
        "request_id": _request_id(request),
    }
    headers = dict(error.headers or {})
    return JSONResponse(body, status_code=status, media_type=PROBLEM_TYPE, headers=headers)


async def _answer_unreadable(request: Request, error: Exception) -> JSONResponse:
    _log.info("A value could not be processed: %s", error)
    return await _answer_expected(request, UnreadableTextError())


async def _answer_away(request: Request, error: Exception) -> JSONResponse:
    _log.error("The database does not answer: %s", error)
    response = _answer(request, DatabaseAwayError(), 503)
    response.headers["Retry-After"] = "5"
    return response


async def _answer_too_long(request: Request, error: Exception) -> JSONResponse:
    seconds = request.app.state.platform.settings.statement_seconds
    _log.warning("Request %s was stopped after %s seconds", _request_id(request), seconds)
    return _answer(request, TookTooLongError(seconds=seconds), 503)


async def answer_defect(request: Request, error: Exception) -> JSONResponse:
    """Logs what went wrong and tells nothing of the inside."""
    _log.error("Request %s failed", _request_id(request), exc_info=error)
    return _answer(request, DefectError(), 500)


def _answer(request: Request, error: GuanxiError, status: int) -> JSONResponse:
    body = _problem(error, locale_of(request), status)
    body["request_id"] = _request_id(request)
    response = JSONResponse(body, status_code=status, media_type=PROBLEM_TYPE)
    if isinstance(error, TooManyTriesError):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _problem(error: GuanxiError, locale: Locale, status: int) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": _type_of(error.code),
        "code": error.code,
        "title": error.title.in_locale(locale),
        "status": status,
        "detail": error.detail.in_locale(locale),
    }
    problems = _field_problems(error)
    if problems:
        body["errors"] = [
            {
                "pointer": problem.pointer,
                "field": problem.field,
                "code": problem.code,
                "message": problem.message.in_locale(locale),
            }
            for problem in problems
        ]
    current = getattr(error, "record", None)
    if status == 412 and current is not None:
        body["current"] = current
    return body


def _field_problems(error: GuanxiError) -> Sequence[FieldProblem]:
    problems: Sequence[FieldProblem] = getattr(error, "problems", ())
    field: str | None = getattr(error, "field", None)
    if not problems and field is not None:
        return [FieldProblem(f"/{field}", error.code, error.detail, field)]
    return problems


def _type_of(code: str) -> str:
    return f"/problems/{code.replace('_', '-')}"


def _request_id(request: Request) -> str | None:
    return request.scope.get("guanxi.request_id")


_SENTENCES: dict[str, Text] = {
    "missing": Text(zh="缺少这一项，请补上。", en="This is missing. Add it."),
    "extra_forbidden": Text(
        zh="没有这一项，请去掉或检查名称。",
        en="There is no such member. Remove it or check its name.",
    ),
    "string_type": Text(zh="请填文本。", en="Give a text."),
    "string_too_long": Text(
        zh="最多 {max_length} 个字符。", en="Use at most {max_length} characters."
    ),
    "string_too_short": Text(
        zh="至少 {min_length} 个字符。", en="Use at least {min_length} characters."
    ),
    "too_long": Text(zh="最多 {max_length} 项。", en="At most {max_length} items."),
    "too_short": Text(zh="至少 {min_length} 项。", en="At least {min_length} items."),
    "int_type": Text(zh="请填整数。", en="Give a whole number."),
    "int_parsing": Text(zh="请填整数。", en="Give a whole number."),
    "int_from_float": Text(zh="请填整数。", en="Give a whole number."),
    "bool_type": Text(zh="请填 true 或 false。", en="Give true or false."),
    "bool_parsing": Text(zh="请填 true 或 false。", en="Give true or false."),
    "uuid_parsing": Text(zh="请填有效的编号（UUID）。", en="Give a valid id (UUID)."),
    "uuid_type": Text(zh="请填有效的编号（UUID）。", en="Give a valid id (UUID)."),
    "greater_than_equal": Text(zh="不能小于 {ge}。", en="It must not be less than {ge}."),
    "less_than_equal": Text(zh="不能大于 {le}。", en="It must not be greater than {le}."),
    "literal_error": Text(zh="只能是 {expected} 之一。", en="Choose one of {expected}."),
    "enum": Text(zh="只能是 {expected} 之一。", en="Choose one of {expected}."),
    "dict_type": Text(zh="请填一个 JSON 对象。", en="Give a JSON object."),
    "model_attributes_type": Text(zh="请填一个 JSON 对象。", en="Give a JSON object."),
    "list_type": Text(zh="请填一个列表。", en="Give a list."),
    "union_tag_not_found": Text(zh="缺少 {discriminator}。", en="{discriminator} is missing."),
    "union_tag_invalid": Text(
        zh="只能是 {expected_tags} 之一。", en="Choose one of {expected_tags}."
    ),
    "datetime_from_date_parsing": Text(
        zh="请填 ISO 8601 时间，如 2026-11-28T09:00:00Z。",
        en="Give a time as ISO 8601, e.g. 2026-11-28T09:00:00Z.",
    ),
    "string_pattern_mismatch": Text(zh="格式不对。", en="The form is not right."),
}
_OTHER = Text(zh="这里的值不对：{reason}", en="This value is not right: {reason}")


def _part(detail: Any) -> FieldProblem:
    """One finding of the body's or the parameters' check, in our words."""
    where, *path = detail["loc"]
    steps = [str(step) for step in path]
    sentence = _SENTENCES.get(detail["type"], _OTHER)
    values = {**detail.get("ctx", {}), "reason": detail["msg"]}
    return FieldProblem(
        pointer="".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps),
        code=detail["type"],
        message=sentence.fill(**values),
        field=steps[-1] if steps and where == "body" else next(iter(steps), None),
    )
