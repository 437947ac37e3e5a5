"""The words of imports: the file, its columns, what becomes of duplicates, the report and the result."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from guanxi.kit.text import Text

Reason = Literal["same_name", "synonym", "content", "chosen", "none"]
DuplicatePolicy = Literal["skip", "update", "create"]
PossiblePolicy = Literal["skip", "take"]
LabelDocument = Mapping[str, str]
FieldName = Annotated[str, Field(min_length=1, max_length=63)]
RoleName = Annotated[str, Field(max_length=200)]
CellText = Annotated[str, Field(max_length=1000)]

#: So many cells of a column may be given another meaning.
MOST_MEANINGS = 5000


class ImportStatus(StrEnum):
    """Where an import stands."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"
    CANCELLED = "cancelled"


#: The words of a status in a sentence.
STATUS_WORDS: Mapping[ImportStatus, Text] = {
    ImportStatus.MAPPING: Text(zh="待对应", en="waiting for its mapping"),
    ImportStatus.CHECKING: Text(zh="检查中", en="being checked"),
    ImportStatus.CHECKED: Text(zh="已检查", en="checked"),
    ImportStatus.RUNNING: Text(zh="导入中", en="running"),
    ImportStatus.DONE: Text(zh="已完成", en="done"),
    ImportStatus.FAILED: Text(zh="失败", en="failed"),
    ImportStatus.UNDOING: Text(zh="撤销中", en="being undone"),
    ImportStatus.UNDONE: Text(zh="已撤销", en="undone"),
    ImportStatus.CANCELLED: Text(zh="已取消", en="cancelled"),
}


class Document(BaseModel):
    """Something kept as JSON with an import."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileForm(Document):
    """The file and how it is read. `header_row` counts from 1; 0 means that there is none."""

    name: str
    size: int
    kind: Literal["csv", "xlsx"]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: int = Field(default=1, ge=0, le=100)
    #: Rows of data; of a workbook as it says of itself.
    rows: int | None = None


class LinkWish(Document):
    """How the cells of a link column name their records."""

    match_by: FieldName = "name"
    create_missing: bool = False


class Column(Document):
    """A column of the file, and the field it goes to."""

    index: int
    letter: str
    header: str
    samples: tuple[str, ...] = ()
    field: str | None = None
    reason: Reason = "none"
    format: str | None = None
    formats: tuple[str, ...] = ()
    link: LinkWish | None = None
    #: What cells mean something else than they say; null leaves them empty.
    values: Mapping[str, str | None] = Field(default_factory=dict)


class ColumnWish(Document):
    """What a person decides about a column. What is missing stays as it was, or as it is guessed for a new field."""

    column: int
    field: FieldName | None
    format: Annotated[str, Field(max_length=40)] | None = None
    link: LinkWish | None = None
    values: (
        Annotated[Mapping[CellText, CellText | None], Field(max_length=MOST_MEANINGS)] | None
    ) = None


class Duplicates(Document):
    """Which field tells that a record is there already, and what then."""

    key: FieldName | None = None
    policy: DuplicatePolicy = "create"
    #: What becomes of new rows that duplicate rules find to be there already, perhaps.
    possible: PossiblePolicy = "take"


class PeopleWish(Document):
    """The roles, by name, of people a file of people makes: those in its rows, and managers it only mentions."""

    role: RoleName | None = None
    manager_role: RoleName | None = None


class Suggestion(Document):
    """What an unmatched value may have meant."""

    value: str
    label: str


class Unmatched(Document):
    """A cell value that names nothing we know."""

    value: str
    count: int
    suggestion: Suggestion | None = None


class Example(Document):
    """One cell at fault."""

    row: int
    value: str | None


class ProblemCount(Document):
    """One kind of problem in a column."""

    code: str
    message: LabelDocument
    count: int
    examples: tuple[Example, ...]


class ColumnReport(Document):
    """What is wrong with a column; `column` is null for problems of whole rows."""

    column: int | None
    invalid: int
    problems: tuple[ProblemCount, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()


class PreviewRow(Document):
    """A row as it will be saved, by field."""

    row: int
    values: Mapping[str, str]
    problems: Mapping[str, LabelDocument]


class Report(Document):
    """What an import would do."""

    rows: int
    to_create: int
    to_update: int
    unchanged: int
    to_skip: int
    invalid: int
    columns: tuple[ColumnReport, ...] = ()
    preview: tuple[PreviewRow, ...] = ()


class Result(Document):
    """What an import did; the last three once it was taken back."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    removed: int | None = None
    reverted: int | None = None
    kept: int | None = None


class Import(Document):
    """One import, from the upload to its end."""

    id: UUID
    object: str
    status: ImportStatus
    file: FileForm
    columns: tuple[Column, ...]
    duplicates: Duplicates
    people: PeopleWish
    done: int
    last_row: int
    total: int
    staged: str | None
    report: Report | None
    result: Result | None
    error: LabelDocument | None
    created_by: UUID | None
    created_by_name: str | None
    source: str
    created_at: datetime
    finished_at: datetime | None
