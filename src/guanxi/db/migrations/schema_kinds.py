"""The two kinds of schema and where their revisions lie."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_HERE = Path(__file__).parent

#: Which revision a schema has reached stands in this table of the schema itself.
VERSION_TABLE = "schema_version"


@dataclass(frozen=True)
class SchemaKind:
    """A kind of schema with its own line of revisions, `<number>_<words>.py`, numbered from 0001."""

    name: str

    @property
    def folder(self) -> Path:
        return _HERE / self.name

    @cached_property
    def head(self) -> str:
        """The newest revision, read from the file names: the line never forks."""
        revisions = sorted(path.name.split("_")[0] for path in self.folder.glob("[0-9]*_*.py"))
        return revisions[-1]


INSTALLATION = SchemaKind("installation")
WORKSPACE = SchemaKind("workspace")

#: The schema of kind `installation`; there is one.
INSTALLATION_SCHEMA = "guanxi"
