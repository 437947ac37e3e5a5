import json
from typing import Any

from guanxi.auth.store import load_person
from guanxi.bootstrap import Platform, fill_demo
from guanxi.kit.text import label_in
from guanxi.permissions.rights import load_rights
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import ListRequest


async def _viewer(platform: Platform, email: str) -> Viewer:
    async with platform.database.begin(platform.schema) as work:
        person = await load_person(
            work, await work.value("select id from person where email = %s", [email])
        )
        assert person is not None
        return Viewer(
            person=person,
            rights=await load_rights(work, person),
            catalog=await platform.gate.catalog(work),
            locale="en",
            zone=platform.zone,
            source="page",
        )


async def _ask(platform: Platform, prepared: Any) -> Any:
    return prepared.finish(await platform.database.read(platform.schema, *prepared.statements))


async def _count(platform: Platform, viewer: Viewer, object_name: str, filter_: Any = None) -> int:
    request = ListRequest(filter=filter_)
    answer = await _ask(platform, platform.reading.count(viewer, object_name, request, exact=True))
    return int(answer["count"])


async def _rows(platform: Platform, query: str) -> list[tuple[Any, ...]]:
    async with platform.database.begin(platform.schema) as work:
        return await work.rows(query)


async def test_the_demonstration_is_a_year_of_business(demo: Platform) -> None:
    admin = await _viewer(demo, "admin@example.com")
    assert await _count(demo, admin, "crm_account") == 182
    assert await _count(demo, admin, "crm_product") == 25
    assert await _count(demo, admin, "crm_opportunity") == 600
    assert await _count(demo, admin, "crm_contact") > 300
    stages = dict(await _rows(demo, "select stage, count(*) from crm_opportunity group by stage"))
    assert min(stages[one] for one in ("prospecting", "engaging", "proposal", "negotiation")) > 15
    assert 0.3 < stages["won"] / (stages["won"] + stages["lost"]) < 0.6
    months = await _rows(
        demo, "select distinct date_trunc('month', created_at) from crm_opportunity"
    )
    assert len(months) >= 12


async def test_each_person_of_the_demonstration_sees_what_their_role_gives(demo: Platform) -> None:
    admin, manager, rep1, rep2 = [
        await _viewer(demo, f"{name}@example.com") for name in ("admin", "manager", "rep1", "rep2")
    ]
    everything = await _count(demo, admin, "crm_opportunity")
    led = await _count(demo, manager, "crm_opportunity")
    first = await _count(demo, rep1, "crm_opportunity")
    second = await _count(demo, rep2, "crm_opportunity")
    assert 0 < first < led < everything
    assert first + second < led
    assert (
        await _count(demo, rep1, "crm_opportunity", {"not": {"field": "owner", "op": "is_me"}}) == 0
    )
    page = await _ask(
        demo,
        demo.reading.page(rep1, "crm_product", ListRequest(fields=["name", "list_price"], limit=3)),
    )
    assert len(json.loads(page)["records"]) == 3


async def test_the_past_is_told_as_it_happened(demo: Platform) -> None:
    """Nobody changed anything before it was made, nor at night, nor tomorrow."""
    [(wrong,)] = await _rows(
        demo,
        """
        select count(*) from (
          select at - lag(at) over (partition by record order by id) as step, at,
                 extract(hour from at at time zone 'Asia/Shanghai') as hour from change) told
         where step < interval '0' or at > '2026-06-18 07:30Z' or hour not between 9 and 16""",
    )
    assert wrong == 0
    [(unlike,)] = await _rows(
        demo,
        """
        select count(*) from crm_opportunity o where updated_at <>
          (select max(at) from change c where c.record = o.id)
          or created_at <> (select min(at) from change c where c.record = o.id)
          or version <> (select max(version) from change c where c.record = o.id)""",
    )
    assert unlike == 0
    [(misnumbered,)] = await _rows(
        demo,
        "select count(*) from crm_opportunity where substr(number, 5, 6)"
        " <> to_char(created_at at time zone 'Asia/Shanghai', 'YYYYMM')",
    )
    assert misnumbered == 0


async def test_the_demonstration_fills_only_an_empty_workspace(demo: Platform) -> None:
    assert not await fill_demo(demo)
    assert await _rows(demo, "select count(*) from crm_opportunity") == [(600,)]


async def test_the_sign_ins_of_the_demonstration_have_their_roles(demo: Platform) -> None:
    rows = await _rows(
        demo,
        "select p.email, r.name from person p join person_role pr on pr.person = p.id"
        " join role r on r.id = pr.role where p.email = any("
        "array['admin@example.com', 'manager@example.com', 'rep1@example.com', 'rep2@example.com'])",
    )
    assert {email.split("@")[0]: label_in(name, "en") for email, name in rows} == {
        "admin": "Administrator",
        "manager": "Sales manager",
        "rep1": "Salesperson",
        "rep2": "Salesperson",
    }
