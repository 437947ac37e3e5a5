"""Files of a sales pipeline brought into the CRM as it is installed."""

from pathlib import Path
from typing import Any

import pytest
from tests.records.importing import Importer, csv_of

from guanxi.bootstrap import Platform

ACCOUNTS = csv_of(
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
    "Bluth Company,technolgy,1993,1242.32,3027,United States,Acme Corporation",
    "Acme Corporation,medical,1996,1100.04,2822,United States,",
)
PRODUCTS = csv_of("product,series,sales_price", "GTX Pro,GTX,4821")
PIPELINE = csv_of(
    "opportunity_id,product,account,deal_stage,engage_date,close_date,close_value",
    "1C1I7A6R,GTX Pro,Bluth Company,Won,10/20/2016,3/1/2017,1054",
    "Z063OYW0,GTX Pro,Acme Corporation,Lost,10/25/2016,,0",
    "MV1LWRNH,GTX Pro,,Engaging,10/25/2016,,",
    "PE84CX4O,GTX Pro,,Prospecting,,,",
)


@pytest.fixture
def importer(crm: Platform, tmp_path: Path) -> Importer:
    return Importer(crm, tmp_path)


async def brought_in(importer: Importer, object_name: str, content: str) -> dict[str, str | None]:
    """Imports with what was guessed; the fields by header."""
    import_ = await importer.upload(object_name, content)
    report = await importer.check(import_)
    assert report.invalid == 0, report
    result = await importer.run(import_)
    assert (result.created, result.failed) == (report.to_create, 0)
    return {column.header: column.field for column in import_.columns}


async def rows(platform: Platform, query: str) -> list[tuple[Any, ...]]:
    async with platform.database.begin(platform.schema) as work:
        return await work.rows(query)


async def test_every_column_of_a_pipeline_finds_its_field(
    crm: Platform, importer: Importer
) -> None:
    assert await brought_in(importer, "crm_account", ACCOUNTS) == {
        "account": "name",
        "sector": "industry",
        "year_established": "year_established",
        "revenue": "annual_revenue",
        "employees": "employees",
        "office_location": "region",
        "subsidiary_of": "parent",
    }
    assert await brought_in(importer, "crm_product", PRODUCTS) == {
        "product": "name",
        "series": "series",
        "sales_price": "list_price",
    }
    assert await brought_in(importer, "crm_opportunity", PIPELINE) == {
        "opportunity_id": "opportunity_id",
        "product": "product",
        "account": "account",
        "deal_stage": "stage",
        "engage_date": "engage_date",
        "close_date": "close_date",
        "close_value": "amount",
    }
    parents = await rows(
        crm,
        "select a.name, p.name from crm_account a left join crm_account p on p.id = a.parent order by 1",
    )
    assert parents == [("Acme Corporation", None), ("Bluth Company", "Acme Corporation")]


async def test_an_imported_stage_brings_its_probability_and_no_date_of_its_own(
    crm: Platform, importer: Importer
) -> None:
    await brought_in(importer, "crm_account", ACCOUNTS)
    await brought_in(importer, "crm_product", PRODUCTS)
    await brought_in(importer, "crm_opportunity", PIPELINE)
    assert await rows(
        crm,
        "select opportunity_id, stage, probability::int, close_date::text from crm_opportunity order by 1",
    ) == [
        ("1C1I7A6R", "won", 100, "2017-03-01"),
        ("MV1LWRNH", "engaging", 30, None),
        ("PE84CX4O", "prospecting", 10, None),
        ("Z063OYW0", "lost", 0, None),
    ]


async def test_the_same_pipeline_again_changes_nothing(crm: Platform, importer: Importer) -> None:
    await brought_in(importer, "crm_account", ACCOUNTS)
    await brought_in(importer, "crm_product", PRODUCTS)
    await brought_in(importer, "crm_opportunity", PIPELINE)
    before = await rows(crm, "select count(*) from change")
    again = await importer.upload("crm_opportunity", PIPELINE)
    assert again.duplicates.key == "opportunity_id"
    result = await importer.run(again)
    assert (result.created, result.updated, result.unchanged) == (0, 0, 4)
    assert await rows(crm, "select count(*) from change") == before
