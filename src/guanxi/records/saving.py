"""What the verbs that save share: their collaborators and the applications' own steps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.clock import Clock
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.seal import Seal
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import Operation, RecordDraft, SavingStep

MOST_AT_ONCE = 5000
MOST_TOLD = 200


@dataclass
class Saving:
    """Collaborators of the write path. `bootstrap` adds the steps of applications by object name."""

    clock: Clock
    asking: Asking
    steps: dict[str, list[SavingStep]] = field(default_factory=dict)
    #: What secrets are sealed with; without it none can be kept.
    seal: Seal | None = None

    def has_steps(self, object_name: str) -> bool:
        return bool(self.steps.get(object_name))

    def may_refuse(self, object_name: str) -> bool:
        """Whether a step of an application may refuse records of the object."""
        return any(step.may_refuse for step in self.steps.get(object_name, ()))

    async def run_steps(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        definition: ObjectDefinition,
        drafts: Sequence[RecordDraft],
        operation: Operation,
    ) -> None:
        for step in self.steps.get(definition.name, ()):
            await step(work, viewer, definition, drafts, operation)


def refuse_problems(drafts: Sequence[RecordDraft], *, many: bool) -> None:
    """Raises ValuesRefusedError when any draft has problems; pointers of a set begin with the record's place."""
    problems: list[FieldProblem] = []
    for draft in drafts:
        for problem in draft.problems:
            if draft.pointer:
                problem = _of_line(draft, problem)
            elif many:
                pointer = f"/records/{draft.place}{problem.pointer}"
                problem = FieldProblem(pointer, problem.code, problem.message, problem.field)
            problems.append(problem)
    if problems:
        raise ValuesRefusedError(problems[:MOST_TOLD])


def _of_line(draft: RecordDraft, problem: FieldProblem) -> FieldProblem:
    """What is wrong with a line is a problem of the sub-table it stands in; the pointer tells the line and the column."""
    pointer = draft.pointer + problem.pointer
    return FieldProblem(pointer, problem.code, problem.message, sub_table_at(pointer))


def sub_table_at(pointer: str) -> str:
    """The sub-table of the record that was sent in which a line stands: the first name of a pointer."""
    names = pointer.split("/")[1:]
    return names[2] if names[0] == "records" and len(names) > 2 else names[0]
