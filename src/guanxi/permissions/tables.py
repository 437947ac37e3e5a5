"""Tables of roles."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from guanxi.db.tables import document, moment, workspace_metadata

role = sa.Table(
    "role",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    document("name", required=True),
    document("description"),
    #: Comes with the platform or an application; cannot be deleted.
    sa.Column("system", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_administrator", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("rights", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
    #: The application it came with and its stable name there, e.g. `crm.sales_representative`.
    sa.Column("origin", sa.Text, unique=True),
    moment("created_at"),
)

role_grant = sa.Table(
    "role_grant",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column(
        "role", UUID, sa.ForeignKey("role.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("actions", ARRAY(sa.Text), nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    document("condition"),
    sa.Column("field_default", sa.Text, nullable=False, server_default="write"),
    document("field_except", default="{}"),
)

person_role = sa.Table(
    "person_role",
    workspace_metadata,
    sa.Column("person", UUID, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "role", UUID, sa.ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)
