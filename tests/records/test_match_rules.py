"""Duplicate rules: what may be there already is found, told, confirmed or refused."""

from typing import Any

import pytest
from tests.records.computing import design

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.match_keys import Comparison
from guanxi.metadata.match_similar import similar_words
from guanxi.metadata.match_store import key_sql
from guanxi.metadata.pending import finish_pending
from guanxi.metadata.steps import ChangeObject, ObjectChanges, RetireField
from guanxi.permissions.model import Scope
from guanxi.permissions.viewer import Viewer
from guanxi.records.ask_duplicates import ask_duplicates
from guanxi.records.bulk import Bulk
from guanxi.records.create import create
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import TYPES, SalesWorld, grant

ACCOUNT, DEAL = "crm_account", "crm_opportunity"

#: A comparison with values that come to the same, and one that comes to something else or to nothing.
ALIKE: dict[Comparison, tuple[list[str], list[str]]] = {
    Comparison.EXACT: (["A b"], ["a b"]),
    Comparison.TEXT: (["Ａ b-c（中）。", "a.bc 中"], ["abd中"]),
    Comparison.COMPANY: (
        [
            "上海宏图科技有限公司",
            "宏图科技（集团）股份有限公司",
            "宏图科技（中国）有限责任公司",
            " 深圳市宏图 科技 ",
        ],
        ["宏图贸易有限公司", "有限公司"],
    ),
    Comparison.PHONE: (
        ["138 0013 8000", "+86-138-0013-8000", "008613800138000", "8613800138000 转 2"],
        ["+44 138 0013 8000", "021-62880000", "120"],
    ),
    Comparison.EMAIL: (["A.b@X.cn", "a.b+list@x.CN"], ["ab@x.cn", "a.b"]),
    Comparison.DOMAIN: (
        ["https://www.Acme.com/a?b", "who@acme.com", "acme.com:80"],
        ["who@qq.com", "acme.com.cn"],
    ),
    Comparison.CREDIT_CODE: (
        ["91310000MA1FL0000X", "9131 0000-ma1fl0000x"],
        ["91310000MA1FL00001", "913"],
    ),
}


def rules(object_name: str, *parts: dict[str, Any]) -> ChangeObject:
    changes = ObjectChanges.model_validate({"match_rules": list(parts)})
    return ChangeObject(object=object_name, changes=changes)


COMPANY = {
    "name": "company",
    "conditions": [
        {"field": "name", "compare": "company"},
        {"field": "name", "compare": "company", "similarity": 0.5, "weight": 80},
        {"field": "phone", "compare": "phone", "weight": 60},
    ],
    "warn_at": 80,
    "block_at": 200,
}


async def saved(
    world: SalesWorld, viewer: Viewer, object_name: str, *, accepts: bool = False, **values: Any
) -> Any:
    async with world.database.begin(world.schema) as work:
        [one] = await create(
            work, viewer, world.saving, object_name, [values], accepts_duplicates=accepts
        )
    return one.id


def told(refused: pytest.ExceptionInfo[ValuesRefusedError]) -> list[tuple[str, str]]:
    return [(one.code, one.field or "") for one in refused.value.problems]


async def test_values_come_to_the_same_key_however_they_are_written(world: SalesWorld) -> None:
    async with world.database.begin(world.schema) as work:
        for comparison, (same, others) in ALIKE.items():
            keys = {await _key(work, comparison, value) for value in same}
            assert len(keys) == 1, (comparison, keys)
            assert None not in keys
            for other in others:
                assert await _key(work, comparison, other) not in keys, (comparison, other)


async def _key(work: UnitOfWork, comparison: Comparison, value: str) -> Any:
    return await work.value(f"select {key_sql(comparison, '%(v)s::text')}", {"v": value})


async def test_what_may_be_there_is_confirmed_and_what_is_there_is_refused(
    world: SalesWorld,
) -> None:
    await design(world, rules(ACCOUNT, COMPANY))
    ann = await world.viewer("ann", grant(ACCOUNT))
    first = await saved(world, ann, ACCOUNT, name="上海宏图科技有限公司", phone="138 0013 8000")
    with pytest.raises(ValuesRefusedError) as refused:
        await saved(world, ann, ACCOUNT, name="宏图科技（集团）有限公司")
    assert told(refused) == [("possible_duplicate", "name")]
    assert "上海宏图科技有限公司" in refused.value.problems[0].message.zh
    second = await saved(world, ann, ACCOUNT, accepts=True, name="宏图科技（集团）有限公司")
    # The sum of all three blocks, whoever confirms it.
    with pytest.raises(ValuesRefusedError) as refused:
        await saved(world, ann, ACCOUNT, accepts=True, name="宏图科技", phone="+8613800138000")
    assert told(refused) == [("duplicate", "name")]
    # Similar is enough to ask, a number alone is not.
    with pytest.raises(ValuesRefusedError):
        await saved(world, ann, ACCOUNT, name="宏图科创")
    third = await saved(world, ann, ACCOUNT, name="别的公司", phone="13800138000")

    async def change(id_: Any, **values: Any) -> None:
        async with world.database.begin(world.schema) as work:
            await update(work, ann, world.saving, ACCOUNT, [RecordChange(id_, values)])

    # What was confirmed does not hold up other changes; a change of what is compared is asked again.
    await change(second, industry="x")
    with pytest.raises(ValuesRefusedError):
        await change(third, name="宏图科技")
    # Nobody is there to be asked.
    await world.make(ACCOUNT, {"name": "宏图科技"})
    async with world.database.begin(world.schema) as work:
        found = await ask_duplicates(
            work,
            ann,
            world.asking,
            ACCOUNT,
            {"name": "宏图科技", "phone": "1380013"},
            record=second,
        )
    assert [(one.name, one.duplicate.score) for one in found] == [
        ("上海宏图科技有限公司", 180),
        ("宏图科技", 180),
    ]
    assert found[0].duplicate.id == first
    assert not found[0].is_hidden


async def test_rows_of_one_set_are_compared_with_one_another_too(world: SalesWorld) -> None:
    await design(world, rules(ACCOUNT, COMPANY))
    ann = await world.viewer("ann", grant(ACCOUNT))
    rows = [{"name": name} for name in ("甲乙丙有限公司", "丁戊己", "上海甲乙丙")]
    async with world.database.begin(world.schema) as work:
        results = await Bulk(work, ann, world.saving, ACCOUNT).create(rows)
        assert [one.error is None for one in results] == [True, True, False]
        accepting = Bulk(work, ann, world.saving, ACCOUNT, accepts_duplicates=True)
        results = await accepting.create(rows)
        assert [one.error is None for one in results] == [True, True, True]


async def test_other_objects_are_compared_and_hidden_records_keep_their_secrets(
    world: SalesWorld,
) -> None:
    condition = {"field": "code", "other": "phone", "compare": "phone"}
    rule = {"name": "phone", "object": ACCOUNT, "conditions": [condition]}
    await design(world, rules(DEAL, rule))
    owner = {"owner": str(world.people["bob"])}
    [account] = await world.make(ACCOUNT, {"name": "绝密客户", "phone": "13800138000", **owner})
    ann = await world.viewer("ann", grant(DEAL), grant(ACCOUNT, Scope.OWN))
    with pytest.raises(ValuesRefusedError) as refused:
        await saved(world, ann, DEAL, name="D", code="+86 138 0013 8000")
    assert told(refused) == [("possible_duplicate", "code")]
    assert "绝密客户" not in refused.value.problems[0].message.zh
    values = {"name": "D", "code": "+86 138 0013 8000"}
    async with world.database.begin(world.schema) as work:
        [hidden] = await ask_duplicates(work, ann, world.asking, DEAL, values, record=None)
        assert (hidden.name, hidden.owner, hidden.is_hidden) == ("绝密＊＊＊", "bob", True)
        assert hidden.duplicate.id is None
        boss = await world.viewer("boss", grant(DEAL), grant(ACCOUNT))
        [seen] = await ask_duplicates(work, boss, world.asking, DEAL, values, record=None)
        assert (seen.name, seen.owner, seen.duplicate.id) == ("绝密客户", "bob", account)
        # What one may not read of the form cannot be tried out.
        blind = await world.viewer("ann", grant(DEAL, code="none"))
        assert await ask_duplicates(work, blind, world.asking, DEAL, values, record=None) == []


async def test_keys_have_indexes_as_long_as_a_rule_needs_them(
    world: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def indexes() -> list[str]:
        async with world.database.begin(world.schema) as work:
            rows = await work.rows(
                "select indexname::text from pg_indexes where indexname ~ '_(same|like)$' order by 1"
            )
        return [name for (name,) in rows]

    phone = {"name": "p", "conditions": [{"field": "phone", "compare": "phone"}]}
    other = {
        **phone,
        "object": ACCOUNT,
        "conditions": [{"field": "code", "other": "phone", "compare": "phone"}],
    }
    await world.make(ACCOUNT, {"name": "A"}, {"name": "B"})
    await design(world, rules(ACCOUNT, phone))
    assert await indexes() == ["crm_account_phone_phone_same"]
    await design(world, rules(DEAL, other), rules(ACCOUNT))
    assert await indexes() == ["crm_account_phone_phone_same"]
    await design(world, rules(DEAL))
    assert await indexes() == []
    monkeypatch.setattr("guanxi.metadata.making.FEW_ROWS", 1)
    await design(world, rules(ACCOUNT, COMPANY))
    assert await indexes() == []
    await finish_pending(world.database, world.schema, TYPES)
    assert await indexes() == [
        "crm_account_name_company_like",
        "crm_account_name_company_same",
        "crm_account_phone_phone_same",
    ]
    with pytest.raises(ValuesRefusedError):
        await design(world, RetireField(object=ACCOUNT, field="phone"))


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"conditions": [{"field": "gone", "compare": "text"}]}, "unknown_field"),
    ({"conditions": [{"field": "name", "compare": "text"}], "object": "gone"}, "unknown_object"),
    ({"conditions": [{"field": "parent", "compare": "text"}]}, "not_comparable"),
    ({"conditions": [{"field": "phone", "compare": "phone", "similarity": 0.5}]}, "not_similar"),
    ({"conditions": [{"field": "name", "compare": "text", "weight": 10}]}, "never"),
)


async def test_rules_that_cannot_work_are_refused(world: SalesWorld) -> None:
    for part, code in REFUSED:
        with pytest.raises(ValuesRefusedError) as refused:
            await design(world, rules(ACCOUNT, {"name": "r", **part}))
        assert [one.code for one in refused.value.problems] == [code]


def test_a_search_for_what_is_similar_stays_short() -> None:
    assert len(similar_words("宏图科技信息技术服务贸易发展", 0.6)) < 3000
    assert similar_words("中", 0.8) == "('#1') & (('中'))"
