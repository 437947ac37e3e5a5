"""Tables of background work."""

import sqlalchemy as sa

from guanxi.db.tables import document, log_id, moment, workspace_metadata

#: Rows come and go all the time: vacuum by count, not by share of the table.
_BUSY = {"autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 5000}

job = sa.Table(
    "job",
    workspace_metadata,
    log_id(),
    sa.Column("lane", sa.SmallInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("dedupe_key", sa.Text),
    sa.Column("serial_key", sa.Text),
    moment("due_at"),
    sa.Column("attempt", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("max_attempt", sa.SmallInteger, nullable=False, server_default="8"),
    document("payload", default="{}"),
    moment("created_at"),
    sa.Index("job_due", "lane", "due_at", "id"),
    sa.Index(
        "job_dedupe",
        "kind",
        "dedupe_key",
        unique=True,
        postgresql_where=sa.text("dedupe_key is not null"),
    ),
    sa.Index(
        "job_serial",
        "lane",
        "serial_key",
        "id",
        postgresql_where=sa.text("serial_key is not null"),
    ),
    postgresql_with=_BUSY,
)

#: Jobs that were given up, with the reason.
job_dead = sa.Table(
    "job_dead",
    workspace_metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("lane", sa.SmallInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("dedupe_key", sa.Text),
    sa.Column("serial_key", sa.Text),
    sa.Column("attempt", sa.SmallInteger, nullable=False),
    sa.Column("max_attempt", sa.SmallInteger, nullable=False),
    document("payload", required=True),
    moment("created_at"),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("trace", sa.Text, nullable=False),
    moment("died_at"),
    sa.Index(None, "died_at"),
)

schedule = sa.Table(
    "schedule",
    workspace_metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("cron", sa.Text, nullable=False),
    sa.Column("lane", sa.SmallInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    document("payload", default="{}"),
    sa.Column("time_zone", sa.Text, nullable=False),
    #: What becomes of ticks missed while nothing ran: once, all, skip.
    sa.Column("missed", sa.Text, nullable=False, server_default="once"),
    sa.Column("next_at", sa.TIMESTAMP(timezone=True), nullable=False, index=True),
    moment("last_at", required=False),
)
