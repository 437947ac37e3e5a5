"""Tables of files. Their content lies beside the database, under their id."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from guanxi.db.tables import moment, workspace_metadata

file = sa.Table(
    "file",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("has_thumbnail", sa.Boolean, nullable=False),
    sa.Column("created_by", UUID),
    moment("created_at"),
    #: When a record first held it; until then it is its uploader's alone and goes after a day.
    moment("attached_at", required=False),
    sa.Index(
        "file_loose_idx",
        "created_by",
        "created_at",
        postgresql_where=sa.text("attached_at is null"),
    ),
)

#: The fields of records that hold it or once held it. No foreign keys: a record is written after its files are told.
file_use = sa.Table(
    "file_use",
    workspace_metadata,
    sa.Column("file", UUID, sa.ForeignKey("file.id", ondelete="CASCADE")),
    sa.Column("object", sa.Text),
    sa.Column("record", UUID),
    sa.Column("field", sa.Text),
    sa.PrimaryKeyConstraint("file", "object", "record", "field"),
)
