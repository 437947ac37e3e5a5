"""Whatever the design, the roles and the writes: everybody sees and does exactly what the plain account says.

A failure names its seed; `pytest -k 'SEED]'` runs it again, and the message tells the design, the roles and the deeds.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.permissions.any_design import (
    DEPARTMENTS,
    PEOPLE,
    TEXTS,
    WORDS,
    AnyDesign,
    organisation,
    wish_of,
)
from tests.permissions.look import Ground, Look, to_wire
from tests.permissions.plain_conditions import Somebody
from tests.permissions.plain_world import PlainWorld, Right, Row

from guanxi.auth.departments import create_department
from guanxi.auth.people import change_person, create_person
from guanxi.bootstrap import Platform, open_platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import GuanxiError
from guanxi.kit.settings import Settings
from guanxi.permissions.roles import change_role, create_role
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import NotFoundError
from guanxi.records.bulk import Bulk
from guanxi.records.create import create
from guanxi.records.delete import delete, restore
from guanxi.records.update import RecordChange, update
from guanxi.search.find import find
from guanxi.testing.sales import make_objects

DEEDS = 36
#: Everything is looked at again after so many deeds.
ROUND = 12
NOBODY = UUID(int=0)


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 40))]
)
async def test_everybody_sees_and_does_what_the_plain_account_says(
    seed: int, conninfo: str, tmp_path: Path
) -> None:
    platform = await open_platform(Settings(locale="en"), conninfo, extensions=())
    trial = await Trial.begin(platform, AnyDesign(seed), tmp_path)
    try:
        for number in range(DEEDS):
            if number % ROUND == 0:
                await trial.deal_rights()
            await trial.do_something()
            if number % ROUND == ROUND - 1:
                await trial.look_at_everything()
    except Exception as error:
        error.add_note(f"seed {seed}\n{trial.told()}")
        raise
    finally:
        await platform.database.close()


class Trial(Ground):
    """One random world, in the product and in the plain account."""

    def __init__(
        self,
        platform: Platform,
        design: AnyDesign,
        world: PlainWorld,
        roles: Sequence[UUID],
        folder: Path,
    ) -> None:
        super().__init__(platform, design, world, folder)
        self.roles = roles
        self.deeds: list[str] = []

    @classmethod
    async def begin(cls, platform: Platform, design: AnyDesign, folder: Path) -> "Trial":
        async with platform.database.begin(platform.schema) as work:
            await make_objects(work, design.definitions())
            units: dict[str, UUID] = {}
            for name, above in DEPARTMENTS.items():
                made = await create_department(work, name=name, parent=units.get(above or ""))
                units[name] = made.id
            people: dict[str, UUID] = {}
            for name, (department, manager) in PEOPLE.items():
                person = await create_person(
                    work,
                    None,
                    name=name,
                    email=f"{name}@example.com",
                    department=units.get(department or ""),
                    manager=people.get(manager or ""),
                )
                people[name] = person.id
            viewer = await platform.gate.system_viewer(work, "job")
            roles = [
                (await create_role(work, viewer, name={"en": f"Role {number}"})).id
                for number in range(4)
            ]
        world = PlainWorld(design.columns, organisation(units, people))
        return cls(platform, design, world, roles, folder)

    def told(self) -> str:
        rights = [
            f"  {self.world.people[person].name}: {right}"
            for person, rights in self.world.rights.items()
            for right in rights
        ]
        columns = [f"  {name}: {columns}" for name, columns in self.design.columns.items()]
        return "\n".join(["design", *columns, "rights", *rights, "deeds", *self.deeds[-3:]])

    # Rights

    async def deal_rights(self) -> None:
        """Every role gives something else from now on, and people change their roles."""
        gives: dict[UUID, list[Right]] = {}
        async with self.platform.database.begin(self.platform.schema) as work:
            viewer = await self.platform.gate.system_viewer(work, "job")
            for role in self.roles:
                gives[role] = self.design.grants()
                wishes = [wish_of(one) for one in gives[role]]
                await change_role(work, viewer, role, {"grants": wishes})
            for person in self.world.people:
                own = self.random.sample(self.roles, self.random.choice((1, 1, 2, 2, 3)))
                await change_person(work, None, person, {"roles": own})
                self.world.rights[person] = [right for role in own for right in gives[role]]

    # Writes

    async def do_something(self) -> None:
        me = self.random.choice(list(self.world.people.values()))
        object_name = self.random.choice(list(self.design.columns))
        deed = self.random.choice(
            (self.create, self.create, self.update, self.update, self.delete, self.restore)
        )
        # Who has no right at all to it is of little interest: one of three such tries is made.
        action = {"create": "create", "update": "edit"}.get(deed.__name__, "delete")
        if not self.world.grants(me, action, object_name) and self.random.random() < 0.67:
            return await self.do_something()
        await deed(me, object_name)
        await self.compare_records()
        return None

    async def create(self, me: Somebody, object_name: str) -> None:
        count = self.random.choice((1, 1, 2, 4))
        sent = [self.design.values(self.world, object_name) for _ in range(count)]
        wire = [{name: to_wire(value) for name, value in one.items()} for one in sent]

        async def one(work: UnitOfWork, viewer: Viewer) -> list[UUID]:
            made = await create(work, viewer, self.platform.saving, object_name, wire)
            return [saved.id for saved in made]

        async def each(work: UnitOfWork, viewer: Viewer) -> list[Any]:
            bulk = Bulk(work, viewer, self.platform.saving, object_name)
            return await bulk.create(wire)

        told = f"{me.name} creates {object_name} {sent}"
        if self.random.random() < 0.5:
            ids, kind = await self.act(me, told, one)
            new = list(zip(ids or [NOBODY] * count, sent, strict=True))
            self.expect(kind, told, lambda: self.world.create(me, object_name, new))
        else:
            results = await self.act_on_each(me, f"{told}, each", each)
            ids = [one.saved.id if one.saved else NOBODY for one in results]
            kinds = self.world.tried(
                lambda some: self.world.create(me, object_name, some),
                list(zip(ids, sent, strict=True)),
            )
            assert _kinds(results) == kinds, told

    async def update(self, me: Somebody, object_name: str) -> None:
        ids = self._some(object_name, deleted=False)
        sent = self.design.values(self.world, object_name, of=ids)
        wire = {name: to_wire(value) for name, value in sent.items()}
        told = f"{me.name} updates {object_name} {ids} {sent}"
        if self.random.random() < 0.5:
            versions = {id_: self._version(object_name, id_) for id_ in ids}
            changes = [RecordChange(id_, wire, versions[id_]) for id_ in ids]
            _, kind = await self.act(
                me,
                told,
                lambda work, viewer: update(
                    work, viewer, self.platform.saving, object_name, changes
                ),
            )
            wishes = [(id_, sent, versions[id_]) for id_ in ids]
            self.expect(kind, told, lambda: self.world.update(me, object_name, wishes))
        else:
            results = await self.act_on_each(
                me,
                f"{told}, each",
                lambda work, viewer: Bulk(work, viewer, self.platform.saving, object_name).update(
                    ids, wire
                ),
            )
            kinds = self.world.tried(
                lambda some: self.world.update(me, object_name, some),
                [(id_, sent, None) for id_ in ids],
            )
            assert _kinds(results) == kinds, told

    async def delete(self, me: Somebody, object_name: str) -> None:
        ids = self._some(object_name, deleted=False)
        told = f"{me.name} deletes {object_name} {ids}"
        if self.random.random() < 0.5:
            _, kind = await self.act(
                me,
                told,
                lambda work, viewer: delete(
                    work, viewer, self.platform.saving, object_name, dict.fromkeys(ids)
                ),
            )
            self.expect(kind, told, lambda: self.world.delete(me, object_name, ids))
        else:
            results = await self.act_on_each(
                me,
                f"{told}, each",
                lambda work, viewer: Bulk(work, viewer, self.platform.saving, object_name).delete(
                    ids
                ),
            )
            kinds = self.world.tried(lambda some: self.world.delete(me, object_name, some), ids)
            assert _kinds(results) == kinds, told

    async def restore(self, me: Somebody, object_name: str) -> None:
        ids = self._some(object_name, deleted=True)
        told = f"{me.name} restores {object_name} {ids}"
        _, kind = await self.act(
            me,
            told,
            lambda work, viewer: restore(work, viewer, self.platform.saving, object_name, ids),
        )
        self.expect(kind, told, lambda: self.world.restore(me, object_name, ids))

    async def act(
        self, me: Somebody, told: str, deed: Callable[[UnitOfWork, Viewer], Any]
    ) -> tuple[Any, str | None]:
        """What came of a request, or the code of its refusal; in one transaction, as the API does it."""
        self.deeds.append(told)
        database, gate = self.platform.database, self.platform.gate
        try:
            async with database.begin(self.platform.schema, pipelined=True) as work:
                return await deed(work, await gate.person_viewer(work, me.id, "page")), None
        except GuanxiError as error:
            return None, error.code

    async def act_on_each(
        self, me: Somebody, told: str, deed: Callable[[UnitOfWork, Viewer], Any]
    ) -> Any:
        results, kind = await self.act(me, told, deed)
        assert kind is None, (kind, told)
        return results

    def expect(self, kind: str | None, told: str, deed: Callable[[], None]) -> None:
        """The account comes to the same end; refused, it stays as it was."""
        [expected] = self.world.tried(lambda _: deed(), [None])
        assert kind == expected, told

    def _some(self, object_name: str, *, deleted: bool) -> list[UUID]:
        rows = [one for one in self.world.rows[object_name].values() if one.deleted is deleted]
        if self.random.random() < 0.05:
            rows = list(self.world.rows[object_name].values())
        count = min(len(rows), self.random.choice((1, 1, 2, 4)))
        return [one.id for one in self.random.sample(rows, count)] or [NOBODY]

    def _version(self, object_name: str, id_: UUID) -> int | None:
        row = self.world.rows[object_name].get(id_)
        if row is None or self.random.random() < 0.4:
            return None
        return row.version - (self.random.random() < 0.1)

    async def compare_records(self) -> None:
        """What is stored is what the account holds."""
        for object_name, rows in self.world.rows.items():
            names = list(self.world.columns[object_name])
            listed = ", ".join(names)
            async with self.platform.database.begin(self.platform.schema) as work:
                stored = await work.rows(
                    f"select id, version, deleted_at is not null, {listed} from {object_name}"
                )
            assert {row[0]: row[1:] for row in stored} == {
                row.id: (row.version, row.deleted, *(row.values.get(name) for name in names))
                for row in rows.values()
            }, object_name

    # Reads

    async def look_at_everything(self) -> None:
        for me in self.world.people.values():
            async with self.platform.database.begin(self.platform.schema) as work:
                viewer = await self.platform.gate.person_viewer(work, me.id, "page")
            for object_name in self.design.columns:
                if not self.world.grants(me, "see", object_name):
                    with pytest.raises(NotFoundError):
                        await self.page(viewer, object_name)
                    continue
                look = Look(self, me, viewer, object_name)
                await look.at_lists()
                await look.at_the_order()
                await look.at_answers_to_filters()
                await look.at_figures()
                await look.at_single_records()
                await look.at_news()
                await look.at_exports()
            await self.look_at_searches(me, viewer)

    async def look_at_searches(self, me: Somebody, viewer: Viewer) -> None:
        for word in (*self.random.sample(WORDS, 2), "bengye"):
            found = await self.answer(find(viewer, self.platform.asking, word, limit=50))
            groups = {group["object"]: group["records"] for group in found["groups"]}
            for object_name in self.design.columns:
                rows = self.found_by(me, object_name, word)
                records = groups.get(object_name, [])
                assert {one["id"] for one in records} == {str(row.id) for row in rows}, word
                names = {one["id"]: one["name"] for one in records}
                for row in rows:
                    assert names[str(row.id)] == self.world.shown(me, object_name, row, "name")

    def found_by(self, me: Somebody, object_name: str, word: str) -> list[Row]:
        def holds(row: Row) -> bool:
            texts = {
                name: self.world.shown(me, object_name, row, name) or ""
                for name in TEXTS
                if name in self.world.columns[object_name]
            }
            if word == "bengye":
                return WORDS[-1] in texts["name"]
            return any(word in text for text in texts.values())

        return [row for row in self.world.visible(me, object_name) if holds(row)]


def _kinds(results: Sequence[Any]) -> list[str | None]:
    return [None if one.error is None else one.error.code for one in results]
