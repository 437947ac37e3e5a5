"""Objects and fields as answers: what the viewer may see of the design, and what they may do."""

from typing import Any

from guanxi.api.schemas.formulas import (
    candidates_give,
    candidates_look_at,
    known_formulas,
    known_offers,
    known_validations,
)
from guanxi.fields.conversion import is_convertible
from guanxi.fields.field_type import FieldType
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.match_rules import match_rules_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.store import layout_document
from guanxi.metadata.sub_tables import sub_tables
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.lines import may_change_lines

Document = dict[str, Any]


def objects_answer(viewer: Viewer) -> Document:
    """Every object in use that the viewer may see."""
    return {
        "design_version": viewer.catalog.version,
        "objects": [
            object_answer(viewer, one)
            for one in viewer.catalog.record_objects()
            if is_visible(viewer, one)
        ],
    }


def is_visible(viewer: Viewer, definition: ObjectDefinition) -> bool:
    """Whether the object is in use and the viewer may see records of it."""
    return (
        not definition.built_in
        and definition.retired_at is None
        and viewer.may(Action.SEE, definition.name)
    )


def object_answer(viewer: Viewer, definition: ObjectDefinition) -> Document:
    """One object; fields the viewer may not read are left out wherever they are named."""
    fields = viewer.readable_fields(definition)
    names = {field.name for field in fields}
    stage = definition.stage_field
    return {
        "name": definition.name,
        "label": dict(definition.label),
        "plural_label": dict(definition.plural_label),
        "icon": definition.icon,
        "color": definition.color,
        "app": definition.app,
        "description": dict(definition.description) if definition.description else None,
        "fields": [field_answer(viewer, definition, field) for field in fields],
        "layout": _layout(definition, names),
        "stage_field": stage.name if stage and stage.name in names else None,
        "related": [
            {
                "object": other.name,
                "field": field.name,
                "label": dict(getattr(field.options, "reverse_label", None) or other.plural_label),
                "listed": field.is_listed,
            }
            for other, field in (
                *viewer.catalog.links_to(definition.name),
                *viewer.catalog.lists_of(definition.name),
            )
            if is_visible(viewer, other)
            and viewer.may_read(other.name, field.name)
            and not _is_line_of(viewer, other, field)
        ],
        "lines_of": _lines_of(viewer, definition),
        "rights": {action.value: viewer.may(action, definition.name) for action in Action},
        "validations": known_validations(viewer, definition),
        "duplicates_by": _duplicates_by(viewer, definition),
        "retired_at": definition.retired_at,
    }


def field_answer(viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition) -> Document:
    """One field and what can be asked of it."""
    may_write = any(
        viewer.may_write(definition.name, field, action) for action in (Action.CREATE, Action.EDIT)
    )
    return {
        "name": field.name,
        "label": dict(field.label),
        "type": field.type.name,
        "options": field.options.model_dump(mode="json"),
        "required": field.required,
        "unique": field.unique,
        "indexed": field.indexed,
        "system": field.system,
        "help": dict(field.help) if field.help else None,
        "default": field.default,
        "computed": field.formula is not None,
        "live": computed_fields(viewer.catalog).is_live(definition.name, field.name),
        "formulas": known_formulas(viewer, definition, field),
        "offers": known_offers(viewer, definition, field),
        "candidates_look_at": candidates_look_at(viewer, definition, field),
        "candidates_give": candidates_give(viewer, definition, field),
        "access": "write" if may_write else "read",
        "lines": _lines(viewer, definition, field),
        "operators": list(viewer.catalog.operators_of(field)),
        "aggregates": list(field.type.aggregates),
        "sortable": field.sortable,
        "groupable": field.type.groupable,
        "searchable": field.searchable,
        "retired_at": field.retired_at,
    }


def _is_line_of(viewer: Viewer, other: ObjectDefinition, link: FieldDefinition) -> bool:
    """Whether the records stand in a sub-table the viewer sees, and so in no list of related records."""
    table = sub_tables(viewer.catalog).with_lines(other.name)
    return (
        table is not None
        and table.link is link
        and viewer.may_read(table.whole.name, table.field.name)
    )


def _lines_of(viewer: Viewer, definition: ObjectDefinition) -> Document | None:
    """The sub-table whose lines the records are."""
    table = sub_tables(viewer.catalog).with_lines(definition.name)
    if table is None or not is_visible(viewer, table.whole):
        return None
    return {"object": table.whole.name, "field": table.field.name, "link": table.link.name}


def _lines(viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition) -> Document | None:
    """Where the lines of a sub-table are kept and what of them is shown; nothing of what the viewer may not see."""
    tables = sub_tables(viewer.catalog).of(definition.name)
    table = next((one for one in tables if one.field is field), None)
    if table is None or not is_visible(viewer, table.lines):
        return None
    may_change = any(
        may_change_lines(viewer, table, action) for action in (Action.CREATE, Action.EDIT)
    )
    return {
        "object": table.lines.name,
        "link": table.link.name,
        "position": table.position.name if table.position else None,
        "columns": [
            one.name for one in table.columns if viewer.may_read(table.lines.name, one.name)
        ],
        "access": "write" if may_change else "read",
    }


def field_type_answer(kind: FieldType[Any]) -> Document:
    """A field type as the designer offers it."""
    return {
        "name": kind.name,
        "label": kind.label.as_label(),
        "description": kind.description.as_label(),
        "icon": kind.icon,
        "operators": list(kind.operators),
        "options_schema": kind.options_model.model_json_schema(),
        "family": kind.family,
        "can_be_unique": kind.can_be_unique,
        "can_be_computed": kind.can_be_computed,
        "is_convertible": is_convertible(kind),
        "formats": [one.name for one in kind.formats(kind.options_model.model_construct())],
    }


def _duplicates_by(viewer: Viewer, definition: ObjectDefinition) -> list[str]:
    """The fields by which it is found whether a record is there already, as far as the viewer may fill them in."""
    rules = match_rules_of(viewer.catalog.objects, definition)
    return sorted(
        name
        for name in {name for match in rules for name in match.looks_at}
        if viewer.may_read(definition.name, name)
    )


def _layout(definition: ObjectDefinition, readable: set[str]) -> Document:
    """The layout as stored, without what the viewer may not read."""
    layout = layout_document(definition.layout)
    for group in layout["groups"]:
        group["fields"] = [name for name in group["fields"] if name in readable]
    for part in ("highlights", "card"):
        layout[part] = [name for name in layout[part] if name in readable]
    return layout
