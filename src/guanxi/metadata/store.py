"""Rows of the design, and the catalog they make."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from psycopg.types.json import Jsonb

from guanxi.calendars.store import calendars_for_formulas
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.json_form import from_json
from guanxi.kit.ids import new_id
from guanxi.metadata.model import Catalog, FieldDefinition, Layout, LayoutGroup, ObjectDefinition
from guanxi.metadata.rules_json import match_of, rules_of, unique_of, validation_of
from guanxi.metadata.system_fields import (
    FieldTypes,
    built_in_objects,
    leading_fields,
    trailing_fields,
)

_OBJECTS = """
select id, name, label, plural_label, icon, color, app, description, layout, navigation_group, position, origin,
       retired_at, validations, unique_rules, match_rules
  from object order by position, name
"""
_FIELDS = """
select id, object, name, label, type, options, required, is_unique, indexed, help, default_value, formula, rules, kept_of,
       position, origin, retired_at, purged_at
  from field order by position, name
"""


_SET_NAME_LABEL = """
insert into field (id, object, name, label, type, required)
select %s, id, 'name', %s, 'text', true from object where name = %s
on conflict (object, name) do update set label = excluded.label
"""


_DROP_UNIQUE_RULE = """
update object set unique_rules = coalesce(
         (select jsonb_agg(one) from jsonb_array_elements(unique_rules) one where one ->> 'name' <> %s), '[]')
 where name = %s
"""


async def load_catalog(work: UnitOfWork, types: FieldTypes) -> Catalog:
    """The whole design as of this transaction."""
    version = await work.value("select design from epoch")
    fields: dict[Any, list[dict[str, Any]]] = {}
    for row in await work.dicts(_FIELDS):
        fields.setdefault(row["object"], []).append(row)
    objects = {definition.name: definition for definition in built_in_objects(types)}
    for row in await work.dicts(_OBJECTS):
        objects[row["name"]] = _object_of(row, fields.get(row["id"], []), types)
    return Catalog(version, objects, await calendars_for_formulas(work))


async def relation_names(work: UnitOfWork) -> frozenset[str]:
    """The names of all tables, partitions and indexes of the workspace: no new table may have one of them."""
    rows = await work.rows(
        "select relname::text from pg_class where relnamespace = %s::regnamespace", [work.schema]
    )
    return frozenset(name for (name,) in rows)


async def bump_design(work: UnitOfWork) -> int:
    """Tells every process that the design has changed; the new version."""
    version = await work.value("update epoch set design = design + 1 returning design")
    return int(version)


async def set_layout(work: UnitOfWork, object_name: str, layout: Layout) -> None:
    await work.execute(
        "update object set layout = %s where name = %s",
        [Jsonb(layout_document(layout)), object_name],
    )


async def drop_unique_rule(work: UnitOfWork, object_name: str, rule: str) -> None:
    """Takes a unique rule away from an object."""
    await work.execute(_DROP_UNIQUE_RULE, [rule, object_name])


async def set_name_label(work: UnitOfWork, object_name: str, label: Mapping[str, str]) -> None:
    """What the name of the object's records is called."""
    await work.execute(_SET_NAME_LABEL, [new_id(), Jsonb(dict(label)), object_name])


def _object_of(
    row: Mapping[str, Any], rows: list[dict[str, Any]], types: FieldTypes
) -> ObjectDefinition:
    own = {one["name"]: one for one in rows}
    living: dict[str, FieldDefinition] = {}
    retired: dict[str, FieldDefinition] = {}
    purged = frozenset(name for name, one in own.items() if one["purged_at"] is not None)
    for field in leading_fields(types, row["name"]):
        living[field.name] = _relabelled(field, own.pop(field.name, None))
    trailing = [
        _relabelled(field, own.pop(field.name, None))
        for field in trailing_fields(types, row["name"])
    ]
    for one in own.values():
        if one["name"] in purged:
            continue
        field = _field_of(one, types)
        (retired if field.retired_at else living)[field.name] = field
    living |= {field.name: field for field in trailing}
    return ObjectDefinition(
        id=row["id"],
        name=row["name"],
        label=row["label"],
        plural_label=row["plural_label"],
        icon=row["icon"],
        color=row["color"],
        app=row["app"],
        description=row["description"],
        layout=layout_of(row["layout"]),
        fields=living,
        retired_fields=retired,
        purged_names=purged,
        navigation_group=row["navigation_group"],
        position=row["position"],
        origin=row["origin"],
        retired_at=row["retired_at"],
        validations=tuple(validation_of(one) for one in row["validations"]),
        unique_rules=tuple(unique_of(one) for one in row["unique_rules"]),
        match_rules=tuple(match_of(one) for one in row["match_rules"]),
    )


def _field_of(row: Mapping[str, Any], types: FieldTypes) -> FieldDefinition:
    kind = types.get(row["type"])
    return FieldDefinition(
        id=row["id"],
        name=row["name"],
        label=row["label"],
        type=kind,
        options=kind.options_model.model_validate(row["options"]),
        required=row["required"],
        unique=row["is_unique"],
        indexed=row["indexed"],
        read_only=not kind.writable or row["formula"] is not None,
        formula=None if row["formula"] is None else from_json(row["formula"]),
        rules=rules_of(row["rules"]),
        help=row["help"],
        default=row["default_value"],
        position=row["position"],
        retired_at=row["retired_at"],
        origin=row["origin"],
        kept_of=row["kept_of"],
    )


def _relabelled(field: FieldDefinition, row: Mapping[str, Any] | None) -> FieldDefinition:
    """A system field as the workspace calls it, and the formula of a name; everything else of it stays."""
    if row is None:
        return field
    called = replace(field, label=row["label"], help=row["help"])
    if row["formula"] is None:
        return called
    return replace(called, formula=from_json(row["formula"]), required=False, read_only=True)


def layout_of(raw: Mapping[str, Any]) -> Layout:
    """A stored layout; see `layout_document`."""
    return Layout(
        groups=tuple(
            LayoutGroup(label=group["label"], fields=tuple(group["fields"]))
            for group in raw.get("groups", ())
        ),
        highlights=tuple(raw.get("highlights", ())),
        card=tuple(raw.get("card", ())),
    )


def layout_document(layout: Layout) -> dict[str, Any]:
    """A layout as it is stored and sent."""
    return {
        "groups": [
            {"label": dict(group.label), "fields": list(group.fields)} for group in layout.groups
        ],
        "highlights": list(layout.highlights),
        "card": list(layout.card),
    }
