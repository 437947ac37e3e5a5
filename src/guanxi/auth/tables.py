"""Tables of people and of their ways in."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA, UUID

from guanxi.db.tables import document, installation_metadata, log_id, moment, workspace_metadata

_ME = "guanxi"

workspace = sa.Table(
    "workspace",
    installation_metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("schema", sa.Text, nullable=False, unique=True),
    moment("created_at"),
    schema=_ME,
)

identity = sa.Table(
    "identity",
    installation_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("email", sa.Text, nullable=False, unique=True),
    sa.Column("password_hash", sa.Text),
    moment("created_at"),
    moment("changed_at"),
    schema=_ME,
)

#: Tries to sign in, kept as rows so that every process sees them. Addresses of unknown people are kept hashed.
sign_in_attempt = sa.Table(
    "sign_in_attempt",
    installation_metadata,
    log_id(),
    moment("at"),
    sa.Column("email_hash", BYTEA, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("succeeded", sa.Boolean, nullable=False),
    sa.Index(None, "email_hash", "at"),
    sa.Index(None, "address", "at"),
    sa.Index(None, "at"),
    schema=_ME,
)

#: One row: what the caches of all processes are compared with.
epoch = sa.Table(
    "epoch",
    workspace_metadata,
    sa.Column("only_row", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("design", sa.Integer, nullable=False, server_default="1"),
    sa.Column("rights", sa.Integer, nullable=False, server_default="1"),
    sa.CheckConstraint("only_row", name="only_row"),
)

#: One row: what is true of the whole workspace.
setting = sa.Table(
    "setting",
    workspace_metadata,
    sa.Column("only_row", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("locale", sa.Text, nullable=False),
    #: What people call it, by language; null until somebody says so.
    document("label"),
    #: SHA-256 of the one-time code of the first visit; null once it was used.
    sa.Column("setup_code_hash", BYTEA),
    sa.CheckConstraint("only_row", name="only_row"),
)

department = sa.Table(
    "department",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parent", UUID, sa.ForeignKey("department.id"), index=True),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    moment("created_at"),
)

#: Every department with every department above it, itself included (depth 0).
department_path = sa.Table(
    "department_path",
    workspace_metadata,
    sa.Column(
        "ancestor", UUID, sa.ForeignKey("department.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "descendant",
        UUID,
        sa.ForeignKey("department.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("depth", sa.Integer, nullable=False),
)

person = sa.Table(
    "person",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    #: `guanxi.identity`; no foreign key, for nothing in a workspace references another schema.
    sa.Column("identity", UUID, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False, unique=True),
    sa.Column("department", UUID, sa.ForeignKey("department.id"), index=True),
    sa.Column("manager", UUID, sa.ForeignKey("person.id"), index=True),
    sa.Column("locale", sa.Text),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    document("preferences", default="{}"),
    #: The password was given by somebody else and waits to be changed.
    sa.Column("has_initial_password", sa.Boolean, nullable=False, server_default=sa.false()),
    moment("created_at"),
    moment("last_seen_at", required=False),
)

#: Every person with every person above in the line of managers, themselves included (depth 0).
person_path = sa.Table(
    "person_path",
    workspace_metadata,
    sa.Column("ancestor", UUID, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "descendant",
        UUID,
        sa.ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("depth", sa.Integer, nullable=False),
)

session = sa.Table(
    "session",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column(
        "person", UUID, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("secret_hash", BYTEA, nullable=False, unique=True),
    sa.Column("address", sa.Text),
    sa.Column("user_agent", sa.Text),
    moment("created_at"),
    moment("last_seen_at"),
    #: Whatever happens, it ends then; 30 days without use end it earlier.
    sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
)

api_token = sa.Table(
    "api_token",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column(
        "person", UUID, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("name", sa.Text, nullable=False),
    #: The first characters, by which a person recognises it.
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("secret_hash", BYTEA, nullable=False, unique=True),
    moment("created_at"),
    moment("last_used_at", required=False),
    moment("expires_at", required=False),
)
