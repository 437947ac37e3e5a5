"""Person: somebody of the workspace."""

from uuid import UUID

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    COUNTING,
    EMPTINESS,
    EQUALITY,
    Family,
    Operator,
    ValueKind,
)
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.references import read_reference
from guanxi.kit.text import Locale, Text


class PersonOptions(FieldOptions):
    """A person field has no settings; it always points to people."""

    @property
    def target(self) -> str:
        return "person"


class Person(FieldType[PersonOptions]):
    """One person of the workspace."""

    name = "person"
    label = Text(zh="人员", en="Person")
    description = Text(
        zh="一位同事",
        en="A colleague",
    )
    family = Family.RELATIONS
    icon = "user"
    options_model = PersonOptions
    value_kind = ValueKind.REFERENCE
    operators = (
        Operator.IS_ME,
        Operator.IN_MY_DEPARTMENT,
        Operator.REPORTS_TO_ME,
        *EQUALITY,
        *EMPTINESS,
    )
    aggregates = COUNTING
    groupable = True

    def column_type(self, options: PersonOptions) -> sa.types.TypeEngine[UUID]:
        return sa.Uuid()

    def parse(self, raw: object, options: PersonOptions, context: ReadingContext) -> UUID | None:
        return read_reference(raw)

    def to_text(self, value: object, options: PersonOptions, locale: Locale) -> str:
        return str(value)
