"""Tables of work calendars: what was set, what was set before, and every day and stretch of it with running totals."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, INTERVAL, UUID

from guanxi.db.tables import document, log_id, moment, workspace_metadata

work_calendar = sa.Table(
    "work_calendar",
    workspace_metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    document("definition", required=True),
    moment("changed_at"),
)

#: What a calendar said up to a change.
work_calendar_version = sa.Table(
    "work_calendar_version",
    workspace_metadata,
    log_id(),
    sa.Column("calendar", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    document("definition", required=True),
    moment("until"),
    #: Who changed it then; nobody for what the product did.
    sa.Column("changed_by", UUID),
    sa.UniqueConstraint("calendar", "version"),
)

#: Every day of the span. A day that is not worked has the total of the workday before it.
work_day = sa.Table(
    "work_day",
    workspace_metadata,
    sa.Column("calendar", sa.Text, sa.ForeignKey("work_calendar.name", ondelete="CASCADE")),
    sa.Column("day", sa.Date),
    sa.Column("works", sa.Boolean, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("days_before", sa.Integer, nullable=False),
    sa.Column("days_through", sa.Integer, nullable=False),
    sa.Column("minutes_through", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("calendar", "day"),
    sa.Index(
        "work_day_place_idx",
        "calendar",
        "days_through",
        unique=True,
        postgresql_include=["day"],
        postgresql_where=sa.text("works"),
    ),
)

#: Every stretch of work; the first one of a calendar is empty and stands where its span begins.
work_stretch = sa.Table(
    "work_stretch",
    workspace_metadata,
    sa.Column("calendar", sa.Text, sa.ForeignKey("work_calendar.name", ondelete="CASCADE")),
    sa.Column("place", sa.Integer),
    sa.Column("starts", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("ends", sa.TIMESTAMP(timezone=True), nullable=False),
    #: Where the next one starts, or the span ends.
    sa.Column("until", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("minutes_before", sa.Integer, nullable=False),
    sa.Column("minutes_through", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("calendar", "place"),
    sa.Index(None, "calendar", "starts"),
    sa.Index(None, "calendar", "minutes_through"),
)

#: All stretches of a calendar in one row, for statements that ask about many moments: a place is found without an index.
work_line = sa.Table(
    "work_line",
    workspace_metadata,
    sa.Column(
        "calendar",
        sa.Text,
        sa.ForeignKey("work_calendar.name", ondelete="CASCADE"),
        primary_key=True,
    ),
    #: Where each stretch starts, and last where the span ends.
    sa.Column("starts", ARRAY(sa.TIMESTAMP(timezone=True)), nullable=False),
    #: So much before its start as was worked before it: what passed since then is what was worked.
    sa.Column("bases", ARRAY(sa.TIMESTAMP(timezone=True)), nullable=False),
    #: The time worked up to the end of each.
    sa.Column("through", ARRAY(INTERVAL), nullable=False),
)
