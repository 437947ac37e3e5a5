"""What an import would do, told before it does it."""

import difflib
from collections import defaultdict

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import label_in
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.question import ListQuestion, Selection
from guanxi.fields.plain_text import matching_key
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_columns import MappedColumn
from guanxi.records.import_model import (
    ColumnReport,
    Import,
    PreviewRow,
    Report,
    Suggestion,
    Unmatched,
)
from guanxi.records.import_prepare import Judged

PREVIEW_ROWS = 20
MOST_UNMATCHED = 200
MOST_CANDIDATES = 20_000
LIKENESS = 0.75
UNMATCHED_CODES = ("unmatched", "ambiguous", "not_an_option")


async def make_report(
    work: UnitOfWork, viewer: Viewer, asking: Asking, import_: Import, judged: Judged, rows: int
) -> Report:
    """Counts, problems by column with suggestions, and the first rows as they will be saved."""
    plan, stage = judged.plan, judged.stage
    counts = await stage_store.count_rows_by_fate(work, stage)
    different = 0
    if judged.key is not None and import_.duplicates.policy == "update":
        different = await stage_store.count_different(work, stage, plan.mapped, plan.definition)
    is_update = import_.duplicates.policy == "update"
    return Report(
        rows=rows,
        to_create=counts.new,
        to_update=different,
        unchanged=counts.matched - different if is_update else 0,
        to_skip=counts.repeated + (0 if is_update else counts.matched),
        invalid=await store.count_invalid(work, import_.id),
        columns=await _columns(work, viewer, asking, judged),
        preview=await _preview(work, judged),
    )


async def _columns(
    work: UnitOfWork, viewer: Viewer, asking: Asking, judged: Judged
) -> tuple[ColumnReport, ...]:
    problems = await store.problems_by_column(work, judged.plan.id)
    unmatched = await _unmatched(work, viewer, asking, judged)
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
    work: UnitOfWork, viewer: Viewer, asking: Asking, judged: Judged
) -> dict[int | None, list[Unmatched]]:
    found: dict[int | None, list[Unmatched]] = defaultdict(list)
    mapped = {one.column.index: one for one in judged.plan.mapped}
    candidates: dict[int, dict[str, str]] = {}
    for index, value, count in await store.unmatched_values(work, judged.plan.id, UNMATCHED_CODES):
        if index not in mapped or len(found[index]) >= MOST_UNMATCHED:
            continue
        if index not in candidates:
            candidates[index] = await _candidates(work, viewer, asking, mapped[index])
        suggestion = _suggest(value, candidates[index])
        found[index].append(Unmatched(value=value, count=count, suggestion=suggestion))
    return found


async def _candidates(
    work: UnitOfWork, viewer: Viewer, asking: Asking, mapped: MappedColumn
) -> dict[str, str]:
    """What the value may have meant: comparable form → as it is written."""
    target = viewer.catalog.find(mapped.field.target or "")
    if target is None:
        choices = getattr(mapped.field.options, "choices", ())
        return {
            matching_key(label_in(one.label, viewer.locale)): label_in(one.label, viewer.locale)
            for one in choices
        }
    match_by = mapped.column.link.match_by if mapped.column.link else "name"
    question = ListQuestion(Selection(target), (Path((), target.fields[match_by]),))
    statement = asking.rows(viewer, question)
    rows = await work.rows(
        f"select c0::text from ({statement.text}) v where c0 is not null limit {MOST_CANDIDATES}",
        statement.parameters,
    )
    return {matching_key(row[0]): row[0] for row in rows}


def _suggest(value: str, candidates: dict[str, str]) -> Suggestion | None:
    """The same but for blanks, else the likeliest within reach."""
    key = matching_key(value)
    near = (
        [key]
        if key in candidates
        else difflib.get_close_matches(key, candidates, n=1, cutoff=LIKENESS)
    )
    if not near:
        return None
    meant = candidates[near[0]]
    return Suggestion(value=meant, label=meant)


async def _preview(work: UnitOfWork, judged: Judged) -> tuple[PreviewRow, ...]:
    mapped = judged.plan.mapped
    rows = await stage_store.first_rows(work, judged.stage, len(mapped), PREVIEW_ROWS)
    if not rows:
        return ()
    problems: dict[int, dict[str, dict[str, str]]] = defaultdict(dict)
    names = {one.column.index: one.field.name for one in mapped}
    found = await store.problems_of_rows(
        work, judged.plan.id, behind=rows[0][0] - 1, limit=PREVIEW_ROWS
    )
    for row, column, message in found:
        problems[row][names.get(column, "_row")] = message
    return tuple(
        PreviewRow(
            row=row,
            values={"name": name}
            | {
                one.field.name: cell
                for one, cell in zip(mapped, cells, strict=True)
                if cell is not None
            },
            problems=problems.get(row, {}),
        )
        for row, name, *cells in rows
    )
