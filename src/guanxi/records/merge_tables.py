"""Tables of merges: what was merged into what, and where the address of a merged record leads now."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from guanxi.db.tables import moment, workspace_metadata

#: What a merge wrote stands in the change log under its id as the batch.
merge = sa.Table(
    "merge",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("master", UUID, nullable=False),
    sa.Column("merged", sa.ARRAY(UUID), nullable=False),
    sa.Column("actor", UUID),
    moment("at"),
    moment("undone_at", required=False),
)

merged_record = sa.Table(
    "merged_record",
    workspace_metadata,
    sa.Column("record", UUID, primary_key=True),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("into", UUID, nullable=False, index=True),
    sa.Column("merge", UUID, sa.ForeignKey("merge.id", ondelete="CASCADE"), nullable=False),
)
