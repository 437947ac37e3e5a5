"""Whether a view can be shown: everything it names is there and may be seen."""

from collections.abc import Sequence

from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.text import Text
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import QuestionError
from guanxi.query.formula_test import with_api_names
from guanxi.records.read import ListRequest, list_question
from guanxi.views.model import ColorRule, ViewConfig, ViewKindName

_NOT_GROUPABLE = Text(zh="不能按这个字段分组。", en="This field cannot be grouped by.")
_NEEDS_GROUP = Text(
    zh="看板需要一个选项字段来分列。", en="A board needs a choice field to make its columns of."
)
_NOT_A_NUMBER = Text(zh="请选择数值字段。", en="Choose a field with numbers.")


def check_config(
    viewer: Viewer, definition: ObjectDefinition, kind: ViewKindName, config: ViewConfig
) -> ViewConfig:
    """The view as it is kept: its formulas name fields by what never changes.

    Raises ValuesRefusedError naming each part that cannot be used.
    """
    problems = _problems(viewer, definition, kind, config)
    if problems:
        raise ValuesRefusedError(problems)
    catalog = viewer.catalog
    kept = with_api_names(catalog, definition, config.filter)
    colors = [
        one.model_copy(update={"when": with_api_names(catalog, definition, one.when)})
        for one in config.colors
    ]
    return config.model_copy(update={"filter": kept, "colors": colors})


def fits(
    viewer: Viewer, definition: ObjectDefinition, kind: ViewKindName, config: ViewConfig
) -> bool:
    """Whether the view as a whole can be asked at the viewer's design."""
    return not _problems(viewer, definition, kind, config)


def usable(
    viewer: Viewer, definition: ObjectDefinition, kind: ViewKindName, config: ViewConfig
) -> ViewConfig | None:
    """The view as the viewer may use it: without columns they may not read; None when its very question is not theirs.

    A filter, an order or a grouping by something one may not see would tell what it is.
    """
    trimmed = config.model_copy(
        update={
            "columns": [one for one in config.columns if _is_known(viewer, definition, one.field)],
            "card": [one for one in config.card if _is_known(viewer, definition, one)],
            "sum": _kept(viewer, definition, config.sum),
            "weight": _kept(viewer, definition, config.weight),
            "colors": [
                one for one in config.colors if not _color_problems(viewer, definition, one, "")
            ],
        }
    )
    return None if _problems(viewer, definition, kind, trimmed) else trimmed


def _problems(
    viewer: Viewer, definition: ObjectDefinition, kind: ViewKindName, config: ViewConfig
) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    asked: list[tuple[str, ListRequest]] = [
        ("/config", ListRequest(filter=config.filter, fields=["name"])),
        ("/config", ListRequest(sort=config.sort, fields=["name"])),
        ("/config/columns", ListRequest(fields=[one.field for one in config.columns])),
        ("/config/card", ListRequest(fields=list(config.card))),
    ]
    for place, request in asked:
        try:
            list_question(viewer, definition.name, request)
        except QuestionError as error:
            problems += _moved(error.problems, place)
    if config.group_by is not None:
        field = definition.fields.get(config.group_by)
        readable = field is not None and viewer.may_read(definition.name, config.group_by)
        if field is None or not readable or not field.type.groupable:
            problems.append(FieldProblem("/config/group_by", "not_groupable", _NOT_GROUPABLE))
    elif kind == "board":
        problems.append(FieldProblem("/config/group_by", "required", _NEEDS_GROUP))
    for name in ("sum", "weight"):
        value = getattr(config, name)
        field = definition.fields.get(value) if value else None
        is_number = field is not None and "sum" in field.type.aggregates
        if value and not (is_number and viewer.may_read(definition.name, value)):
            problems.append(FieldProblem(f"/config/{name}", "not_a_number", _NOT_A_NUMBER))
    for number, rule in enumerate(config.colors):
        problems += _color_problems(viewer, definition, rule, f"/config/colors/{number}")
    return problems


def _color_problems(
    viewer: Viewer, definition: ObjectDefinition, rule: ColorRule, place: str
) -> list[FieldProblem]:
    """A colour by something one may not see would tell what it is."""
    problems: list[FieldProblem] = []
    asked = [("/tests/0", "/when", ListRequest(tests=[rule.when], fields=["name"]))]
    if rule.field is not None:
        asked.append(("/fields/0", "/field", ListRequest(fields=[rule.field])))
    for old, new, request in asked:
        try:
            list_question(viewer, definition.name, request)
        except QuestionError as error:
            for one in error.problems:
                pointer = f"{place}{new}{one.pointer.removeprefix(old)}"
                problems.append(FieldProblem(pointer, one.code, one.message, one.field))
    return problems


def _moved(problems: Sequence[FieldProblem], place: str) -> list[FieldProblem]:
    moved = []
    for one in problems:
        pointer = f"{place}{one.pointer.removeprefix('/fields')}"
        moved.append(FieldProblem(pointer, one.code, one.message, one.field))
    return moved


def _is_known(viewer: Viewer, definition: ObjectDefinition, path: str) -> bool:
    try:
        list_question(viewer, definition.name, ListRequest(fields=[path]))
    except QuestionError:
        return False
    return True


def _kept(viewer: Viewer, definition: ObjectDefinition, name: str | None) -> str | None:
    return name if name and viewer.may_read(definition.name, name) else None
