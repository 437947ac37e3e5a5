"""The statement sent ahead of every request: it enters the workspace and tells whether what a process remembers still holds."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from guanxi.db.database import Statement
from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row

#: A session nobody used for so long has ended.
IDLE = "30 days"


@dataclass(frozen=True, slots=True)
class Guard:
    """The state of the workspace at the request: versions of design and rights, and who the credential stands for."""

    design: int
    rights: int
    #: None when the credential does not stand (any more), or its person is not active.
    person: UUID | None


def guard_statement(schema: str, credential: bytes | None) -> Statement:
    """Sets the search path for the transaction and reads what `guard_of` makes a Guard of, in one statement.

    `credential` is the SHA-256 of a session's secret or of a token.
    """
    return Statement(_text(schema), {"schema": schema, "credential": credential})


def guard_of(row: Row) -> Guard:
    return Guard(design=row[0], rights=row[1], person=row[2])


@lru_cache(maxsize=64)
def _text(schema: str) -> str:
    """Tables are qualified: the search path set by a statement is not yet that statement's own."""
    own = quoted(schema).replace("%", "%%")
    return f"""
select e.design, e.rights, p.id, set_config('search_path', %(schema)s, true)
  from {own}.epoch e
  left join (
    select s.person from {own}.session s
     where s.secret_hash = %(credential)s and s.ends_at > now()
       and s.last_seen_at > now() - interval '{IDLE}'
    union all
    select t.person from {own}.api_token t
     where t.secret_hash = %(credential)s and (t.expires_at is null or t.expires_at > now())
  ) c on true
  left join {own}.person p on p.id = c.person and p.active
"""
