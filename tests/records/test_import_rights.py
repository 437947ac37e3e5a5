"""Imports by people who may not do everything."""

import pytest
from tests.records.importing import Importer, csv_of

from guanxi.auth.people import change_person
from guanxi.kit.errors import GuanxiError
from guanxi.permissions.role import GrantWish
from guanxi.query.errors import ObjectNotFoundError
from guanxi.records.import_errors import ImportRefusedError, InvalidMappingError
from guanxi.records.import_model import Result
from guanxi.records.import_run import run_import

ALL = ["see", "create", "edit", "import"]
ACCOUNTS = GrantWish("crm_account", ["see"], "all")


async def test_without_the_right_to_import_nothing_is_taken(importer: Importer) -> None:
    stranger = await importer.as_person("Stranger")
    with pytest.raises(ObjectNotFoundError):
        await stranger.upload("crm_account", "name\nA\n")
    maker = await importer.as_person("Maker", GrantWish("crm_account", ["see", "create"], "all"))
    with pytest.raises(ImportRefusedError):
        await maker.upload("crm_account", "name\nA\n")
    with pytest.raises(ImportRefusedError):
        await maker.upload("person", "name\nA\n")


async def test_rows_one_may_not_create_are_refused_before_and_while_they_are_written(
    importer: Importer,
) -> None:
    seller = await importer.as_person("Seller", GrantWish("crm_opportunity", ALL, "own"), ACCOUNTS)
    lines = csv_of("name,stage,owner", "Mine,won,", "Also mine,won,Seller", "Hers,won,Other")
    await importer.as_person("Other")
    made = await seller.upload("crm_opportunity", lines)
    report = await seller.check(made)
    assert (report.to_create, report.invalid) == (2, 1)
    assert await importer.value("select count(*) from crm_opportunity") == 0
    assert await seller.run(made) == Result(created=2, failed=1)
    assert await importer.rows(
        "select o.name, p.name from crm_opportunity o join person p on p.id = o.owner order by 1"
    ) == [("Also mine", "Seller"), ("Mine", "Seller")]
    assert await importer.value("select code from import_problem") == "not_allowed"


async def test_records_one_may_not_see_are_no_duplicates_and_no_link_targets(
    importer: Importer,
) -> None:
    await importer.whole("crm_account", "name\nSecret\n")
    seller = await importer.as_person(
        "Seller",
        GrantWish("crm_account", ALL, "own"),
        GrantWish("crm_opportunity", ALL, "own"),
    )
    result = await seller.whole("crm_account", "name\nSecret\n", key="name", policy="skip")
    assert result == Result(created=1)
    await importer.whole("crm_account", "name\nHidden\n")
    deals = csv_of("name,stage,account", "A,won,Hidden", "B,won,Secret")
    assert await seller.whole("crm_opportunity", deals) == Result(created=1, failed=1)


async def test_fields_one_may_not_write_are_not_offered(importer: Importer) -> None:
    grant = GrantWish("crm_opportunity", ALL, "all", field_except={"amount": "read"})
    seller = await importer.as_person("Seller", grant)
    made = await seller.upload("crm_opportunity", csv_of("name,stage,amount", "A,won,5"))
    assert [column.field for column in made.columns] == ["name", "stage", None]
    with pytest.raises(InvalidMappingError):
        await seller.change(made, fields={"amount": "amount"})
    assert await seller.run(made) == Result(created=1)


async def test_records_one_may_not_change_stay(importer: Importer) -> None:
    await importer.whole("crm_opportunity", csv_of("name,opportunity_id,stage", "A,N1,won"))
    grants = (
        GrantWish("crm_opportunity", ["see", "create", "import"], "all"),
        GrantWish("crm_opportunity", ["edit"], "own"),
    )
    seller = await importer.as_person("Seller", *grants)
    lines = csv_of("name,opportunity_id,stage", "Changed,N1,won", "New,N2,won")
    made = await seller.upload("crm_opportunity", lines)
    made = await seller.change(made, key="opportunity_id", policy="update")
    report = await seller.check(made)
    assert (report.to_create, report.to_update, report.invalid) == (1, 0, 1)
    assert await seller.run(made) == Result(created=1, failed=1)
    assert (
        await importer.value("select name from crm_opportunity where opportunity_id = 'N1'") == "A"
    )


async def test_a_value_one_may_not_read_cannot_be_guessed_by_an_import(importer: Importer) -> None:
    header = "name,opportunity_id,stage,amount"
    await importer.whole("crm_opportunity", csv_of(header, "A,N1,won,5", "B,N2,won,7"))
    seller = await importer.as_person(
        "Seller",
        GrantWish("crm_opportunity", ["see", "edit"], "all", field_except={"amount": "none"}),
        GrantWish("crm_opportunity", ["see", "create", "edit", "import"], "own"),
    )
    made = await seller.upload("crm_opportunity", csv_of(header, "A,N1,won,5", "B,N2,won,6"))
    made = await seller.change(made, key="opportunity_id", policy="update")
    assert (await seller.check(made)).invalid == 2
    assert await seller.run(made) == Result(failed=2)


async def test_the_import_of_somebody_who_has_left_does_not_go_on(importer: Importer) -> None:
    seller = await importer.as_person("Seller", GrantWish("crm_account", ALL, "all"))
    made = await seller.upload("crm_account", "name\nA\n")
    await seller.begin(made)
    assert seller.person is not None
    async with importer.importing.begin() as work:
        await change_person(work, None, seller.person, {"active": False})
    with pytest.raises(GuanxiError):
        await run_import(importer.importing, made.id)
    assert await importer.value("select count(*) from crm_account") == 0


async def test_what_the_person_makes_is_theirs_and_in_their_name(importer: Importer) -> None:
    seller = await importer.as_person("Seller", GrantWish("crm_account", ALL, "all"))
    made = await seller.upload("crm_account", "name\nA\n")
    await seller.run(made)
    assert await importer.rows("select owner, created_by from crm_account") == [
        (seller.person, seller.person)
    ]
    assert await importer.rows("select actor, source, batch from change where op = 'create'") == [
        (seller.person, "import", made.id)
    ]
