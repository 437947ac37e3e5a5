"""Judges staged rows all at once: what their links mean, which records are there already, what cannot be saved."""

from guanxi.db.database import Statement
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text, text_of
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection
from guanxi.records import import_link_store as link_store
from guanxi.records import import_match_store as match_store
from guanxi.records.check import REQUIRED, SELF
from guanxi.records.check_tree import CIRCLE
from guanxi.records.import_columns import MappedColumn
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_model import LinkWish
from guanxi.records.import_plan import ImportPlan

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
NO_SUCH_MATCH = Text(
    zh="不能按“{field}”查找“{target}”。请选择文本类的字段。",
    en="“{target}” cannot be found by “{field}”. Choose a text field.",
)


async def judge(work: UnitOfWork, viewer: Viewer, asking: Asking, plan: ImportPlan) -> None:
    """Resolves links and duplicates of the staged rows and marks those that cannot be saved.

    Raises InvalidMappingError.
    """
    await link_store.collect_link_values(work, plan.stage, plan.links)
    for one in plan.links:
        visible, names = _visible(viewer, asking, one)
        await link_store.resolve_links(work, plan.stage, one.place, visible, names=names)
    if plan.key is not None:
        await _match(work, viewer, asking, plan, plan.key)
    for one in plan.links:
        await _complete(work, viewer, plan, one)
    for one in plan.links:
        await _refuse_unresolved(work, plan, one)
    await _refuse_taken(work, plan)
    await _refuse_incomplete(work, plan)
    await settle_links_within(work, plan)


def link_wish(mapped: MappedColumn) -> LinkWish:
    """How the cells of a link column name their records."""
    return mapped.column.link or LinkWish()


async def _match(
    work: UnitOfWork, viewer: Viewer, asking: Asking, plan: ImportPlan, key: MappedColumn
) -> None:
    question = ListQuestion(Selection(plan.definition), (Path((), key.field),))
    await match_store.match_existing(
        work,
        plan.stage,
        key,
        plan.definition,
        asking.rows(viewer, question),
        keep_last=plan.policy == "update",
    )


def _visible(viewer: Viewer, asking: Asking, mapped: MappedColumn) -> tuple[Statement, int]:
    """The records a link may mean, as far as the viewer sees them, by name or by another field."""
    match_by = link_wish(mapped).match_by
    target = viewer.catalog.find(mapped.target or "")
    field = None if target is None else target.fields.get(match_by)
    if (
        target is None
        or field is None
        or field.target is not None
        or field.is_listed
        or not viewer.may_read(target.name, field.name)
    ):
        raise InvalidMappingError(
            NO_SUCH_MATCH.fill(field=match_by, target=text_of(mapped.field.label))
        )
    names = [field]
    if target.name == "person" and match_by == "name":
        names.append(target.fields["email"])
    question = ListQuestion(Selection(target), tuple(Path((), one) for one in names))
    return asking.rows(viewer, question), len(names)


async def _complete(
    work: UnitOfWork, viewer: Viewer, plan: ImportPlan, mapped: MappedColumn
) -> None:
    """Values that name no record yet may name another row of the file, or a record that is to be made."""
    wish = link_wish(mapped)
    if mapped in plan.links_within:
        named_by = _naming_column(plan, wish.match_by)
        if named_by is not None:
            await link_store.resolve_in_file(
                work, plan.stage, mapped.place, named_by, behind=plan.behind
            )
    if wish.create_missing and viewer.may(Action.CREATE, mapped.target or ""):
        await link_store.want_missing(work, plan.stage, mapped.place)


def _naming_column(plan: ImportPlan, match_by: str) -> str | None:
    if match_by == "name":
        return "name"
    place = next((one.place for one in plan.mapped if one.field.name == match_by), None)
    return None if place is None else f"c{place}"


async def _refuse_unresolved(work: UnitOfWork, plan: ImportPlan, mapped: MappedColumn) -> int:
    label = text_of(mapped.field.label)
    return await link_store.refuse_unresolved(
        work,
        plan.stage,
        plan.id,
        mapped,
        UNMATCHED.fill(field=label),
        AMBIGUOUS.fill(field=label),
        behind=plan.behind,
    )


async def _refuse_taken(work: UnitOfWork, plan: ImportPlan) -> None:
    for one in plan.mapped:
        if one.field.unique:
            message = TAKEN.fill(field=text_of(one.field.label))
            await match_store.refuse_taken(
                work, plan.stage, plan.id, one, plan.definition, message, behind=plan.behind
            )


async def _refuse_incomplete(work: UnitOfWork, plan: ImportPlan) -> None:
    by_name = {one.field.name: one for one in plan.mapped}
    for field in plan.definition.fields.values():
        if not field.required or field.read_only or not field.type.writable:
            continue
        mapped = by_name.get(field.name)
        # A record without a column for its name is named after what it links to; an owner is set.
        is_given = mapped is None and field.name in ("name", "owner")
        # Whether it is hidden, or filled by a formula, is known when the row is written.
        is_open = field.rules.visible_when is not None or field.rules.default is not None
        if is_given or is_open or field.name in plan.defaults:
            continue
        message = REQUIRED.fill(label=text_of(field.label))
        await match_store.refuse_new_without(
            work, plan.stage, plan.id, mapped, message, behind=plan.behind
        )


async def settle_links_within(work: UnitOfWork, plan: ImportPlan) -> None:
    """A row that was refused takes those with it that link to it, and so on."""
    for one in plan.links_within:
        message = SELF.fill(label=text_of(one.field.label))
        await link_store.refuse_self_links(work, plan.stage, plan.id, one, message)
        if one.field == plan.definition.tree_field:
            message = CIRCLE.fill(label=text_of(one.field.label))
            await link_store.refuse_circles(
                work, plan.stage, plan.id, one, plan.definition.name, message
            )
    while True:
        lost = 0
        for one in plan.links_within:
            if await link_store.unlink_refused(work, plan.stage, one.place):
                lost += await _refuse_unresolved(work, plan, one)
        if not lost:
            return
