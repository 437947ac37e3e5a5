"""What of an application's objects and fields a workspace lacks, as steps of a design."""

from guanxi.apps.formula_order import in_order
from guanxi.apps.manifest import Application
from guanxi.metadata.model import Catalog
from guanxi.metadata.steps import AddField, AddObject, NewObject, Step


def steps_of(application: Application, catalog: Catalog) -> list[Step]:
    """Objects first, so that their fields may link to each other. Retired ones count as there."""
    objects: list[Step] = []
    fields: list[AddField] = []
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
        taken = set() if known is None else {*known.fields, *known.retired_fields}
        fields += [
            AddField(object=definition.name, field=field)
            for field in definition.fields
            if field.name not in taken
        ]
    return [*objects, *in_order(fields)]
