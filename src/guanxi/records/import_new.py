"""New records of a chunk by one statement: for those who may create any record with every mapped field."""

from datetime import date

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.number_pattern import read_pattern
from guanxi.fields.stored_text import cell_text
from guanxi.fields.types.auto_number import AutoNumberOptions
from guanxi.metadata.rules import rules_of_object
from guanxi.permissions.model import Action, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.records.import_columns import MappedColumn
from guanxi.records.import_plan import ImportPlan
from guanxi.records.import_row_store import NewColumns, Numbering, Waiting, count_new, insert_new
from guanxi.records.own import take_numbers
from guanxi.records.saving import Saving


def may_be_refused(viewer: Viewer, saving: Saving, plan: ImportPlan) -> bool:
    """Whether new rows may be refused only when they are written: by scopes of rights, by rules, or by an application's
    steps.
    """
    if saving.may_refuse(plan.definition.name):
        return True
    if rules_of_object(viewer.catalog, plan.definition.name).may_refuse:
        return True
    rules = plan.definition.match_rules
    if rules and (plan.possible == "skip" or any(one.block_at is not None for one in rules)):
        return True
    names = [one.field.name for one in plan.mapped]
    return not viewer.rights.is_administrator and not any(
        grant.scope is Scope.ALL and all(grant.may_write(name) for name in names)
        for grant in viewer.rights.grants_for(plan.definition.name, Action.CREATE)
    )


async def write_new(
    work: UnitOfWork, viewer: Viewer, saving: Saving, plan: ImportPlan, *, behind: int, upto: int
) -> int:
    """Writes the new records of a chunk; how many."""
    columns = _columns(viewer, plan, await _numbers(work, viewer, saving, plan, behind, upto))
    waiting = Waiting(plan.stage, plan.definition, plan.mapped)
    return await insert_new(work, viewer, waiting, columns, behind=behind, upto=upto)


def _columns(viewer: Viewer, plan: ImportPlan, numbers: dict[str, Numbering]) -> NewColumns:
    values = {"name": "s.name", "name_key": "s.name_key", "search": "s.search"}
    told: list[str] = []
    parameters: dict[str, object] = {"me": viewer.person_id}
    for one in plan.mapped:
        values[one.field.name] = _link(plan, one) if one.is_link else f"s.c{one.place}"
        if one.is_link:
            told.append(one.field.name)
    for place, (name, value) in enumerate(plan.defaults.items()):
        default = f"%(default{place})s::text"
        values[name] = f"coalesce(({values[name]})::text, {default})" if name in values else default
        parameters[f"default{place}"] = cell_text(value)
    owner = f"coalesce({values['owner']}, %(me)s::uuid)" if "owner" in values else "%(me)s::uuid"
    values["owner"] = owner
    given = values.get("department")
    values["department"] = f"coalesce({given}, d.department)" if given else "d.department"
    told = [*dict.fromkeys((*told, "owner", "department"))]
    return NewColumns(values, told, parameters, numbers, owner)


def _link(plan: ImportPlan, one: MappedColumn) -> str:
    """A link to a row of a later chunk waits until that row is there."""
    if one not in plan.links_within:
        return f"l{one.place}.id"
    return f"case when l{one.place}.row is null or l{one.place}.row <= %(upto)s then l{one.place}.id end"


async def _numbers(
    work: UnitOfWork, viewer: Viewer, saving: Saving, plan: ImportPlan, behind: int, upto: int
) -> dict[str, Numbering]:
    """The numbers the chunk draws, by auto-number field."""
    patterns = {
        field.name: read_pattern(field.options.pattern)
        for field in plan.definition.fields.values()
        if isinstance(field.options, AutoNumberOptions)
    }
    count = await count_new(work, plan.stage, behind=behind, upto=upto) if patterns else 0
    if not count:
        return {}
    today: date = saving.clock.now().astimezone(viewer.zone).date()
    numbers = {}
    for name, pattern in patterns.items():
        field = plan.definition.fields[name]
        last = await take_numbers(work, plan.definition, field, pattern.period(today), count)
        before, after = pattern.around(today)
        numbers[name] = Numbering(before, pattern.width, after, last - count)
    return numbers
