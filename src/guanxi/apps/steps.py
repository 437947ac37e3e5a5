"""What of an application's objects and fields a workspace lacks, as steps of a design."""

from collections.abc import Mapping
from typing import Any

from guanxi.apps.formula_changes import formula_changes
from guanxi.apps.formula_order import in_order
from guanxi.apps.manifest import Application
from guanxi.metadata.model import Catalog
from guanxi.metadata.steps import (
    AddField,
    AddObject,
    ChangeField,
    ChangeObject,
    FieldChanges,
    NewField,
    NewObject,
    ObjectChanges,
    RulesPart,
    Step,
)
from guanxi.metadata.system_fields import NAME


def steps_of(
    application: Application, catalog: Catalog, base: Mapping[str, Any] | None = None
) -> list[Step]:
    """What is to be done, `base` being the application as it was installed last. Objects first, so that their fields may link to each other. Retired ones count as there."""
    objects: list[Step] = []
    fields: list[AddField] = []
    titles: list[Step] = []
    rules: list[Step] = []
    for one in application.objects:
        definition = one.definition
        known = catalog.find(definition.name)
        if known is None:
            objects.append(
                AddObject(
                    object=NewObject(
                        name=definition.name,
                        label=definition.label,
                        plural_label=definition.plural_label,
                        icon=definition.icon,
                        color=definition.color,
                        app=application.app.name,
                        description=definition.description,
                    )
                )
            )
        taken = frozenset() if known is None else known.taken_names
        for field in definition.fields:
            if field.name not in taken:
                bare, said = _apart(field)
                fields.append(AddField(object=definition.name, field=bare))
                if said is not None:
                    change = ChangeField(
                        object=definition.name, field=field.name or "", changes=said
                    )
                    rules.append(change)
        if known is None and definition.name_formula is not None:
            said = FieldChanges(formula=definition.name_formula)
            titles.append(ChangeField(object=definition.name, field=NAME, changes=said))
        parts = {
            name: part
            for name in ("validations", "unique_rules", "match_rules")
            if (part := getattr(definition, name))
        }
        if known is None and parts:
            changes = ObjectChanges(**parts)
            rules.append(ChangeObject(object=definition.name, changes=changes))
    # Rules may name any field.
    computed = formula_changes(application, base or {}, catalog)
    return [*objects, *in_order(fields), *computed, *titles, *rules]


def _apart(field: NewField) -> tuple[NewField, FieldChanges | None]:
    """A field without its rules, and those rules."""
    given = field.model_dump(exclude_unset=True)
    said = {name: given.pop(name) for name in RulesPart.model_fields if name in given}
    return NewField.model_validate(given), FieldChanges.model_validate(said) if said else None
