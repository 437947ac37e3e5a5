"""Departments: several of the workspace."""

from guanxi.fields.capabilities import Operator
from guanxi.fields.held_references import HeldReferences, ReferencesOptions
from guanxi.kit.text import Text


class DepartmentsOptions(ReferencesOptions):
    """They always point to departments."""

    @property
    def target(self) -> str:
        return "department"


class Departments(HeldReferences):
    """Several departments of the workspace."""

    name = "departments"
    label = Text(zh="多个部门", en="Departments")
    description = Text(
        zh="几个部门，例如参与部门",
        en="Several departments, such as those that take part",
    )
    icon = "network"
    options_model = DepartmentsOptions
    operators = (Operator.IN_MY_DEPARTMENT, *HeldReferences.operators)
