"""Nothing a role may not read leaves the server, by whatever route and in whatever part of an answer.

Every route is either asked here, with everything one could ask it for records by, or named as one that never reads
records. A route that is neither fails the first test.
"""

import asyncio
import base64
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.api.canaries import (
    ACCOUNT,
    OPPORTUNITY,
    ROLES,
    TEXTS,
    Row,
    World,
    leaks,
    make_world,
)
from tests.api.test_events import address, line  # noqa: F401 -- `address` is a fixture

from guanxi.api.app import ROUTERS, create_app
from guanxi.api.routes import description, operations
from guanxi.bootstrap import Platform
from guanxi.testing.browser import Browser
from guanxi.worker.running import working


@dataclass(frozen=True)
class Question:
    """One request. `sent` are canaries it holds itself; `about` must not be found by it."""

    method: str
    path: str
    body: Any = None
    sent: tuple[str, ...] = ()
    about: Row | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Somebody with one role who tries to learn more than it gives."""

    browser: Browser
    role: str
    world: World

    @property
    def hidden(self) -> list[Row]:
        return [row for row in self.world.rows if not self.world.may_see(self.role, row)]

    @property
    def seen(self) -> list[Row]:
        return [row for row in self.world.rows if self.world.may_see(self.role, row)]

    def secrets(self) -> Iterator[tuple[Row, str, str]]:
        """Rows and values the reader may not know; of objects without any grant one row is enough."""
        closed: set[str] = set()
        for row in self.world.rows:
            if row.object in closed:
                continue
            if not self.world.may_ever_read(self.role, row.object, "name"):
                closed.add(row.object)
            for name, canary in row.canaries.items():
                if not self.world.may_read(self.role, row, name):
                    yield row, name, canary

    def guesses(self) -> Iterator[tuple[Row, str, Any]]:
        """Filters that would find a row by a value the reader may not know; every operator for the first rows."""
        tried: Counter[str] = Counter()
        for row, name, canary in self.secrets():
            guesses: dict[str, Any] = {"eq": canary, "in": [canary], "ends_with": canary[-8:]}
            if name == "amount":
                guesses = {"eq": canary, "between": [canary, canary]}
            elif name == "note":
                guesses = {"contains": canary, "starts_with": canary[:-1]}
            tried[name] += 1
            for operator, value in list(guesses.items())[: None if tried[name] < 3 else 1]:
                yield row, canary, {"field": name, "op": operator, "value": value}

    def guesses_over_links(self) -> Iterator[tuple[Row, str, Any]]:
        """Filters that would find an opportunity by something hidden of its account."""
        for row in self.world.rows:
            account = row.account
            if account is None:
                continue
            for name, canary in account.canaries.items():
                if not (
                    self.world.may_read(self.role, row, "account")
                    and self.world.may_read(self.role, account, name)
                ):
                    test = {"field": f"account.{name}", "op": "eq", "value": canary}
                    yield row, canary, test


Asking = Callable[[Reader], Iterator[Question]]


def lists(reader: Reader) -> Iterator[Question]:
    for name in (ACCOUNT, OPPORTUNITY):
        path = f"/records/{name}"
        yield Question("GET", path)
        yield Question("GET", f"{path}?deleted=true")
        yield Question("GET", f"{path}?q=kanary")
    path = f"/records/{OPPORTUNITY}"
    for one in (*TEXTS, "amount", "account.name", "account.industry", "owner.name"):
        yield Question("GET", f"{path}?fields=stage,{one}")
        yield Question("GET", f"{path}?fields=stage&sort={one}&limit=1")
        yield Question("GET", f"{path}?fields=stage&sort=-{one}&limit=1")
    for row, _, canary in reader.secrets():
        yield Question("GET", f"/records/{row.object}?q={canary}", sent=(canary,), about=row)


def queries(reader: Reader) -> Iterator[Question]:
    for row, canary, test in (*reader.guesses(), *reader.guesses_over_links()):
        body = {"filter": {"not": {"not": test}}, "fields": ["owner"]}
        path = f"/records/{row.object}/query"
        yield Question("POST", path, body, sent=(canary,), about=row)


def counts(reader: Reader) -> Iterator[Question]:
    for row, canary, test in (*reader.guesses(), *reader.guesses_over_links()):
        body = {"filter": test, "exact": True}
        yield Question("POST", f"/records/{row.object}/count", body, sent=(canary,), about=row)


def aggregates(reader: Reader) -> Iterator[Question]:
    path = f"/records/{OPPORTUNITY}/aggregate"
    for name in (*TEXTS, "account", "account.name", "owner", "stage", "amount"):
        for measure in ("count", "sum", "minimum", "maximum", "count_filled"):
            part = {"op": measure} if measure == "count" else {"op": measure, "field": "amount"}
            yield Question("POST", path, {"group_by": [name], "measures": [part]})
    for name in TEXTS:
        for measure in ("minimum", "maximum"):
            body = {"group_by": [], "measures": [{"op": measure, "field": name}]}
            yield Question("POST", path, body)


def searches(reader: Reader) -> Iterator[Question]:
    yield Question("GET", "/search?q=kanary")
    for row, _, canary in reader.secrets():
        yield Question("GET", f"/search?q={canary}", sent=(canary,), about=row)


def exports(reader: Reader) -> Iterator[Question]:
    for name in (ACCOUNT, OPPORTUNITY):
        for format_ in ("csv", "xlsx"):
            yield Question("POST", "/exports", {"object": name, "format": format_})
        ids = [row.id for row in reader.world.rows if row.object == name]
        yield Question("POST", "/exports", {"object": name, "ids": ids})
    for one in (*TEXTS, "amount", "account.name"):
        body = {"object": OPPORTUNITY, "fields": ["stage", one], "sort": [one]}
        yield Question("POST", "/exports", body)


def single_records(reader: Reader) -> Iterator[Question]:
    for row in reader.world.rows:
        yield Question("GET", f"/records/{row.object}/{row.id}", sent=(row.id,))


def histories(reader: Reader) -> Iterator[Question]:
    for row in reader.world.rows:
        yield Question("GET", f"/records/{row.object}/{row.id}/history", sent=(row.id,))


def reveals(reader: Reader) -> Iterator[Question]:
    """Of fields that are no secrets as well; secrets have tests of their own in test_secrets."""
    for row in reader.world.rows:
        for name in row.canaries:
            yield Question(
                "POST", f"/records/{row.object}/{row.id}/reveal", {"field": name}, sent=(row.id,)
            )


def lines(reader: Reader) -> Iterator[Question]:
    """Asked of objects that have none; test_lines asks of lines by roles that may not read some."""
    for row in reader.world.rows:
        yield Question("GET", f"/records/{row.object}/{row.id}/lines/amount", sent=(row.id,))


def stale_changes(reader: Reader) -> Iterator[Question]:
    """A conflict shows the record as it is now."""
    for row in reader.world.rows:
        path = f"/records/{row.object}/{row.id}"
        headers = {"If-Match": '"1"'}
        yield Question("PATCH", path, {"name": "x"}, sent=(row.id,), headers=headers)


def deletions(reader: Reader) -> Iterator[Question]:
    for row in reader.world.rows:
        path = f"/records/{row.object}/{row.id}"
        yield Question("DELETE", path, sent=(row.id,), headers={"If-Match": '"1"'})


def merges(reader: Reader) -> Iterator[Question]:
    """Making a hidden record and one's own into one, either way round, tried out."""
    for row in reader.hidden:
        for other in (one for one in reader.world.rows if one.object == row.object):
            for master, merged in ((row, other), (other, row)):
                body = {"master": master.id, "records": [merged.id], "dry_run": True}
                path = f"/records/{row.object}/merge"
                yield Question("POST", path, body, sent=(row.id, other.id))
            break


def undone_merges(reader: Reader) -> Iterator[Question]:
    for row in reader.hidden:
        yield Question("POST", f"/records/{row.object}/merges/{row.id}/undo", sent=(row.id,))


def restorations(reader: Reader) -> Iterator[Question]:
    for row in reader.hidden:
        yield Question("POST", f"/records/{row.object}/{row.id}/restore", sent=(row.id,))


def bulk_changes(reader: Reader) -> Iterator[Question]:
    for row in reader.hidden:
        path = f"/records/{row.object}/bulk"
        for body in (
            {"action": "update", "ids": [row.id], "values": {"name": "mine now"}},
            {"action": "delete", "ids": [row.id]},
        ):
            yield Question("POST", path, body, sent=(row.id,))


def creations(reader: Reader) -> Iterator[Question]:
    """Taken codes and links to hidden accounts are refused without telling whose they are."""
    for row in reader.world.rows:
        if row.object == OPPORTUNITY and not reader.world.may_see(reader.role, row):
            code = row.canaries["code"]
            body = {"name": "New", "code": code}
            yield Question("POST", f"/records/{OPPORTUNITY}", body, sent=(code,))
        if row.object == ACCOUNT and not reader.world.may_see(reader.role, row):
            body = {"name": "New", "account": row.id}
            yield Question("POST", f"/records/{OPPORTUNITY}", body, sent=(row.id,))


def previews(reader: Reader) -> Iterator[Question]:
    """What is typed into a form: of a record of somebody else, and with a link to a hidden one."""
    for row in reader.world.rows:
        path = f"/records/{row.object}/preview"
        yield Question("POST", path, {"id": row.id, "values": {"name": "New"}}, sent=(row.id,))
        if row.object == ACCOUNT and not reader.world.may_see(reader.role, row):
            body = {"values": {"name": "New", "account": row.id}}
            yield Question("POST", f"/records/{OPPORTUNITY}/preview", body, sent=(row.id,))


def candidates(reader: Reader) -> Iterator[Question]:
    """What a link may point to, as one types a name or asks whether a record still fits."""
    path = f"/records/{OPPORTUNITY}/candidates"
    yield Question("POST", path, {"field": "account", "fields": ["name"]})
    for row in reader.world.rows:
        if row.object == ACCOUNT:
            body = {"field": "account", "values": {"name": "New"}, "ids": [row.id]}
            yield Question("POST", path, body, sent=(row.id,))
        elif row.object == OPPORTUNITY:
            body = {"field": "account", "id": row.id}
            yield Question("POST", path, body, sent=(row.id,))


def told_rules(reader: Reader) -> Iterator[Question]:
    """What rules say while a record is filled in: of records of others, and with links to hidden ones."""
    for row in reader.world.rows:
        asked = [{"id": row.id, "values": {"name": "New"}}]
        if row.object == ACCOUNT:
            linked = {"records": [{"values": {"name": "New", "account": row.id}}]}
            yield Question("POST", f"/records/{OPPORTUNITY}/rules", linked, sent=(row.id,))
        yield Question("POST", f"/records/{row.object}/rules", {"records": asked}, sent=(row.id,))


def duplicates(reader: Reader) -> Iterator[Question]:
    """Whether a record is there already, as one types what a hidden one holds."""
    for row, name, canary in reader.secrets():
        body = {"values": {name: canary}}
        yield Question("POST", f"/records/{row.object}/duplicates", body, sent=(canary,), about=row)


def accesses(reader: Reader) -> Iterator[Question]:
    for row in reader.world.rows:
        path = f"/people/{reader.browser.person}/access?object={row.object}&record={row.id}"
        yield Question("GET", path, sent=(row.id,))


def once(*paths: str) -> Asking:
    def ask(reader: Reader) -> Iterator[Question]:
        for path in paths:
            yield Question("GET", path)

    return ask


RECORDS, RECORD = "/records/{object_name}", "/records/{object_name}/{record_id}"

ASKED: dict[tuple[str, str], Asking] = {
    ("GET", RECORDS): lists,
    ("POST", f"{RECORDS}/query"): queries,
    ("POST", f"{RECORDS}/count"): counts,
    ("POST", f"{RECORDS}/aggregate"): aggregates,
    ("GET", RECORD): single_records,
    ("GET", f"{RECORD}/history"): histories,
    ("POST", f"{RECORD}/reveal"): reveals,
    ("GET", f"{RECORD}/lines/{{field_name}}"): lines,
    ("GET", "/search"): searches,
    ("POST", "/exports"): exports,
    ("PATCH", RECORD): stale_changes,
    ("DELETE", RECORD): deletions,
    ("POST", f"{RECORD}/restore"): restorations,
    ("POST", f"{RECORDS}/bulk"): bulk_changes,
    ("POST", RECORDS): creations,
    ("POST", f"{RECORDS}/preview"): previews,
    ("POST", f"{RECORDS}/candidates"): candidates,
    ("POST", f"{RECORDS}/rules"): told_rules,
    ("POST", f"{RECORDS}/duplicates"): duplicates,
    ("POST", f"{RECORDS}/merge"): merges,
    ("POST", f"{RECORDS}/merges/{{merge_id}}/undo"): undone_merges,
    ("GET", "/people/{person_id}/access"): accesses,
    ("GET", "/views"): once(f"/views?object={ACCOUNT}", f"/views?object={OPPORTUNITY}"),
    ("GET", "/objects"): once("/objects"),
    ("GET", "/objects/{object_name}"): once(f"/objects/{OPPORTUNITY}"),
    ("GET", "/objects/{object_name}/fields"): once(f"/objects/{OPPORTUNITY}/fields"),
    ("GET", "/objects/{object_name}/computing"): once(f"/objects/{OPPORTUNITY}/computing"),
    ("GET", "/design/objects"): once("/design/objects"),
    ("GET", "/design/computing"): once("/design/computing"),
    ("GET", "/design/history"): once("/design/history"),
    ("GET", "/design/history/{version}/{place}/undo"): once("/design/history/1/0/undo"),
    ("GET", "/apps"): once("/apps"),
    ("GET", "/me"): once("/me"),
    ("GET", "/people"): once("/people"),
    ("GET", "/departments"): once("/departments"),
    ("GET", "/roles"): once("/roles"),
    ("GET", "/workspace"): once("/workspace"),
    ("GET", "/imports"): once("/imports", f"/imports?object={OPPORTUNITY}"),
    ("GET", "/api/openapi.json"): once("/../openapi.json"),
    ("GET", "/metrics"): once("/../../metrics"),
}

#: Asked by tests of their own below; files in test_files, by people who may not read the record, or not the field.
ASKED_BELOW = {
    ("POST", "/files"),
    ("GET", "/files/{file_id}"),
    ("GET", "/files/{file_id}/thumbnail"),
    ("POST", "/imports"),
    ("GET", "/imports/{import_id}"),
    ("POST", "/imports/{import_id}/check"),
    ("GET", "/imports/{import_id}/errors.csv"),
    ("POST", "/imports/{import_id}/run"),
    ("PATCH", "/imports/{import_id}"),
    ("GET", "/events"),
    ("POST", "/design/plan"),
}

#: They change settings; test_canary_settings asks every one of them for real.
WITHOUT_RECORDS = {
    *(("POST", path) for path in ("/setup", "/session", "/me/password", "/tokens")),
    *(("POST", path) for path in ("/people", "/departments", "/roles", "/views")),
    *(("POST", path) for path in ("/design/apply", "/objects/{object_name}/fields")),
    ("POST", "/design/computing/{object_name}/retry"),
    *(("GET", path) for path in ("/setup", "/tokens", "/field-types", "/healthz", "/readyz")),
    *(("GET", path) for path in ("/calendars", "/calendars/near", "/calendars/{name}/versions")),
    ("GET", "/calendars/{name}/years/{year}"),
    ("PUT", "/calendars/{name}"),
    ("PUT", "/calendars/{name}/days"),
    ("PUT", "/calendars/{name}/years/{year}"),
    ("DELETE", "/calendars/{name}"),
    ("PATCH", "/me"),
    ("PATCH", "/workspace"),
    ("PATCH", "/people/{person_id}"),
    ("PATCH", "/departments/{department_id}"),
    ("PATCH", "/roles/{role_id}"),
    ("PATCH", "/views/{view_id}"),
    ("DELETE", "/session"),
    ("DELETE", "/tokens/{token_id}"),
    ("DELETE", "/departments/{department_id}"),
    ("DELETE", "/roles/{role_id}"),
    ("DELETE", "/views/{view_id}"),
    ("POST", "/imports/{import_id}/undo"),
    ("DELETE", "/imports/{import_id}"),
}


def test_every_route_is_known_here() -> None:
    routers = (*ROUTERS, operations.router, description.router)
    routes = {
        (method, route.path)
        for router in routers
        for route in router.routes
        for method in route.methods  # type: ignore[attr-defined]
    }
    assert routes == set(ASKED) | ASKED_BELOW | WITHOUT_RECORDS


@pytest.fixture
async def app(platform: Platform) -> AsyncIterator[Any]:
    app = create_app(platform, alongside=[working(platform)])
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def world(admin: Browser, clerk: Browser) -> World:
    """A world full of canaries, with the clerk in it."""
    assert clerk.person is not None
    return await make_world(admin, clerk.person)


async def readers(admin: Browser, clerk: Browser, world: World) -> AsyncIterator[Reader]:
    """The clerk in one role after the other."""
    for role, grants in ROLES.items():
        made = await admin.post("/roles", {"name": {"en": role}, "grants": grants})
        assert made.status_code == 201, made.text
        await admin.patch(f"/people/{clerk.person}", {"roles": [made.json()["id"]]})
        yield Reader(clerk, role, world)


@pytest.mark.timeout(300)
async def test_no_answer_holds_what_the_role_may_not_read(
    admin: Browser, clerk: Browser, world: World
) -> None:
    filter_ = {"field": "note", "op": "contains", "value": "kanaryview"}
    view = {"object": OPPORTUNITY, "name": "All", "shared": True, "config": {"filter": filter_}}
    assert (await admin.post("/views", view)).status_code == 201
    found: list[str] = []
    async for reader in readers(admin, clerk, world):
        forbidden = world.forbidden(reader.role)
        if not world.may_ever_read(reader.role, OPPORTUNITY, "note"):
            forbidden["kanaryview"] = "the filter of a view"
        for route, ask in ASKED.items():
            for question in ask(reader):
                text, status = await answer_of(clerk, question)
                told = leaks(text, _without(forbidden, question.sent))
                if question.about is not None and status == 200 and _tells(text, question):
                    told.append(f"the row of {question.about.owner} was found")
                found += [
                    f"{reader.role}: {route} {question.path} {question.body}: {one}" for one in told
                ]
    assert found == []


async def test_those_who_may_read_find_it(admin: Browser, clerk: Browser, world: World) -> None:
    """The canaries are there to be found: otherwise the test above would prove nothing."""
    wrong: list[str] = []
    async for reader in readers(admin, clerk, world):
        listed = (await clerk.get(f"/records/{OPPORTUNITY}?limit=500")).text
        for row in world.rows:
            if row.object != OPPORTUNITY:
                continue
            if (row.id in listed) is not world.may_see(reader.role, row):
                wrong.append(f"{reader.role}: the row of {row.owner}")
            for name, canary in row.canaries.items():
                if (canary in listed) is not world.may_read(reader.role, row, name):
                    wrong.append(f"{reader.role}: {name} of {row.owner}")
    assert wrong == []


async def test_live_news_names_only_rows_one_may_see(
    admin: Browser,
    clerk: Browser,
    world: World,
    address: str,  # noqa: F811 -- the fixture
) -> None:
    async for reader in readers(admin, clerk, world):
        forbidden = world.forbidden(reader.role)
        forbidden |= {row.id: "an account" for row in reader.hidden if row.object == ACCOUNT}
        async with line(address, clerk) as events:
            for row in world.rows:
                changed = await admin.patch(
                    f"/records/{row.object}/{row.id}",
                    {"name": row.canaries["name"] + reader.role},
                    headers={"If-Match": "*"},
                )
                assert changed.status_code == 200
            await admin.post("/departments", {"name": f"the last news of {reader.role}"})
            told, names = "", set()
            seen = [row.id for row in reader.seen if row.object == OPPORTUNITY]
            async with asyncio.timeout(10):
                async for name, data in events:
                    names.add(name)
                    told += json.dumps(data)
                    if "rights" in names and all(one in told for one in seen):
                        break
        assert leaks(told, forbidden) == []


async def test_a_dry_run_and_its_report_tell_nothing_of_hidden_records(
    admin: Browser, clerk: Browser, world: World
) -> None:
    rows = [(row, row.account) for row in world.rows if row.account is not None]
    sent = [canary for row, account in rows for canary in (row.canaries["code"], _name(account))]
    #: Once nearly the name of each account, so that it might be suggested, once exactly.
    lines = [
        f"Mine,{row.canaries['code']},{wish},1"
        for row, account in rows
        for wish in (_name(account)[:-1] + "y", _name(account))
    ]
    content = "\n".join(["name,code,account,amount", *lines]).encode()
    async for reader in readers(admin, clerk, world):
        answer = await clerk.http.post(
            "/api/v1/imports",
            data={"object": OPPORTUNITY},
            files={"file": ("mine.csv", content)},
        )
        if not world.may_ever_read(reader.role, OPPORTUNITY, "name"):
            assert answer.status_code in (403, 404)
            continue
        assert answer.status_code == 201, answer.text
        told = answer.text
        path = f"/imports/{answer.json()['id']}"
        if world.may_ever_read(reader.role, OPPORTUNITY, "code"):
            policy = {"key": "code", "policy": "skip"}
            told += (await clerk.patch(path, {"duplicates": policy})).text
        for verb in ("check", "run"):
            told += (await clerk.post(f"{path}/{verb}")).text
            told += await ended(clerk, path)
            told += (await clerk.get(f"{path}/errors.csv")).text
        assert leaks(told, _without(world.forbidden(reader.role), tuple(sent))) == []
        await clerk.post(f"{path}/undo")
        await ended(clerk, path)


async def test_a_plan_counts_records_and_tells_nothing_else(
    admin: Browser, clerk: Browser, world: World
) -> None:
    made = await admin.post("/roles", {"name": {"en": "Designer"}, "rights": ["design"]})
    await admin.patch(f"/people/{clerk.person}", {"roles": [made.json()["id"]]})
    version = (await clerk.get("/objects")).json()["design_version"]
    wishes: tuple[dict[str, Any], ...] = (
        {"options": {"max_length": 1}},
        {"unique": True},
        {"required": True},
    )
    field = {"action": "change_field", "object": ACCOUNT, "field": "industry"}
    steps = [{**field, "changes": changes} for changes in wishes]
    steps.append({"action": "retire_field", "object": OPPORTUNITY, "field": "note"})
    body = {"base_version": version, "steps": steps}
    for path in ("/design/plan", "/design/apply", "/design/plan"):
        answer = await clerk.post(path, body)
        assert answer.status_code in (200, 409, 422), answer.text
        assert leaks(answer.text, world.forbidden("nothing")) == []


async def answer_of(browser: Browser, question: Question) -> tuple[str, int]:
    """All that an answer says: its head, its body unpacked, what its cursor holds."""
    answer = await browser.http.request(
        question.method,
        f"/api/v1{question.path}".replace("/api/v1/../../", "/").replace("/v1/../", "/"),
        json=question.body,
        headers=question.headers,
    )
    assert answer.status_code < 500, f"{question}: {answer.text}"
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            parts = [packed.read(name).decode(errors="ignore") for name in packed.namelist()]
        return "\n".join(parts), answer.status_code
    text = f"{answer.headers}\n{answer.text}"
    for cursor in re.findall(r'"next_cursor":\s*"([^"]+)"', answer.text):
        padded = cursor + "=" * (-len(cursor) % 4)
        text += base64.urlsafe_b64decode(padded).decode(errors="ignore")
    return text, answer.status_code


def _tells(text: str, question: Question) -> bool:
    """Whether a row was found by a guess."""
    assert question.about is not None
    if question.path.endswith("/count"):
        return json.loads(text.split("\n", 1)[1])["count"] != 0
    return question.about.id in text


def _without(forbidden: dict[str, str], sent: tuple[str, ...]) -> dict[str, str]:
    return {canary: what for canary, what in forbidden.items() if canary not in sent}


def _name(row: Row) -> str:
    return row.canaries["name"]


async def ended(browser: Browser, path: str) -> str:
    """The answer about an import once nobody is at work on it."""
    async with asyncio.timeout(20):
        while True:
            answer = await browser.get(path)
            if answer.json()["status"] not in ("checking", "running", "undoing"):
                return answer.text
            await asyncio.sleep(0.02)
