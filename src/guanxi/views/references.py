"""Where saved views use fields."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.model import Catalog
from guanxi.metadata.references import (
    Use,
    User,
    Written,
    fields_in_filter,
    fields_on_path,
    formulas_in_filter,
)
from guanxi.permissions.viewer import system_viewer
from guanxi.views.check import fits
from guanxi.views.model import ViewConfig, ViewKindName

_WHOLE_VIEWS = "select id, object, name, kind, config, shared from view order by id"
_VIEWS = "select id, object, name, config, shared from view order by id"


async def uses_in_views(work: UnitOfWork, catalog: Catalog) -> list[Use]:
    """A shared view needs its fields. A person's own view need not keep others from designing, nor is its name told."""
    found: list[Use] = []
    for id_, object_name, name, config, shared in await work.rows(_VIEWS):
        user = User("view", str(id_), name if shared else "—")
        parsed = ViewConfig.model_validate(config)
        found += [
            Use(used, field, user, values, is_needed=shared)
            for used, field, values in _fields_of(catalog, object_name, parsed)
        ]
    return found


async def formulas_in_views(work: UnitOfWork, catalog: Catalog) -> list[Written]:
    """Of filters and of rules of colour, in people's own views too."""
    del catalog
    found: list[Written] = []
    for id_, _, name, config, shared in await work.rows(_VIEWS):
        user = User("view", str(id_), name if shared else "—")
        parsed = ViewConfig.model_validate(config)
        conditions = (parsed.filter, *(rule.when for rule in parsed.colors))
        found += [Written(one, user) for raw in conditions for one in formulas_in_filter(raw)]
    return found


async def views_that_break(work: UnitOfWork, before: Catalog, after: Catalog) -> list[User]:
    """Shared views that ask something at one design which cannot be asked at the other."""
    found: list[User] = []
    for id_, object_name, name, kind, config, shared in await work.rows(_WHOLE_VIEWS):
        if not shared:
            continue
        parsed = ViewConfig.model_validate(config)
        if _fits(before, object_name, kind, parsed) and not _fits(after, object_name, kind, parsed):
            found.append(User("view", str(id_), name))
    return found


def _fits(catalog: Catalog, object_name: str, kind: ViewKindName, config: ViewConfig) -> bool:
    definition = catalog.find(object_name)
    viewer = system_viewer(catalog, zone=ZoneInfo("UTC"), locale="en", source="job")
    return definition is not None and fits(viewer, definition, kind, config)


def _fields_of(
    catalog: Catalog, object_name: str, config: ViewConfig
) -> Iterator[tuple[str, str, frozenset[str]]]:
    yield from fields_in_filter(catalog, object_name, config.filter)
    for rule in config.colors:
        yield from fields_in_filter(catalog, object_name, rule.when)
    paths: list[Any] = [
        *(one.removeprefix("-") for one in config.sort),
        *(column.field for column in config.columns),
        *config.card,
        *(rule.field for rule in config.colors),
        config.group_by,
        config.sum,
        config.weight,
    ]
    for path in paths:
        for used, field in fields_on_path(catalog, object_name, path):
            yield used, field, frozenset()
