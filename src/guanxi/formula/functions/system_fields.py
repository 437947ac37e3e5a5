"""Words for fields every record and every person has, as people of other products write them."""

from typing import Any

from guanxi.formula.function import Family, Function, overload, parameter
from guanxi.kit.text import Text


def _never(*given: Any) -> Any:
    raise TypeError("The type checker puts a field in its place.")


def _word(name: str, chinese: str, field: str, zh: str, en: str, *of: Any) -> Function:
    told = Text(zh=zh, en=en)
    shape = overload(of, "record", python=_never, sql=_never)
    return Function(name, Family.SYSTEM, chinese, told, (shape,), (), stands_for=field)


def system_fields() -> tuple[Function, ...]:
    person = parameter("人员", "person", "person")
    return (
        _word("RECORD_ID", "记录编号", "id", "这条记录的编号，即 {id}。", "The id of the record: {id}."),
        _word("CREATED_TIME", "创建时间", "created_at", "记录的创建时间，即 {created_at}。", "When the record was created: {created_at}."),
        _word("UPDATED_TIME", "更新时间", "updated_at", "记录的更新时间，即 {updated_at}。", "When the record was last changed: {updated_at}."),
        _word("CREATED_BY", "创建人", "created_by", "创建记录的人，即 {created_by}。", "Who created the record: {created_by}."),
        _word("USERDEPT", "部门", "department", "人员所在的部门，例如 部门({负责人})，即 {负责人.部门}。", "The department of a person: USERDEPT({owner}) is {owner.department}.", person),
        _word("MANAGER", "主管", "manager", "人员的上级，例如 主管({负责人})，即 {负责人.上级}。", "The manager of a person: MANAGER({owner}) is {owner.manager}.", person),
    )  # fmt: skip
