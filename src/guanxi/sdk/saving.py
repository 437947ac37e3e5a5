"""For promises kept while records are saved."""

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.options_of_choice import Choice, ChoiceOptions
from guanxi.kit.clock import Clock
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import Operation, RecordDraft, SavingStep

__all__ = [
    "Choice",
    "Clock",
    "ObjectDefinition",
    "Operation",
    "RecordDraft",
    "SavingStep",
    "UnitOfWork",
    "Viewer",
    "stages_of",
]


def stages_of(definition: ObjectDefinition) -> dict[str, Choice]:
    """The stages of an object by value; none when no field of it carries stages."""
    field = definition.stage_field
    if field is None or not isinstance(field.options, ChoiceOptions):
        return {}
    return {one.value: one for one in field.options.choices}
