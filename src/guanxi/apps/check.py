"""Checks that an application fits together: every name it uses is one it brings or one every record has."""

from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo

from guanxi.apps.errors import AppProblem, InvalidAppError
from guanxi.apps.manifest import Application, PackagedObject
from guanxi.apps.steps import steps_of
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.draft import draft
from guanxi.metadata.model import Catalog
from guanxi.metadata.system_fields import SYSTEM_FIELD_NAMES, FieldTypes, built_in_objects


def check_application(application: Application, types: FieldTypes) -> None:
    """Raises InvalidAppError with everything that is wrong."""
    problems = list(_unknown_names(application))
    empty = Catalog(version=0, objects={one.name: one for one in built_in_objects(types)})
    steps = steps_of(application, empty)
    try:
        draft(empty, types, steps, zone=ZoneInfo("UTC"), relations=frozenset())
    except ValuesRefusedError as error:
        for problem in error.problems:
            step = steps[int(problem.pointer.split("/")[2])]
            problems.append(_problem_of_step(application, str(step.object), problem.message.en))
    if problems:
        raise InvalidAppError(problems)


def _unknown_names(application: Application) -> Iterator[AppProblem]:
    objects = {one.definition.name for one in application.objects}
    roles = {role.key for role in application.roles.roles}
    for group in application.app.navigation:
        yield from _unknown("app.yaml", "object", group.objects, objects)
    for one in application.objects:
        fields = {*SYSTEM_FIELD_NAMES, *(field.name or "" for field in one.definition.fields)}
        page = one.page
        named = [
            *page.highlights,
            *page.card,
            *(name for group in page.groups for name in group.fields),
        ]
        yield from _unknown(f"{one.folder}/page.yaml", "field", named, fields)
        yield from _unknown(f"{one.folder}/access.yaml", "role", one.access.grants, roles)
        for grants in one.access.grants.values():
            for grant in grants:
                names = grant.fields.except_
                yield from _unknown(f"{one.folder}/access.yaml", "field", names, fields)
        yield from _doubles(one)


def _unknown(
    file: str, what: str, names: Collection[str], known: Collection[str]
) -> Iterator[AppProblem]:
    for name in names:
        if name not in known:
            yield AppProblem(file, None, f"There is no {what} named {name!r}.")


def _doubles(one: PackagedObject) -> Iterator[AppProblem]:
    keys = [view.key for view in one.views.views]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield AppProblem(f"{one.folder}/views.yaml", None, f"Two views have the key {key!r}.")


def _problem_of_step(application: Application, named: str, message: str) -> AppProblem:
    for one in application.objects:
        if one.definition.name in named:
            return AppProblem(f"{one.folder}/object.yaml", None, message)
    return AppProblem("app.yaml", None, message)
