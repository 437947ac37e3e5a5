"""The change log: audit, history and outbox in one."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from guanxi.db.tables import TransactionId, moment, workspace_metadata

change = sa.Table(
    "change",
    workspace_metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
    moment("at"),
    sa.Column("xid", TransactionId, nullable=False, server_default=sa.text("pg_current_xact_id()")),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("record", UUID, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("op", sa.Text, nullable=False),
    sa.Column("old", JSONB),
    sa.Column("new", JSONB),
    sa.Column("actor", UUID),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("batch", UUID),
    sa.Index(None, "record", "id"),
    sa.Index(None, "xid", "id"),
    sa.Index(None, "batch", "id", postgresql_where=sa.text("batch is not null")),
    postgresql_partition_by="RANGE (at)",
)

_default_partition: sa.DDL = sa.DDL(  # type: ignore[no-untyped-call]
    "CREATE TABLE change_default PARTITION OF change DEFAULT"
)
sa.event.listen(change, "after_create", _default_partition)
