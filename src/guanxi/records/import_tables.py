"""Tables of imports: the file as it came, what was decided about it, what was refused."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA, UUID

from guanxi.db.tables import document, moment, workspace_metadata

import_file = sa.Table(
    "import_file",
    workspace_metadata,
    sa.Column("id", UUID, primary_key=True),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    document("file", required=True),
    document("columns", default="[]"),
    document("duplicates", default="{}"),
    document("people", default="{}"),
    #: How many rows are dealt with, in whole chunks, and the number of the last; a new start goes on behind it.
    sa.Column("done", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_row", sa.Integer, nullable=False, server_default="0"),
    sa.Column("total", sa.Integer, nullable=False, server_default="0"),
    #: The table that holds the rows read from the file, while there is one that is complete.
    sa.Column("staged", sa.Text),
    document("report"),
    document("result"),
    document("error"),
    sa.Column("created_by", UUID),
    sa.Column("source", sa.Text, nullable=False),
    moment("created_at"),
    moment("finished_at", required=False),
    sa.Index(None, "object", "created_at"),
    sa.Index(None, "created_at"),
)

#: The file in pieces, so that any process can read it.
import_part = sa.Table(
    "import_part",
    workspace_metadata,
    sa.Column(
        "import",
        UUID,
        sa.ForeignKey("import_file.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("data", BYTEA, nullable=False),
)

#: Why rows were refused.
import_problem = sa.Table(
    "import_problem",
    workspace_metadata,
    sa.Column("import", UUID, sa.ForeignKey("import_file.id", ondelete="CASCADE"), nullable=False),
    sa.Column("row", sa.Integer, nullable=False),
    #: Place in the file; null when the row as a whole is at fault.
    sa.Column("column", sa.Integer),
    sa.Column("code", sa.Text, nullable=False),
    document("message", required=True),
    sa.Column("value", sa.Text),
    sa.Index(None, "import", "row"),
)
