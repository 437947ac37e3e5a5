"""Lists: what permissions cost in the database, how many statements a page takes, deep pages."""

from typing import Any

from benchmarks.figures import Figure, median_pair
from benchmarks.ground import ACCOUNT, DEAL, SHOWN, Ground
from guanxi.db.database import Statement
from guanxi.permissions.model import Scope
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import ListRequest, list_question
from guanxi.testing.sales import grant

#: A page as a person looks at it: open deals by amount, or what closes first.
FILTER = {"field": "stage", "op": "kind_in", "value": ["open"]}
SORTS = {"by amount": ["-amount"], "by date": ["close_date"]}
TIMES = 60


async def measure(ground: Ground, label: str) -> list[Figure]:
    """The list of every scope beside the administrator's."""
    figures: list[Figure] = []
    administrator = await ground.administrator()
    viewers = await _viewers(ground)
    for sort_name, sort in SORTS.items():
        floor = _statement(ground, administrator, sort)
        for name, viewer in viewers.items():
            statement = _statement(ground, viewer, sort)
            value, floor_value = await median_pair(
                lambda statement=statement: _run(ground, statement),  # type: ignore[misc]
                lambda floor=floor: _run(ground, floor),  # type: ignore[misc]
                TIMES,
            )
            figures.append(
                Figure(
                    f"list {label}, {sort_name}, scope {name}",
                    value * 1000,
                    "ms",
                    floor_value * 1000,
                    "administrator",
                    1.3,
                )
            )
    return figures


async def _viewers(ground: Ground) -> dict[str, Viewer]:
    accounts = grant(ACCOUNT, Scope.ALL)
    medical = {"field": "account.industry", "op": "eq", "value": "medical"}
    union = (
        grant(DEAL, Scope.OWN),
        grant(DEAL, Scope.SUBORDINATES, default="read", text_1="none"),
        grant(DEAL, Scope.DEPARTMENT_AND_BELOW, default="read", amount="read", number_1="none"),
        grant(DEAL, Scope.CONDITION, default="read", condition=medical, probability="none"),
    )
    return {
        "all": await ground.viewer(10, accounts, grant(DEAL, Scope.ALL)),
        "own": await ground.viewer(11, accounts, grant(DEAL, Scope.OWN)),
        "subordinates": await ground.viewer(10, accounts, grant(DEAL, Scope.SUBORDINATES)),
        "department": await ground.viewer(10, accounts, grant(DEAL, Scope.DEPARTMENT)),
        "department and below": await ground.viewer(
            10, accounts, grant(DEAL, Scope.DEPARTMENT_AND_BELOW)
        ),
        "condition over a link": await ground.viewer(
            10, accounts, grant(DEAL, Scope.CONDITION, condition=medical)
        ),
        "four grants with field rights": await ground.viewer(10, accounts, *union),
    }


def _statement(ground: Ground, viewer: Viewer, sort: list[str], **more: Any) -> Statement:
    request = ListRequest(filter=FILTER, sort=sort, fields=SHOWN, limit=50, **more)
    return ground.platform.asking.list(viewer, list_question(viewer, DEAL, request))


async def _run(ground: Ground, statement: Statement) -> object:
    return await ground.platform.database.read(ground.platform.schema, statement)
