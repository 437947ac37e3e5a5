"""Following the change log without missing a change.

Changes are numbered before they are committed, so a reader that only asks for higher numbers misses those of slower
transactions. It must go by transaction and stop before the oldest one still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.db.database import Statement
from guanxi.db.unit_of_work import Row


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """How far a reader has come: all of the transactions before `xid`, and of `xid` itself up to `id`."""

    xid: int
    id: int


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """That a record was changed; what was changed is read where the reader's rights are known."""

    position: Position
    object: str
    record: UUID


#: Everything committed from now on lies behind this position.
PRESENT = Statement("select pg_snapshot_xmin(pg_current_snapshot())::text")

_AFTER = """
select xid::text, id, object, record from change
 where (xid, id) > (%(xid)s::xid8, %(id)s) and xid < pg_snapshot_xmin(pg_current_snapshot())
 order by xid, id limit %(limit)s
"""


def present_of(rows: Sequence[Row]) -> Position:
    """The answer of PRESENT."""
    return Position(int(rows[0][0]), 0)


def changes_after(position: Position, *, limit: int) -> Statement:
    """The next changes behind a position; `changes_of` reads its answer."""
    return Statement(_AFTER, {"xid": str(position.xid), "id": position.id, "limit": limit})


def changes_of(rows: Sequence[Row]) -> list[LoggedChange]:
    return [LoggedChange(Position(int(row[0]), row[1]), row[2], row[3]) for row in rows]
