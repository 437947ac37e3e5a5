"""Judges staged rows all at once: what their links mean, which records are there already, what cannot be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guanxi.db.database import Statement
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection
from guanxi.records import import_stage_store as stage_store
from guanxi.records.import_columns import MappedColumn, map_columns, told_of
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_model import Import, LinkWish
from guanxi.records.import_stage_store import Stage
from guanxi.records.import_staging import StagePlan, constants_of

UNMATCHED = Text(
    zh="“{field}”里找不到这个名称。请改正，或在对应时指定它是哪一条。",
    en="Nothing goes by this name in “{field}”. Correct it, or say in the mapping what it means.",
)
AMBIGUOUS = Text(
    zh="“{field}”里有几条都叫这个名称。请改用编号等唯一的字段来对应。",
    en="Several records go by this name in “{field}”. Match by a unique field, such as a number, instead.",
)
TAKEN = Text(
    zh="“{field}”不能重复，这个值已经有了。",
    en="“{field}” must be unique, and this value is taken.",
)
REQUIRED = Text(zh="请填写“{field}”。", en="Fill in “{field}”.")
NO_SUCH_MATCH = Text(
    zh="不能按“{field}”查找“{target}”。请选择文本类的字段。",
    en="“{target}” cannot be found by “{field}”. Choose a text field.",
)
NOTHING_MAPPED = Text(
    zh="还没有任何列对应到字段。请先对应至少一列。",
    en="No column goes to a field yet. Map at least one column.",
)


@dataclass(frozen=True)
class Judged:
    """An import whose rows wait in the stage and are judged."""

    plan: StagePlan
    stage: Stage
    key: MappedColumn | None


def importable_fields(viewer: Viewer, definition: ObjectDefinition) -> dict[str, FieldDefinition]:
    """The fields a viewer may import into, by name."""
    return {
        field.name: field
        for field in definition.fields.values()
        if viewer.may_write(definition.name, field, Action.CREATE)
        and viewer.may_read(definition.name, field.name)
    }


def plan_of(viewer: Viewer, definition: ObjectDefinition, import_: Import) -> StagePlan:
    """How the rows are read. Raises InvalidMappingError when nothing is mapped."""
    context = ReadingContext(viewer.zone)
    mapped = map_columns(import_.columns, importable_fields(viewer, definition))
    if not mapped:
        raise InvalidMappingError(NOTHING_MAPPED)
    constants = constants_of(definition, mapped, context)
    return StagePlan(
        id=import_.id,
        definition=definition,
        mapped=mapped,
        width=len(import_.columns),
        constants="".join(told_of(name, value) for name, value in constants.items()),
        context=context,
    )


async def judge(
    work: UnitOfWork, viewer: Viewer, asking: Asking, import_: Import, plan: StagePlan
) -> Judged:
    """Resolves links and duplicates of the staged rows and marks those that cannot be saved."""
    stage = Stage.of(import_.id)
    links = [one for one in plan.mapped if one.is_link]
    wishes = {one.place: one.column.link or LinkWish() for one in links}
    await stage_store.collect_link_values(work, stage, [one.place for one in links])
    for one in links:
        visible, names = _visible(viewer, asking, one, wishes[one.place])
        await stage_store.resolve_links(work, stage, one.place, visible, names=names)
    key = _key_of(import_, plan)
    if key is not None:
        await _match(work, viewer, asking, import_, plan, key)
    for one in links:
        await _complete(work, viewer, stage, plan, one, wishes[one.place])
    for one in links:
        await _refuse_unresolved(work, stage, plan, one)
    await _refuse_taken(work, stage, plan)
    await _refuse_incomplete(work, stage, plan)
    await _settle_links_in_file(work, stage, plan, links)
    return Judged(plan, stage, key)


def judged_before(import_: Import, plan: StagePlan) -> Judged:
    """What `judge` found for rows that wait in the stage already."""
    return Judged(plan, Stage.of(import_.id), _key_of(import_, plan))


def _key_of(import_: Import, plan: StagePlan) -> MappedColumn | None:
    if import_.duplicates.policy == "create":
        return None
    return next((one for one in plan.mapped if one.field.name == import_.duplicates.key), None)


async def _match(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    import_: Import,
    plan: StagePlan,
    key: MappedColumn,
) -> None:
    question = ListQuestion(Selection(plan.definition), (Path((), key.field),))
    await stage_store.match_existing(
        work,
        Stage.of(import_.id),
        key,
        plan.definition,
        asking.rows(viewer, question),
        keep_last=import_.duplicates.policy == "update",
    )


def _visible(
    viewer: Viewer, asking: Asking, mapped: MappedColumn, wish: LinkWish
) -> tuple[Statement, int]:
    """The records a link may mean, as far as the viewer sees them, by name or by another field."""
    target = viewer.catalog.find(mapped.field.target or "")
    field = None if target is None else target.fields.get(wish.match_by)
    if (
        target is None
        or field is None
        or field.target is not None
        or not viewer.may_read(target.name, field.name)
    ):
        raise InvalidMappingError(
            NO_SUCH_MATCH.fill(field=wish.match_by[:60], target=text_of(mapped.field.label))
        )
    names = [field]
    if target.name == "person" and wish.match_by == "name":
        names.append(target.fields["email"])
    question = ListQuestion(Selection(target), tuple(Path((), one) for one in names))
    return asking.rows(viewer, question), len(names)


async def _complete(
    work: UnitOfWork,
    viewer: Viewer,
    stage: Stage,
    plan: StagePlan,
    mapped: MappedColumn,
    wish: LinkWish,
) -> None:
    """Values that name no record yet may name another row of the file, or a record that is to be made."""
    if mapped.field.target == plan.definition.name:
        named_by = _naming_column(plan, wish.match_by)
        if named_by is not None:
            await stage_store.resolve_in_file(work, stage, mapped.place, named_by)
    if wish.create_missing and viewer.may(Action.CREATE, mapped.field.target or ""):
        await stage_store.want_missing(work, stage, mapped.place)


def _naming_column(plan: StagePlan, match_by: str) -> str | None:
    if match_by == "name":
        return "name"
    place = next((one.place for one in plan.mapped if one.field.name == match_by), None)
    return None if place is None else f"c{place}"


async def _refuse_unresolved(
    work: UnitOfWork, stage: Stage, plan: StagePlan, mapped: MappedColumn
) -> int:
    label = text_of(mapped.field.label)
    return await stage_store.refuse_unresolved(
        work, stage, plan.id, mapped, UNMATCHED.fill(field=label), AMBIGUOUS.fill(field=label)
    )


async def _refuse_taken(work: UnitOfWork, stage: Stage, plan: StagePlan) -> None:
    for one in plan.mapped:
        if one.field.unique:
            message = TAKEN.fill(field=text_of(one.field.label))
            await stage_store.refuse_taken(work, stage, plan.id, one, plan.definition, message)


async def _refuse_incomplete(work: UnitOfWork, stage: Stage, plan: StagePlan) -> None:
    by_name: Mapping[str, MappedColumn] = {one.field.name: one for one in plan.mapped}
    constants = constants_of(plan.definition, plan.mapped, plan.context)
    for field in plan.definition.fields.values():
        if not field.required or field.read_only or not field.type.writable:
            continue
        message = REQUIRED.fill(field=text_of(field.label))
        if field.name in by_name:
            await stage_store.refuse_new_without(work, stage, plan.id, by_name[field.name], message)
        elif field.name not in ("name", "owner", "department") and field.name not in constants:
            await stage_store.refuse_new_without(work, stage, plan.id, None, message)


async def _settle_links_in_file(
    work: UnitOfWork, stage: Stage, plan: StagePlan, links: Sequence[MappedColumn]
) -> None:
    """A row that was refused takes those with it that link to it, and so on."""
    inner = [one for one in links if one.field.target == plan.definition.name]
    while True:
        lost = 0
        for one in inner:
            if await stage_store.unlink_refused(work, stage, one.place):
                lost += await _refuse_unresolved(work, stage, plan, one)
        if not lost:
            return
