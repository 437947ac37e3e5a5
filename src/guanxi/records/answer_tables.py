"""Table of the answers kept for requests that are repeated."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA, UUID

from guanxi.db.tables import document, moment, workspace_metadata

#: First answers to requests with an `Idempotency-Key`; without a status the first request is still at work.
idempotency = sa.Table(
    "idempotency",
    workspace_metadata,
    sa.Column("person", UUID, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", BYTEA, nullable=False),
    sa.Column("status", sa.SmallInteger),
    document("headers", default="{}"),
    sa.Column("body", BYTEA),
    moment("at"),
    sa.Index(None, "at"),
)
