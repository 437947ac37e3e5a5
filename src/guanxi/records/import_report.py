"""What an import would do, told before it does it."""

import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.plain_text import matching_key
from guanxi.kit.text import label_in
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection
from guanxi.records import import_link_store as link_store
from guanxi.records import import_match_store as match_store
from guanxi.records import import_problem_store as problem_store
from guanxi.records import import_stage_store as stage_store
from guanxi.records.import_columns import MappedColumn
from guanxi.records.import_judge import link_wish
from guanxi.records.import_model import (
    ColumnReport,
    Import,
    PreviewRow,
    Report,
    Suggestion,
    Unmatched,
)
from guanxi.records.import_plan import ImportPlan
from guanxi.records.import_row_store import Waiting, count_different

#: The part of a preview that what is wrong with a row as a whole belongs to.
WHOLE_ROW = "_row"
PREVIEW_ROWS = 20
MOST_UNMATCHED = 200
MOST_CANDIDATES = 20_000
LIKENESS = 0.75
UNMATCHED_CODES = ("unmatched", "ambiguous", "not_an_option")


async def make_report(
    work: UnitOfWork, viewer: Viewer, asking: Asking, import_: Import, plan: ImportPlan, rows: int
) -> Report:
    """Counts, problems by column with suggestions, and the first rows as they will be saved."""
    counts = await match_store.count_rows_by_fate(work, plan.stage)
    is_update = plan.policy == "update"
    different = 0
    if plan.key is not None and is_update:
        different = await count_different(work, Waiting(plan.stage, plan.definition, plan.mapped))
    return Report(
        rows=rows,
        to_create=counts.new,
        to_update=different,
        unchanged=counts.matched - different if is_update else 0,
        to_skip=counts.repeated + (0 if is_update else counts.matched),
        invalid=await problem_store.count_invalid(work, import_.id),
        columns=await column_reports(
            work, import_.id, await _unmatched(work, viewer, asking, plan)
        ),
        preview=await _preview(work, plan),
    )


async def column_reports(
    work: UnitOfWork, id_: UUID, unmatched: Mapping[int | None, Sequence[Unmatched]]
) -> tuple[ColumnReport, ...]:
    """What is wrong, column by column."""
    problems = await problem_store.problems_by_column(work, id_)
    return tuple(
        ColumnReport(
            column=column,
            invalid=invalid,
            problems=tuple(kinds),
            unmatched=tuple(unmatched.get(column, ())),
        )
        for column, (invalid, kinds) in problems.items()
    )


async def _unmatched(
    work: UnitOfWork, viewer: Viewer, asking: Asking, plan: ImportPlan
) -> Mapping[int | None, Sequence[Unmatched]]:
    found: dict[int | None, list[Unmatched]] = defaultdict(list)
    mapped = {one.column.index: one for one in plan.mapped}
    candidates: dict[int, dict[str, Suggestion]] = {}
    for index, value, count in await problem_store.unmatched_values(work, plan.id, UNMATCHED_CODES):
        if index not in mapped or len(found[index]) >= MOST_UNMATCHED:
            continue
        if index not in candidates:
            candidates[index] = await _candidates(work, viewer, asking, mapped[index])
        suggestion = _suggest(value, candidates[index])
        found[index].append(Unmatched(value=value, count=count, suggestion=suggestion))
    return found


async def _candidates(
    work: UnitOfWork, viewer: Viewer, asking: Asking, mapped: MappedColumn
) -> dict[str, Suggestion]:
    """What a value may have meant, by the comparable form of every way to write it."""
    target = viewer.catalog.find(mapped.target or "")
    if target is None:
        found: dict[str, Suggestion] = {}
        for one in getattr(mapped.field.options, "choices", ()):
            meant = Suggestion(value=one.value, label=label_in(one.label, viewer.locale))
            for written in (*one.label.values(), one.value):
                found.setdefault(matching_key(written), meant)
        return found
    question = ListQuestion(
        Selection(target), (Path((), target.fields[link_wish(mapped).match_by]),)
    )
    names = await link_store.names_of(work, asking.rows(viewer, question), limit=MOST_CANDIDATES)
    return {matching_key(name): Suggestion(value=name, label=name) for name in names}


def _suggest(value: str, candidates: Mapping[str, Suggestion]) -> Suggestion | None:
    """The same but for blanks, else the likeliest within reach."""
    key = matching_key(value)
    if key in candidates:
        return candidates[key]
    near = difflib.get_close_matches(key, candidates, n=1, cutoff=LIKENESS)
    return candidates[near[0]] if near else None


async def _preview(work: UnitOfWork, plan: ImportPlan) -> tuple[PreviewRow, ...]:
    rows = await stage_store.first_rows(work, plan.stage, len(plan.mapped), PREVIEW_ROWS)
    if not rows:
        return ()
    problems: dict[int, dict[str, Mapping[str, str]]] = defaultdict(dict)
    names = {one.column.index: one.field.name for one in plan.mapped}
    found = await problem_store.problems_between(
        work, plan.id, behind=rows[0][0] - 1, upto=rows[-1][0]
    )
    for one in found:
        part = None if one.column is None else names.get(one.column)
        problems[one.row][part or WHOLE_ROW] = one.message
    return tuple(
        PreviewRow(
            row=row,
            values={"name": name}
            | {
                one.field.name: cell
                for one, cell in zip(plan.mapped, cells, strict=True)
                if cell is not None
            },
            problems=problems.get(row, {}),
        )
        for row, name, *cells in rows
    )
