"""Checks that an application fits together: every name it uses is one it brings or one every record has."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.apps.errors import AppProblem, InvalidAppError
from guanxi.apps.manifest import Application, PackagedObject
from guanxi.apps.places import line_in
from guanxi.apps.steps import steps_of
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.metadata.draft import draft
from guanxi.metadata.model import Catalog
from guanxi.metadata.steps import AddField, AddObject, ChangeField, Step
from guanxi.metadata.system_fields import SYSTEM_FIELD_NAMES, FieldTypes, built_in_objects

Place = tuple[str | int, ...]


def check_application(application: Application, types: FieldTypes) -> None:
    """Raises InvalidAppError with everything that is wrong."""
    problems = [
        *_unknown_names(application),
        *_doubles(application),
        *_wrong_steps(application, types),
    ]
    if problems:
        raise InvalidAppError(problems)


def problem_at(
    application: Application, file: Path | str, place: Place, message: str
) -> AppProblem:
    """A problem with the line where its place stands in the file."""
    return AppProblem(str(file), line_in(application.folder / file, place), message)


def place_of(pointer: str) -> Place:
    """A JSON pointer as a place in a file."""
    return tuple(part for part in pointer.split("/") if part)


def _unknown_names(application: Application) -> Iterator[AppProblem]:
    objects = {one.definition.name for one in application.objects}
    roles = {role.key for role in application.roles.roles}

    def unknown(
        file: Path | str, what: str, place: Place, names: Collection[str], known: Collection[str]
    ) -> Iterator[AppProblem]:
        for position, name in enumerate(names):
            if name not in known:
                at = (*place, name if isinstance(names, dict) else position)
                yield problem_at(application, file, at, _unknown(what, name, known))

    for number, group in enumerate(application.app.navigation):
        place = ("navigation", number, "objects")
        yield from unknown("app.yaml", "object", place, group.objects, objects)
    for one in application.objects:
        fields = {*SYSTEM_FIELD_NAMES, *(field.name or "" for field in one.definition.fields)}
        page = one.folder / "page.yaml"
        yield from unknown(page, "field", ("highlights",), one.page.highlights, fields)
        yield from unknown(page, "field", ("card",), one.page.card, fields)
        for number, layout in enumerate(one.page.groups):
            place = ("groups", number, "fields")
            yield from unknown(page, "field", place, layout.fields, fields)
        access = one.folder / "access.yaml"
        yield from unknown(access, "role", ("grants",), dict(one.access.grants), roles)
        for role, grants in one.access.grants.items():
            for number, grant in enumerate(grants):
                narrowed = dict(grant.fields.except_)
                place_of_fields = ("grants", role, number, "fields", "except")
                yield from unknown(access, "field", place_of_fields, narrowed, fields)


def _unknown(what: str, name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, known, n=1)
    if close:
        return f"There is no {what} named {name!r}. Did you mean {close[0]!r}?"
    return f"There is no {what} named {name!r}. Known: {', '.join(sorted(known)) or 'none'}."


def _doubles(application: Application) -> Iterator[AppProblem]:
    """What must be there once and is there again."""

    def doubles(
        file: Path | str, place: Place, what: str, names: list[str]
    ) -> Iterator[AppProblem]:
        for position, name in enumerate(names):
            if name in names[:position]:
                message = f"There is a second {what} {name!r}. Give it another one or remove it."
                yield problem_at(application, file, (*place, position), message)

    roles = [role.key for role in application.roles.roles]
    yield from doubles("roles.yaml", ("roles",), "role with the key", roles)
    for position, one in enumerate(application.objects):
        views = one.folder / "views.yaml"
        yield from doubles(
            views, ("views",), "view with the key", [view.key for view in one.views.views]
        )
        if sum(view.default for view in one.views.views) > 1:
            message = "More than one view is the default. Leave 'default: true' at one of them."
            yield problem_at(application, views, ("views",), message)
        name = one.definition.name
        if name in [other.definition.name for other in application.objects[:position]]:
            message = f"There is a second object {name!r}. Give it another name or remove it."
            yield problem_at(application, one.folder / "object.yaml", ("name",), message)


def _wrong_steps(application: Application, types: FieldTypes) -> Iterator[AppProblem]:
    """Objects and fields that no workspace would take."""
    empty = Catalog(version=0, objects={one.name: one for one in built_in_objects(types)})
    steps = steps_of(application, empty)
    try:
        draft(empty, types, steps, zone=ZoneInfo("UTC"), relations=frozenset())
    except ValuesRefusedError as error:
        for problem in error.problems:
            yield _problem_of_step(application, steps, problem)


def _problem_of_step(
    application: Application, steps: list[Step], problem: FieldProblem
) -> AppProblem:
    _, number, *rest = place_of(problem.pointer)
    step = steps[int(number)]
    one = _object_of(application, step)
    place: Place = tuple(rest[1:])
    if isinstance(step, AddField | ChangeField):
        name = step.field.name if isinstance(step, AddField) else step.field
        names = [field.name for field in one.definition.fields]
        place = ("fields", names.index(name), *place)
    return problem_at(application, one.folder / "object.yaml", place, problem.message.en)


def _object_of(application: Application, step: Any) -> PackagedObject:
    name = step.object.name if isinstance(step, AddObject) else step.object
    return next(one for one in application.objects if one.definition.name == name)
