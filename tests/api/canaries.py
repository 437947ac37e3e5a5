"""Records full of values that can be told apart in any answer, and a plain account of who may know which of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.testing.browser import Browser

ACCOUNT, OPPORTUNITY = "crm_account", "crm_opportunity"

#: Fields of opportunities that carry a canary of their own.
TEXTS = ("name", "note", "code")
ALL_ACTIONS = ["see", "create", "edit", "delete", "import", "export"]


def grant(
    object_name: str = OPPORTUNITY, scope: str = "all", condition: Any = None, **fields: str
) -> dict[str, Any]:
    rows = {"scope": scope} | ({"condition": condition} if condition else {})
    return {
        "object": object_name,
        "actions": ALL_ACTIONS,
        "rows": rows,
        "fields": {"default": "write", "except": fields},
    }


WON = {"field": "stage", "op": "eq", "value": "won"}

#: What the reader's only role gives. Several grants unite row by row.
ROLES: dict[str, list[dict[str, Any]]] = {
    "nothing": [],
    "accounts only": [grant(ACCOUNT)],
    "own": [grant(scope="own"), grant(ACCOUNT, "own")],
    "subordinates": [grant(scope="subordinates")],
    "department": [grant(scope="department"), grant(ACCOUNT, "department")],
    "department and below": [grant(scope="department_and_below")],
    "condition": [grant(scope="condition", condition=WON)],
    "fields of none": [grant(note="none", code="none", amount="none", account="none")],
    "fields of own": [
        grant(scope="own"),
        grant(note="none", code="none", amount="none"),
        grant(ACCOUNT),
    ],
    "fields of won": [
        grant(scope="condition", condition=WON),
        grant(scope="department", code="none"),
        grant(scope="subordinates", note="none", amount="none", account="none"),
    ],
}


@dataclass
class Row:
    """A record and where it stands, as the account below knows it."""

    object: str
    owner: str
    stage: str = "new"
    account: "Row | None" = None
    id: str = ""
    canaries: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """The records, and the organisation the reader stands in."""

    rows: list[Row]
    #: Person → department; the reader is called `me`.
    departments: Mapping[str, str]
    mine_and_below: frozenset[str]
    subordinates: frozenset[str]

    def holds(self, one: Mapping[str, Any], row: Row) -> bool:
        """Whether a grant holds a row, said once more in plain Python."""
        department = self.departments[row.owner]
        return bool(
            one["object"] == row.object
            and {
                "all": True,
                "own": row.owner == "me",
                "subordinates": row.owner in self.subordinates,
                "department": department == self.departments["me"],
                "department_and_below": department in self.mine_and_below,
                "condition": row.stage == "won",
            }[one["rows"]["scope"]]
        )

    def may_read(self, role: str, row: Row, name: str) -> bool:
        return any(
            self.holds(one, row) and one["fields"]["except"].get(name) != "none"
            for one in ROLES[role]
        )

    def may_see(self, role: str, row: Row) -> bool:
        return any(self.holds(one, row) for one in ROLES[role])

    def may_ever_read(self, role: str, object_name: str, name: str) -> bool:
        return any(
            one["object"] == object_name and one["fields"]["except"].get(name) != "none"
            for one in ROLES[role]
        )

    def forbidden(self, role: str) -> dict[str, str]:
        """Every canary the role may not know, and what it stands for. The id of an account may be known by a link."""
        found: dict[str, str] = {}
        for row in self.rows:
            for name, canary in row.canaries.items():
                if not self.may_read(role, row, name):
                    found[canary] = f"{name} of {row.object} of {row.owner}"
            if row.object == OPPORTUNITY and not self.may_see(role, row):
                found[row.id] = f"the id of {row.canaries['name']}"
        return found


async def make_world(admin: Browser, me: UUID) -> World:
    """Two rows of each owner and stage; owners above, below, beside and far from the reader."""
    units: dict[str, str] = {}
    for name, parent in (("east", None), ("shanghai", "east"), ("west", None)):
        body = {"name": name, "parent": units.get(parent or "")}
        units[name] = (await admin.post("/departments", body)).json()["id"]
    departments = {"me": "east", "junior": "west", "below": "shanghai", "peer": "east"}
    departments["stranger"] = "west"
    await _add_partners(admin)
    people = {"me": str(me)}
    await admin.patch(f"/people/{me}", {"department": units["east"]})
    for name in ("junior", "below", "peer", "stranger"):
        made = await admin.post(
            "/people",
            {
                "name": name,
                "email": f"{name}@example.com",
                "department": units[departments[name]],
                "manager": str(me) if name == "junior" else None,
            },
        )
        assert made.status_code == 201, made.text
        people[name] = made.json()["id"]
    rows: list[Row] = []
    for owner, person in people.items():
        account = Row(ACCOUNT, owner)
        await _make(admin, account, person, len(rows), {"name", "industry"})
        rows.append(account)
        for stage in ("new", "won"):
            row = Row(OPPORTUNITY, owner, stage, account)
            await _make(admin, row, person, len(rows), {*TEXTS, "amount"})
            rows.append(row)
    accounts = [row.id for row in rows if row.object == ACCOUNT]
    for row in rows:
        if row.object == OPPORTUNITY:
            body = {"partners": accounts}
            path = f"/records/{OPPORTUNITY}/{row.id}"
            named = await admin.patch(path, body, headers={"If-Match": "*"})
            assert named.status_code == 200, named.text
    return World(
        rows,
        departments,
        mine_and_below=frozenset({"east", "shanghai"}),
        subordinates=frozenset({"me", "junior"}),
    )


async def _add_partners(admin: Browser) -> None:
    """Every opportunity names every account: what may not be seen of them stands in each answer about it."""
    field = {
        "name": "partners",
        "label": {"en": "Partners"},
        "type": "multi_link",
        "options": {"target": ACCOUNT},
    }
    step = {"action": "add_field", "object": OPPORTUNITY, "field": field}
    version = (await admin.get("/objects")).json()["design_version"]
    made = await admin.post("/design/apply", {"base_version": version, "steps": [step]})
    assert made.status_code == 200, made.text


async def _make(admin: Browser, row: Row, owner: str, number: int, names: set[str]) -> None:
    """Makes the record with old values and changes them, so that its history is full of canaries as well."""
    first = {name: _canary(name, number, 1) for name in names}
    second = {name: _canary(name, number, 2) for name in names}
    fixed: dict[str, Any] = {"owner": owner}
    if row.object == OPPORTUNITY:
        fixed |= {"stage": row.stage, "account": row.account.id if row.account else None}
    made = await admin.post(f"/records/{row.object}", {**first, **fixed})
    assert made.status_code == 201, made.text
    row.id = made.json()["id"]
    changed = await admin.patch(
        f"/records/{row.object}/{row.id}", second, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200, changed.text
    row.canaries = second


def _canary(name: str, number: int, version: int) -> str:
    """A value no other text holds; money is told by its digits."""
    if name == "amount":
        return f"{version}73{number:03}91"
    return f"kanary{name}{version}n{number:03}z"


def leaks(text: str, forbidden: Mapping[str, str]) -> list[str]:
    """What of the forbidden a text holds, old values too."""
    found = [f"{canary}: {what}" for canary, what in forbidden.items() if canary in text]
    former = {_former(canary): what for canary, what in forbidden.items()}
    return found + [
        f"formerly {canary}: {what}"
        for canary, what in former.items()
        if canary not in forbidden and canary in text
    ]


def _former(canary: str) -> str:
    if canary.isdigit():
        return f"1{canary[1:]}"
    return re.sub(r"2n(\d{3})z$", r"1n\1z", canary)
