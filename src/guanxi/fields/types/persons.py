"""People: several of the workspace."""

from guanxi.fields.capabilities import Operator
from guanxi.fields.held_references import HeldReferences, ReferencesOptions
from guanxi.kit.text import Text


class PersonsOptions(ReferencesOptions):
    """They always point to people."""

    @property
    def target(self) -> str:
        return "person"


class Persons(HeldReferences):
    """Several people of the workspace."""

    name = "persons"
    label = Text(zh="多个人员", en="People")
    description = Text(
        zh="几位同事，例如协作者",
        en="Several colleagues, such as collaborators",
    )
    icon = "users"
    options_model = PersonsOptions
    operators = (
        Operator.IS_ME,
        Operator.IN_MY_DEPARTMENT,
        Operator.REPORTS_TO_ME,
        *HeldReferences.operators,
    )
