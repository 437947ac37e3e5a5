"""What a backup says of itself: where it comes from and how its tables are built."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import StringConstraints, TypeAdapter

#: The form of the file. A number beyond it is not read.
FORMAT = 1

#: A name in the database (in this language of patterns `$` is the very end), as this product gives them.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]{0,62}$")]
#: A type of a column, e.g. `numeric(18,2)`, `timestamp with time zone[]`.
TypeName = Annotated[
    str, StringConstraints(pattern=r'^"?[a-z][a-z0-9_ ]*"?(\(\d+(,-?\d+)?\))?[a-z ]*(\[\])*$')
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; expressions as PostgreSQL writes them."""

    name: Name
    type: TypeName
    required: bool
    #: Whether numbers are given by the database: always, by default, or not at all.
    identity: Literal["a", "d", ""] = ""
    #: The last number given; None when none was.
    last_number: int | None = None
    generated: bool = False
    expression: str | None = None
    collation: str | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A key or check; `kind` as `pg_constraint.contype`."""

    name: Name
    kind: Literal["p", "u", "c", "x", "f"]
    definition: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index that no constraint brings; `how` is what follows USING."""

    name: Name
    unique: bool
    how: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, a table of partitions, or a partition."""

    name: Name
    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    indexes: tuple[Index, ...] = ()
    unlogged: bool = False
    options: dict[Name, str] = field(default_factory=dict)
    #: How the rows are divided; only a table of partitions says it.
    divided_by: str | None = None
    #: Whose partition it is, and which rows it holds.
    part_of: Name | None = None
    bounds: str | None = None

    @property
    def copied(self) -> tuple[Name, ...]:
        """The columns whose values are in the file.

        Numbers of transactions mean nothing in another database, computed columns are computed again.
        """
        return tuple(
            one.name for one in self.columns if not one.generated and one.type not in {"xid8"}
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The first thing in the file."""

    format: int
    #: Version of the product.
    version: str
    #: Revision the platform tables had reached.
    revision: str
    workspace: str
    made_at: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The last thing in the file: without it the file is incomplete."""

    #: Of every byte before this entry.
    sha256: str
    rows: dict[Name, int]
    files: int
    #: Bytes of the content of files.
    content: int
    #: Files whose content was missing already when the backup was made.
    missing: tuple[str, ...] = ()


HEAD_JSON = TypeAdapter(Head)
END_JSON = TypeAdapter(End)
