"""Department: one of the workspace."""

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


class DepartmentOptions(FieldOptions):
    """A department field has no settings; it always points to departments."""

    @property
    def target(self) -> str:
        return "department"


class Department(FieldType[DepartmentOptions]):
    """One department of the workspace."""

    name = "department"
    label = Text(zh="部门", en="Department")
    description = Text(
        zh="一个部门",
        en="A department",
    )
    family = Family.RELATIONS
    icon = "building"
    options_model = DepartmentOptions
    value_kind = ValueKind.REFERENCE
    operators = (Operator.IN_MY_DEPARTMENT, *EQUALITY, *EMPTINESS)
    aggregates = COUNTING
    groupable = True

    def column_type(self, options: DepartmentOptions) -> sa.types.TypeEngine[UUID]:
        return sa.Uuid()

    def parse(
        self, raw: object, options: DepartmentOptions, context: ReadingContext
    ) -> UUID | None:
        return read_reference(raw)

    def to_text(self, value: object, options: DepartmentOptions, locale: Locale) -> str:
        return str(value)
