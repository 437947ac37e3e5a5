"""What rules ask of people they ask of files as well, in the check and in the run."""

import pytest
from tests.records.importing import Importer, csv_of
from tests.records.test_offers import offered
from tests.records.test_rules import must, rule, validations
from tests.records.test_unique_rules import unique

from guanxi.metadata.apply import apply_steps, current_version
from guanxi.metadata.steps import Step
from guanxi.records.import_model import Import, LinkWish, Report, Result
from guanxi.testing.sales import TYPES, ZONE

DEAL = "crm_opportunity"
LINKS = {"account": LinkWish(match_by="name"), "product": LinkWish(match_by="name")}
#: A deal each, alike but for what a rule looks at.
HEADER = "name,opportunity_id,stage,amount,account,product,engage_date,close_date,note"


@pytest.fixture
async def ruled(importer: Importer) -> Importer:
    """Deals with a rule of every kind; accounts and products to link to."""
    steps: tuple[Step, ...] = (
        rule("amount", required_when='{stage} = "won"'),
        rule("stage", options_when=[offered('{note} <> ""', "lost")]),
        rule("product", candidates_when='{CurrentValue.series} = "GTX"'),
        rule("hot", default_formula="{amount} > 100"),
        validations(must("ISBLANK({close_date}) || {close_date} >= {engage_date}", "close_date")),
    )
    once = unique("account", "engage_date")
    async with importer.platform.database.begin(importer.platform.schema) as work:
        base = await current_version(work)
        both = once.changes.model_copy(update={"validations": steps[-1].changes.validations})  # type: ignore[union-attr]
        whole = once.model_copy(update={"changes": both})
        await apply_steps(
            work, TYPES, [*steps[:-1], whole], base_version=base, actor=None, zone=ZONE
        )
    await importer.whole("crm_account", csv_of("name", "Acme", "Bolt", "Cord", "Dash"))
    await importer.whole("crm_product", csv_of("name,series", "Good,GTX", "Bad,MG"))
    return importer


def faults(made: Import, report: Report) -> dict[tuple[str | None, str], list[int]]:
    """The rows of each fault by the header of its column."""
    return {
        (None if one.column is None else made.columns[one.column].header, problem.code): [
            example.row for example in problem.examples
        ]
        for one in report.columns
        for problem in one.problems
    }


async def test_rows_that_break_a_rule_are_foretold_and_refused(ruled: Importer) -> None:
    deals = csv_of(
        HEADER,
        "Good,N1,won,500,Acme,Good,2026-01-01,2026-02-01,",
        "No amount,N2,won,,Bolt,,2026-01-01,,",
        "No reason,N3,lost,,Cord,,2026-01-01,,",
        "Reason,N4,lost,,Cord,,2026-01-02,,too dear",
        "Wrong product,N5,won,1,Dash,Bad,2026-01-01,,",
        "Twin of the first,N6,won,1,Acme,,2026-01-01,,",
        "Ends before it begins,N7,won,1,Dash,,2026-01-03,2026-01-02,",
    )
    made = await ruled.change(await ruled.upload(DEAL, deals), links=LINKS)
    report = await ruled.check(made)
    assert faults(made, report) == {
        ("amount", "required"): [3],
        ("stage", "not_offered"): [4],
        ("product", "not_offered"): [6],
        ("account", "duplicate"): [7],
        ("close_date", "validation"): [8],
    }
    assert (report.rows, report.to_create, report.invalid) == (7, 2, 5)
    assert await ruled.run(made) == Result(created=2, failed=5)
    kept = "select opportunity_id, hot from crm_opportunity order by opportunity_id"
    assert await ruled.rows(kept) == [("N1", True), ("N4", False)], "filled in by a formula"


async def test_rows_that_change_records_are_judged_by_what_the_record_is_then(
    ruled: Importer,
) -> None:
    before = csv_of(
        HEADER,
        "One,N1,won,5,Acme,Good,2026-01-01,,",
        "Two,N2,engaging,,Acme,,2026-01-02,,",
        "Three,N3,engaging,,Bolt,,2026-01-01,2026-01-05,",
    )
    assert await ruled.whole(DEAL, before, links=LINKS) == Result(created=3)
    later = csv_of(
        "opportunity_id,stage,engage_date,product,note",
        "N1,lost,,,late",
        "N2,won,,,",
        "N3,,2026-01-06,,",
        "N2,,2026-01-01,,",
    )
    made = await ruled.upload(DEAL, later)
    made = await ruled.change(made, key="opportunity_id", policy="update")
    report = await ruled.check(made)
    # Of two rows for one record the last one counts.
    assert faults(made, report) == {
        ("engage_date", "duplicate"): [5],
        (None, "validation"): [4],
    }
    result = await ruled.run(made)
    assert (result.updated, result.failed) == (1, 2)
    stages = "select opportunity_id, stage from crm_opportunity order by opportunity_id"
    assert await ruled.rows(stages) == [("N1", "lost"), ("N2", "engaging"), ("N3", "engaging")]
