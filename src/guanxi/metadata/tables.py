"""Tables of the design: objects, fields, views, applications, and how they came to be."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from guanxi.db.tables import document, log_id, moment, workspace_metadata

object_ = sa.Table(
    "object",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    document("label", required=True),
    document("plural_label", required=True),
    sa.Column("icon", sa.Text, nullable=False, server_default="box"),
    sa.Column("color", sa.Text, nullable=False, server_default="grey"),
    sa.Column("app", sa.Text),
    document("description"),
    document("layout", default="{}"),
    sa.Column("navigation_group", sa.Text),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("origin", sa.Text),
    document("validations", default="[]"),
    document("unique_rules", default="[]"),
    document("match_rules", default="[]"),
    moment("created_at"),
    moment("retired_at", required=False),
)

field = sa.Table(
    "field",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("object", UUID, sa.ForeignKey("object.id", ondelete="CASCADE"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    document("label", required=True),
    sa.Column("type", sa.Text, nullable=False),
    document("options", default="{}"),
    sa.Column("required", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_unique", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("indexed", sa.Boolean, nullable=False, server_default=sa.false()),
    document("help"),
    document("default_value"),
    document("formula"),
    document("rules", default="{}"),
    sa.Column("kept_of", sa.Text),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("origin", sa.Text),
    moment("created_at"),
    moment("retired_at", required=False),
    #: When its column was dropped for good; the row stays, so that no other field gets its name.
    moment("purged_at", required=False),
    sa.UniqueConstraint("object", "name"),
)

#: What was done to the design, one row per applied plan.
design_change = sa.Table(
    "design_change",
    workspace_metadata,
    log_id(),
    sa.Column("version", sa.Integer, nullable=False, unique=True),
    moment("at"),
    sa.Column("actor", UUID),
    document("steps", required=True),
)

#: What designs left to be done after their commit; see `pending`.
design_pending = sa.Table(
    "design_pending",
    workspace_metadata,
    log_id(),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    moment("since"),
)

#: What is still being computed; see `computing_store`.
computing = sa.Table(
    "computing",
    workspace_metadata,
    log_id(),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("fields", sa.ARRAY(sa.Text), nullable=False),
    #: Which records; null for all of them.
    sa.Column("records", sa.ARRAY(UUID)),
    sa.Column("actor", UUID),
    #: Of all records: the last one looked at, how many were, and how many there are.
    sa.Column("after", UUID),
    sa.Column("looked", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("total", sa.BigInteger),
    #: How often it could not be computed, what kind of fault it was last, and when it is tried again.
    sa.Column("failures", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("fault", sa.Text),
    moment("retry_at", required=False),
    moment("since"),
)

view = sa.Table(
    "view",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("object", sa.Text, nullable=False, index=True),
    document("name", required=True),
    sa.Column("kind", sa.Text, nullable=False),
    document("config", default="{}"),
    sa.Column("owner", UUID),
    sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_default", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("origin", sa.Text),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
)

#: The last number drawn for an auto-number field in one period of its date part.
auto_number = sa.Table(
    "auto_number",
    workspace_metadata,
    sa.Column("object", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

app = sa.Table(
    "app",
    workspace_metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, nullable=False),
    document("label", required=True),
    document("description"),
    sa.Column("icon", sa.Text, nullable=False, server_default="box"),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    document("navigation", default="[]"),
    #: The definitions as packaged, the base of the three-way merge of an upgrade.
    document("base", default="{}"),
    moment("installed_at"),
    moment("upgraded_at", required=False),
)
