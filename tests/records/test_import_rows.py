"""What becomes of rows: new, changed, skipped, refused with a reason."""

from pathlib import Path

import pytest
from tests.records.importing import Importer, csv_of

from guanxi.records.export import export
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_model import LinkWish, Report, Result
from guanxi.records.read import ListRequest

HEADER = "name,opportunity_id,stage,amount"
THERE = csv_of(HEADER, "Old one,N1,won,1", "Old two,N2,lost,2")
AGAIN = csv_of(HEADER, "New one,N1,won,1", "Old two,N2,lost,2", "Three,N3,won,3", "Last,N3,won,4")


@pytest.mark.parametrize(
    ("policy", "result", "names"),
    [
        ("skip", Result(created=1, skipped=3), ["Old one", "Old two", "Three"]),
        (
            "update",
            Result(created=1, updated=1, unchanged=1, skipped=1),
            ["New one", "Old two", "Last"],
        ),
        ("create", Result(created=1, failed=3), ["Old one", "Old two", "Three"]),
    ],
)
async def test_what_is_there_already_is_skipped_changed_or_refused(
    importer: Importer, policy: str, result: Result, names: list[str]
) -> None:
    await importer.whole("crm_opportunity", THERE)
    made = await importer.upload("crm_opportunity", AGAIN)
    made = await importer.change(made, key="opportunity_id", policy=policy)
    report = await importer.check(made)
    assert await importer.run(made) == result
    assert _result_foretold(report) == result
    found = await importer.rows("select name from crm_opportunity order by opportunity_id")
    assert [name for (name,) in found] == names


async def test_records_are_matched_by_any_key_that_is_no_link(importer: Importer) -> None:
    await importer.whole("crm_account", "name,employees\nAcme,10\n")
    result = await importer.whole(
        "crm_account", "name,employees\nAcme,20\nNew,1\n", key="name", policy="update"
    )
    assert result == Result(created=1, updated=1)
    with pytest.raises(InvalidMappingError):
        await importer.whole("crm_account", "name,parent\nA,\n", key="parent", policy="skip")


async def test_an_empty_cell_leaves_a_record_as_it_is_and_gives_a_new_one_its_default(
    importer: Importer,
) -> None:
    async with importer.importing.begin() as work:
        await work.execute("update field set default_value = '\"engaging\"' where name = 'stage'")
        await work.execute("update epoch set design = design + 1")
    await importer.whole("crm_opportunity", csv_of("name,opportunity_id,stage", "One,N1,won"))
    lines = csv_of("name,opportunity_id,stage,hot", "One,N1,,", "Two,N2,,", "Three,N3,lost,yes")
    result = await importer.whole("crm_opportunity", lines, key="opportunity_id", policy="update")
    assert result == Result(created=2, unchanged=1)
    assert await importer.rows(
        "select stage, hot from crm_opportunity order by opportunity_id"
    ) == [
        ("won", False),
        ("engaging", False),
        ("lost", True),
    ]
    assert await importer.value(
        "select new from change join crm_opportunity o on o.id = record where o.name = 'Two'"
    ) == {
        "name": "Two",
        "opportunity_id": "N2",
        "stage": "engaging",
        "hot": False,
        "number": "OPP-0002",
    }


async def test_every_fault_is_reported_with_its_row_and_column(importer: Importer) -> None:
    await importer.whole("crm_account", "name\nAcme\nTwin\nTwin\n")
    deals = csv_of(
        "name,opportunity_id,stage,amount,close_date,account",
        "Good,N1,won,1,2026-01-02,ACME",
        "No stage,N2,,1,,",
        "Unknown stage,N3,wonn,1,,",
        "No number,N4,won,many,,",
        "No day,N5,won,1,2026-02-30,",
        "Nobody,N6,won,1,,Acmee",
        "Two of them,N7,won,1,,Twin",
        "Taken,N1,won,1,,",
        "Too wide,N8,won,1,,,and,more",
        ",N9,won,1,,",
    )
    made = await importer.upload("crm_opportunity", deals)
    made = await importer.change(made, policy="create")
    report = await importer.check(made)
    assert (report.rows, report.to_create, report.invalid) == (10, 1, 9)
    found = {
        (None if one.column is None else made.columns[one.column].header, problem.code): [
            example.row for example in problem.examples
        ]
        for one in report.columns
        for problem in one.problems
    }
    assert found == {
        ("stage", "required"): [3],
        ("stage", "not_an_option"): [4],
        ("amount", "not_a_number"): [5],
        ("close_date", "no_such_day"): [6],
        ("account", "unmatched"): [7],
        ("account", "ambiguous"): [8],
        ("opportunity_id", "taken"): [9],
        (None, "row_too_wide"): [10],
        ("name", "required"): [11],
    }
    unmatched = {
        one.value: one.suggestion and one.suggestion.value
        for column in report.columns
        for one in column.unmatched
    }
    assert unmatched == {"wonn": "won", "Acmee": "Acme", "Twin": "Twin"}
    assert await importer.run(made) == Result(created=1, failed=9)


async def test_cells_can_be_given_another_meaning_or_none(importer: Importer) -> None:
    deals = csv_of("name,stage,amount", "A,W,n/a", "B,L,5")
    result = await importer.whole(
        "crm_opportunity",
        deals,
        values={"stage": {"W": "won", "L": "输单"}, "amount": {"n/a": None}},
    )
    assert result == Result(created=2)
    assert await importer.rows("select stage, amount::int from crm_opportunity order by name") == [
        ("won", None),
        ("lost", 5),
    ]


async def test_links_are_found_by_name_whatever_its_case_and_width_or_by_another_field(
    importer: Importer,
) -> None:
    await importer.whole("crm_account", "name,region\nＡcme  Corp,R1\nBeta,R2\n")
    deals = csv_of("name,stage,account", "A,won,acme corp", "B,won,BETA")
    assert (await importer.whole("crm_opportunity", deals)).created == 2
    by_region = csv_of("name,stage,account", "C,won,R2")
    links = {"account": LinkWish(match_by="region")}
    assert (await importer.whole("crm_opportunity", by_region, links=links)).created == 1
    assert await importer.rows(
        "select a.region from crm_opportunity o join crm_account a on a.id = o.account order by o.name"
    ) == [("R1",), ("R2",), ("R2",)]
    links = {"account": LinkWish(match_by="parent")}
    with pytest.raises(InvalidMappingError):
        await importer.whole("crm_opportunity", by_region, links=links)


async def test_missing_link_targets_are_made_once_and_faulty_ones_are_reported(
    importer: Importer,
) -> None:
    deals = csv_of("name,stage,account", "A,won,Neu", "B,won,NEU", f"C,won,{'x' * 300}", "D,bad,No")
    made = await importer.upload("crm_opportunity", deals)
    made = await importer.change(made, links={"account": LinkWish(create_missing=True)})
    report = await importer.check(made)
    assert (report.to_create, report.invalid) == (2, 2)
    assert await importer.value("select count(*) from crm_account") == 0
    assert await importer.run(made) == Result(created=2, failed=2)
    assert await importer.rows("select name from crm_account") == [("Neu",)]


async def test_people_cannot_be_made_by_the_link_of_a_record(importer: Importer) -> None:
    with pytest.raises(InvalidMappingError, match="Import people first"):
        await importer.whole(
            "crm_account", "name,owner\nA,Nobody\n", links={"owner": LinkWish(create_missing=True)}
        )


async def test_dates_and_numbers_are_recognised_by_all_cells_and_may_be_decided(
    importer: Importer,
) -> None:
    deals = csv_of(
        "name;stage;close_date;amount", "A;won;01/02/2026;1.234,50", "B;won;02/03/2026;7"
    )
    made = await importer.upload("crm_opportunity", deals)
    date, amount = made.columns[2:]
    assert date.formats[:2] == ("M/D/YYYY", "D/M/YYYY")
    assert amount.format == "1.234,56"
    made = await importer.change(made, formats={"close_date": "D/M/YYYY"})
    await importer.run(made)
    assert await importer.rows(
        "select close_date::text, amount::text from crm_opportunity order by name"
    ) == [("2026-02-01", "1234.50"), ("2026-03-02", "7.00")]
    with pytest.raises(InvalidMappingError, match="D/M/YYYY"):
        await importer.change(
            await importer.upload("crm_opportunity", deals), formats={"close_date": "nonsense"}
        )


async def test_records_without_a_column_for_their_name_are_named_after_what_they_link_to(
    importer: Importer,
) -> None:
    await importer.whole("crm_account", "name\nAcme\n")
    await importer.whole("crm_product", "name\nGTX Pro\n")
    deals = csv_of("opportunity_id,product,account,stage", "N1,GTX Pro,Acme,won", "N2,,,lost")
    await importer.whole("crm_opportunity", deals)
    names = "select name, name_key from crm_opportunity order by opportunity_id"
    assert await importer.rows(names) == [("GTX Pro · Acme", "gtx pro · acme"), ("N2", "n2")]


async def test_what_is_imported_is_found_by_search_and_sorted_by_pinyin(importer: Importer) -> None:
    await importer.whole("crm_account", "name,region\n上海重工 🏭,=HYPERLINK(1)\n")
    assert await importer.rows(
        "select name_key, region, search @@ 'shanghai'::tsquery or search @@ '上海'::tsquery from crm_account"
    ) == [("shang hai zhong gong 🏭", "=HYPERLINK(1)", True)]


async def test_an_export_is_imported_as_the_same(importer: Importer, tmp_path: Path) -> None:
    lines = csv_of(
        "name,opportunity_id,stage,amount,close_date,hot,note",
        '"+86 1",=N1,won,-5,2026-01-02,yes,"a\n@b"',
    )
    await importer.whole("crm_opportunity", lines)
    file = tmp_path / "export.csv"
    async with importer.importing.begin() as work:
        viewer = await importer.viewer(work)
        request = ListRequest()
        asking = importer.platform.asking
        await export(work, viewer, asking, "crm_opportunity", request, format_="csv", to=file)
    result = await importer.whole(
        "crm_opportunity", file.read_bytes(), key="opportunity_id", policy="update"
    )
    assert result == Result(unchanged=1)


def _result_foretold(report: Report) -> Result:
    return Result(
        created=report.to_create,
        updated=report.to_update,
        unchanged=report.unchanged,
        skipped=report.to_skip,
        failed=report.invalid,
    )
