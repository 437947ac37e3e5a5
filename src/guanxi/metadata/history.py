"""The history of the design: who changed what of it, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork

_CHANGES = """
select c.version, c.at, c.actor, p.name, c.steps
  from design_change c left join person p on p.id = c.actor
 where %(before)s::integer is null or c.version < %(before)s
 order by c.version desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class DesignChange:
    """One applied design. Its steps have `action`, `object`, `field`, `sentence` (by language) and `step` as it was asked."""

    version: int
    at: datetime
    actor: UUID | None
    actor_name: str | None
    steps: Sequence[Mapping[str, Any]]


async def design_history(
    work: UnitOfWork, *, limit: int, before: int | None = None
) -> tuple[list[DesignChange], int | None]:
    """The newest changes below a version, and the version to go on from; None at the end."""
    rows = await work.rows(_CHANGES, {"before": before, "limit": limit + 1})
    changes = [DesignChange(*row) for row in rows[:limit]]
    return changes, changes[-1].version if len(rows) > limit else None
