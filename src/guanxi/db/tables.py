"""Where the areas declare their platform tables, and the column types they share.

`tables.py` of each area adds its tables to one of the two metadata; the migrations are generated from them.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

_NAMES = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
}

#: Tables of the schema `guanxi`: one set for the whole installation.
installation_metadata = sa.MetaData(naming_convention=_NAMES)

#: Tables of every workspace's schema. They name no schema: the search path decides.
workspace_metadata = sa.MetaData(naming_convention=_NAMES)


class TransactionId(sa.types.UserDefinedType[int]):
    """PostgreSQL's `xid8`: the number of a transaction, never reused."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


def moment(name: str, *, required: bool = True) -> sa.Column[Any]:
    """A point in time; the database's `now()` when it is required and nobody says otherwise."""
    return sa.Column(
        name,
        sa.TIMESTAMP(timezone=True),
        nullable=not required,
        server_default=sa.text("now()") if required else None,
    )


def document(name: str, *, default: str | None = None, required: bool = False) -> sa.Column[Any]:
    """A JSON document; `default` is its JSON text."""
    return sa.Column(
        name,
        JSONB,
        nullable=default is None and not required,
        server_default=None if default is None else sa.text(f"'{default}'"),
    )


def log_id() -> sa.Column[Any]:
    """The rising key of a log-like table."""
    return sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True)
