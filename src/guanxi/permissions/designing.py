"""The design as people with the right to it plan and change it."""

from collections.abc import Sequence
from typing import Any

from guanxi.auth.store import bump_rights
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import FieldType
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.registry import Registry
from guanxi.metadata.apply import AppliedDesign, apply_steps, current_version
from guanxi.metadata.errors import DesignBlockedError, DesignChangedError
from guanxi.metadata.made import ObjectMade
from guanxi.metadata.plan import Plan, plan_steps
from guanxi.metadata.plan_words import NO_SUCH_ROLE
from guanxi.metadata.references import References
from guanxi.metadata.steps import AddObject, Step
from guanxi.permissions.model import Action, Scope, WorkspaceRight
from guanxi.permissions.require import require
from guanxi.permissions.role import GrantWish
from guanxi.permissions.store import add_grants, known_roles
from guanxi.permissions.viewer import Viewer


class Designing:
    """Plans and applies designs. Raises RightMissingError for people without the right `design`."""

    def __init__(self, types: Registry[FieldType[Any]], references: References) -> None:
        self._types = types
        self.references = references

    async def plan(self, work: UnitOfWork, viewer: Viewer, steps: Sequence[Step]) -> Plan:
        """What the steps would do at the design of this moment. Raises ValuesRefusedError."""
        require(viewer, WorkspaceRight.DESIGN)
        await _check_roles(work, steps)
        return await plan_steps(
            work,
            self._types,
            steps,
            self.references,
            zone=viewer.zone,
            shows_values=viewer.rights.is_administrator,
        )

    async def apply(
        self, work: UnitOfWork, viewer: Viewer, steps: Sequence[Step], *, base_version: int
    ) -> tuple[AppliedDesign, Plan]:
        """Does the steps as planned, all or none. Nothing may happen in `work` after a failure.

        Raises DesignChangedError, DesignBlockedError, DesignBusyError, ValuesRefusedError.
        """
        require(viewer, WorkspaceRight.DESIGN)
        current = await current_version(work)
        if current != base_version:
            raise DesignChangedError(base=base_version, current=current)
        plan = await self.plan(work, viewer, steps)
        if plan.blockers:
            raise DesignBlockedError([one.as_problem() for one in plan.blockers])
        applied = await apply_steps(
            work,
            self._types,
            steps,
            base_version=base_version,
            actor=viewer.person_id,
            zone=viewer.zone,
        )
        await _give_rights(work, applied)
        return applied, plan


async def _check_roles(work: UnitOfWork, steps: Sequence[Step]) -> None:
    """Raises ValuesRefusedError for roles that are not there."""
    wanted = [
        (f"/steps/{place}/object/grant_roles/{index}", role)
        for place, step in enumerate(steps)
        if isinstance(step, AddObject)
        for index, role in enumerate(step.object.grant_roles)
    ]
    if not wanted:
        return
    known = await known_roles(work, [role for _, role in wanted])
    problems = [
        FieldProblem(pointer, "unknown_role", NO_SUCH_ROLE.fill(id=role))
        for pointer, role in wanted
        if role not in known
    ]
    if problems:
        raise ValuesRefusedError(problems)


async def _give_rights(work: UnitOfWork, applied: AppliedDesign) -> None:
    """Nobody has rights on a new object but administrators; the roles that were named get all of them."""
    is_changed = False
    for made in applied.made:
        if not isinstance(made, ObjectMade):
            continue
        for role in made.grant_roles:
            wish = GrantWish(
                object=made.definition.name,
                actions=[action.value for action in Action],
                scope=Scope.ALL.value,
            )
            await add_grants(work, role, [wish])
            is_changed = True
    if is_changed:
        await bump_rights(work)
