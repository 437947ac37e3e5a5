"""SQL that asks rules which look at other records, for a whole set of drafts at once."""

from collections.abc import Sequence

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.stored_text import cell_text
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules import Rule
from guanxi.permissions.viewer import Viewer
from guanxi.query.compile_rules import RulesSelect, select_rules
from guanxi.records.draft import RecordDraft

_selects: dict[tuple[int, ...], tuple[tuple[Rule, ...], RulesSelect]] = {}
MOST_SELECTS = 500


async def ask_rules(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    rules: tuple[Rule, ...],
    drafts: Sequence[RecordDraft],
    moment: dict[str, str | None],
) -> Sequence[Row]:
    """A row per draft, in their order, with what each rule comes to."""
    select = _select(viewer, definition, rules)
    cells = {
        f"d{place}": array_text(cell_text(draft.value(name)) for draft in drafts)
        for place, name in enumerate(select.columns)
    }
    ids = array_text(str(draft.id) for draft in drafts)
    return await work.rows(select.text, {**select.parameters, **moment, **cells, "d_id": ids})


def _select(viewer: Viewer, definition: ObjectDefinition, rules: tuple[Rule, ...]) -> RulesSelect:
    key = tuple(id(rule) for rule in rules)
    found = _selects.get(key)
    if found is None or any(one is not other for one, other in zip(found[0], rules, strict=True)):
        if len(_selects) >= MOST_SELECTS:
            _selects.clear()
        found = (rules, select_rules(viewer.catalog.objects, definition, rules))
        _selects[key] = found
    return found[1]
