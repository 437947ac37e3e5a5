"""The plan of a design: what each step would do, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.draft import draft
from guanxi.metadata.made import field_of
from guanxi.metadata.plan_effects import Effect, Effects
from guanxi.metadata.references import References, User
from guanxi.metadata.sentences import sentence_of
from guanxi.metadata.steps import Step
from guanxi.metadata.store import load_catalog, relation_names
from guanxi.metadata.system_fields import FieldTypes

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step, what it is about and what it does. Nothing is ever lost: what is retired can be restored."""

    action: str
    object: str
    field: str | None
    sentence: Text
    effect: Effect


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why a step cannot be done now, and what uses the thing."""

    step: int
    message: Text
    used_by: tuple[User, ...] = ()

    def as_problem(self) -> FieldProblem:
        """The blocker as a refusal, naming the first users."""
        names = [one.name for one in self.used_by[:_MOST_NAMED]]
        texts = [Text(zh=one, en=one) if isinstance(one, str) else text_of(one) for one in names]
        message = self.message
        if texts:
            message = Text(
                zh=f"{message.zh}（{'、'.join(one.zh for one in texts)}）",
                en=f"{message.en} ({', '.join(one.en for one in texts)})",
            )
        return FieldProblem(f"/steps/{self.step}", "blocked", message)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of some steps at one version of the design."""

    version: int
    steps: Sequence[PlannedStep]
    blockers: Sequence[Blocker]


async def plan_steps(
    work: UnitOfWork,
    types: FieldTypes,
    steps: Sequence[Step],
    references: References,
    *,
    zone: ZoneInfo,
    shows_values: bool = False,
) -> Plan:
    """Looks at records and uses, changes nothing; tells values only if it may. Raises ValuesRefusedError. Rights are the caller's business."""
    catalog = await load_catalog(work, types)
    drafted = draft(catalog, types, steps, zone=zone, relations=await relation_names(work))
    uses = await references.uses(work, catalog)
    effects = Effects(work, catalog, drafted, references, uses, shows_values=shows_values)
    planned: list[PlannedStep] = []
    blockers: list[Blocker] = []
    for place, (step, made) in enumerate(zip(steps, drafted.made, strict=True)):
        effect = await effects.of(made)
        blockers += [Blocker(place, message, users) for message, users in effect.blockers]
        planned.append(
            PlannedStep(
                action=step.action,
                object=made.definition.name,
                field=field_of(made),
                sentence=sentence_of(step, made),
                effect=effect,
            )
        )
    return Plan(catalog.version, planned, blockers)
