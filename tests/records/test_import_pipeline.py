"""A sales pipeline out of four files: the whole story."""

import os
from pathlib import Path

import pytest
from tests.records.importing import Importer, csv_of

from guanxi.permissions.role import GrantWish
from guanxi.records.import_model import LinkWish, PeopleWish, Suggestion
from guanxi.records.read import ListRequest

ACCOUNTS = csv_of(
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
    "Bluth Company,technolgy,1993,1242.32,3027,United States,Acme Corporation",
    "Acme Corporation,technolgy,1996,1100.04,2822,United States,",
    "Betatech,medical,1986,647.18,1185,Kenya,Acme Corporation",
)
PRODUCTS = csv_of("product,series,sales_price", "GTX Pro,GTX,4821", "MG Special,MG,55")
TEAMS = csv_of(
    "sales_agent,manager,regional_office",
    "Moses Frase,Dustin Brinkmann,Central",
    "Darcel Schlecht,Dustin Brinkmann,Central",
    "Zane Levy,Summer Sewald,West",
)
PIPELINE = csv_of(
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
    "1C1I7A6R,Moses Frase,MG Special,Betatech,Won,10/20/2016,3/1/2017,1054",
    "Z063OYW0,Darcel Schlecht,GTXPro,Acme Corporation,Won,10/25/2016,3/11/2017,4514",
    "EC4QE1BX,Darcel Schlecht,MG Special,Betatech,Lost,10/25/2016,3/7/2017,0",
    "MV1LWRNH,Zane Levy,GTXPro,,Engaging,10/25/2016,,",
    "PE84CX4O,Zane Levy,GTX Pro,,Prospecting,,,",
)
MADE = LinkWish(create_missing=True)


@pytest.fixture(
    params=[
        "small",
        pytest.param(
            "full",
            marks=pytest.mark.skipif(
                "GUANXI_SAMPLE_DATA" not in os.environ,
                reason="GUANXI_SAMPLE_DATA names the folder of the full files",
            ),
        ),
    ]
)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    if request.param == "small":
        texts = {
            "accounts": ACCOUNTS,
            "products": PRODUCTS,
            "sales_teams": TEAMS,
            "sales_pipeline": PIPELINE,
        }
        return {name: text.encode() for name, text in texts.items()}
    folder = Path(os.environ["GUANXI_SAMPLE_DATA"])
    names = ("accounts", "products", "sales_teams", "sales_pipeline")
    return {name: (folder / f"{name}.csv").read_bytes() for name in names}


def counts_of(files: dict[str, bytes]) -> dict[str, int]:
    """Opportunities by stage, as the file itself says."""
    counts: dict[str, int] = {}
    for line in files["sales_pipeline"].decode().splitlines()[1:]:
        stage = line.split(",")[4].lower()
        counts[stage] = counts.get(stage, 0) + 1
    return counts


async def test_a_whole_pipeline_is_imported_and_importing_it_again_changes_nothing(
    importer: Importer, files: dict[str, bytes]
) -> None:
    total = sum(counts_of(files).values())
    await _import_masters(importer, files)

    made = await importer.upload("crm_opportunity", files["sales_pipeline"], "sales_pipeline.csv")
    assert {column.header: column.field for column in made.columns} == {
        "opportunity_id": "opportunity_id",
        "sales_agent": "owner",
        "product": "product",
        "account": "account",
        "deal_stage": "stage",
        "engage_date": "engage_date",
        "close_date": "close_date",
        "close_value": "amount",
    }
    assert made.columns[5].format == "M/D/YYYY"
    assert (made.duplicates.key, made.duplicates.policy) == ("opportunity_id", "update")

    report = await importer.check(made)
    assert report.invalid == files["sales_pipeline"].count(b",GTXPro,")
    [at_fault] = report.columns
    [unmatched] = at_fault.unmatched
    assert (at_fault.column, unmatched.value, unmatched.count) == (2, "GTXPro", report.invalid)
    assert unmatched.suggestion == Suggestion(value="GTX Pro", label="GTX Pro")
    assert await importer.value("select count(*) from crm_opportunity") == 0

    settled = await importer.change(
        made, values={"product": {"GTXPro": "GTX Pro"}}, key="opportunity_id", policy="update"
    )
    report = await importer.check(settled)
    assert (report.rows, report.to_create, report.invalid) == (total, total, 0)
    result = await importer.run(settled)
    assert (result.created, result.failed) == (total, 0)
    assert dict(
        await importer.rows("select stage, count(*) from crm_opportunity group by stage")
    ) == counts_of(files)
    assert await importer.value(
        "select count(*) from crm_opportunity where account is null"
    ) == files["sales_pipeline"].decode().count(",,Engaging") + files[
        "sales_pipeline"
    ].decode().count(",,Prospecting")
    assert (
        await importer.value(
            "select count(*) from crm_opportunity o join person p on p.id = o.owner"
            " where p.department is not distinct from o.department"
        )
        == total
    )
    assert (
        await importer.value(
            "select count(*) from change where object = 'crm_opportunity' and op = 'create' and batch = %s",
            made.id,
        )
        == total
    )
    assert await importer.rows(
        "select o.number, o.name, a.name, p.name, o.stage, o.engage_date::text, o.close_date::text, o.amount::text, o.version"
        " from crm_opportunity o left join crm_account a on a.id = o.account"
        " join person p on p.id = o.owner where opportunity_id = '1C1I7A6R'"
    ) == [_first_opportunity(files)]

    again = await importer.upload("crm_opportunity", files["sales_pipeline"], "again.csv")
    again = await importer.change(
        again, values={"product": {"GTXPro": "GTX Pro"}}, key="opportunity_id", policy="update"
    )
    report = await importer.check(again)
    assert (report.unchanged, report.to_update, report.to_create) == (total, 0, 0)
    result = await importer.run(again)
    assert (result.unchanged, result.updated, result.created) == (total, 0, 0)
    assert await importer.value("select count(*) from crm_opportunity") == total
    assert await importer.value("select max(version) from crm_opportunity") == 1


async def test_everybody_sees_of_what_was_imported_what_their_role_gives(
    importer: Importer, files: dict[str, bytes]
) -> None:
    await _import_masters(importer, files)
    await importer.whole(
        "crm_opportunity",
        files["sales_pipeline"],
        values={"product": {"GTXPro": "GTX Pro"}},
        key="opportunity_id",
        policy="update",
    )
    written = [line.split(",") for line in files["sales_pipeline"].decode().splitlines()[1:]]
    team = [
        line.split(",")[0]
        for line in files["sales_teams"].decode().splitlines()[1:]
        if ",Dustin Brinkmann," in line
    ]
    assert await _count_seen(importer, "Moses Frase") == sum(
        line[1] == "Moses Frase" for line in written
    )
    assert await _count_seen(importer, "Dustin Brinkmann") == sum(
        line[1] in team for line in written
    )


async def _count_seen(importer: Importer, name: str) -> int:
    platform = importer.platform
    [(person,)] = await importer.rows("select id from person where name = %s", name)
    async with platform.database.begin(platform.schema) as work:
        viewer = await platform.gate.person_viewer(work, person, "page")
    prepared = platform.reading.count(viewer, "crm_opportunity", ListRequest(), exact=True)
    rows = await platform.database.read(platform.schema, *prepared.statements)
    return int(prepared.finish(rows)["count"])


async def _import_masters(importer: Importer, files: dict[str, bytes]) -> None:
    lines = {name: text.decode().splitlines()[1:] for name, text in files.items()}
    made = await importer.upload("crm_account", files["accounts"], "accounts.csv")
    assert [column.field for column in made.columns] == [
        "name",
        "industry",
        "year_established",
        "annual_revenue",
        "employees",
        "region",
        "parent",
    ]
    result = await importer.run(made)
    assert (result.created, result.failed) == (len(lines["accounts"]), 0)
    parents = sum(1 for line in lines["accounts"] if not line.endswith(","))
    assert (
        await importer.value("select count(*) from crm_account where parent is not null") == parents
    )
    result = await importer.whole("crm_product", files["products"])
    assert (result.created, result.failed) == (len(lines["products"]), 0)

    await importer.add_role("Agent", GrantWish("crm_opportunity", ["see"], "own"))
    await importer.add_role("Manager", GrantWish("crm_opportunity", ["see"], "subordinates"))
    people = await importer.upload("person", files["sales_teams"], "sales_teams.csv")
    assert [column.field for column in people.columns] == ["name", "manager", "department"]
    people = await importer.change(
        people,
        links={"manager": MADE, "regional_office": MADE},
        key="name",
        policy="skip",
        people=PeopleWish(role="Agent", manager_role="Manager"),
    )
    managers = {line.split(",")[1] for line in lines["sales_teams"]}
    offices = {line.split(",")[2] for line in lines["sales_teams"]}
    report = await importer.check(people)
    assert (report.to_create, report.invalid) == (len(lines["sales_teams"]) + len(managers), 0)
    result = await importer.run(people)
    assert result.created == len(lines["sales_teams"]) + len(managers)
    assert await importer.value("select count(*) from department") == len(offices)
    assert await importer.value(
        "select count(*) from person a join person m on m.id = a.manager"
        " where a.department = m.department"
    ) == len(lines["sales_teams"])


def _first_opportunity(files: dict[str, bytes]) -> tuple[object, ...]:
    line = files["sales_pipeline"].decode().splitlines()[1].split(",")
    product, account = line[2], line[3]
    return (
        "OPP-0001",
        f"{product} · {account}",
        account,
        "Moses Frase",
        "won",
        "2016-10-20",
        "2017-03-01",
        "1054.00",
        1,
    )
