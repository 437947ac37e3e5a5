"""The contract of a field type."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict

from guanxi.fields.capabilities import Aggregate, Family, Operator, ValueKind
from guanxi.kit.text import Locale, Text


class FieldOptions(BaseModel):
    """The settings of a field; each type that has settings makes its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InvalidValueError(ValueError):
    """A value cannot be what the field holds; the text says what to do instead."""

    def __init__(self, code: str, message: Text) -> None:
        self.code = code
        self.message = message
        super().__init__(message.en)


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What reading a value may depend on."""

    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class TextFormat:
    """One way to write values of a type as text (`M/D/YYYY`, `1.234,56`), for imports."""

    name: str


OptionsT = TypeVar("OptionsT", bound=FieldOptions)


class FieldType(ABC, Generic[OptionsT]):
    """What one kind of field holds and what can be asked of it. Stateless.

    Values travel in three forms: the *wire* form (JSON, docs/reference/http-api.md), the *stored* form (Python:
    str, Decimal, bool, date, datetime, UUID, list[str]) and the *text* form (files, exports, history).
    """

    name: ClassVar[str]
    label: ClassVar[Text]
    #: What one would use it for.
    description: ClassVar[Text]
    family: ClassVar[Family]
    #: Lucide icon name.
    icon: ClassVar[str]
    options_model: ClassVar[type[FieldOptions]] = FieldOptions
    value_kind: ClassVar[ValueKind]
    operators: ClassVar[tuple[Operator, ...]]
    aggregates: ClassVar[tuple[Aggregate, ...]] = ()
    sortable: ClassVar[bool] = True
    groupable: ClassVar[bool] = False
    #: Whether its text goes into the search index.
    searchable: ClassVar[bool] = False
    #: Whether people may write it at all (an auto-number they may not).
    writable: ClassVar[bool] = True
    #: Whether a unique constraint makes sense.
    can_be_unique: ClassVar[bool] = False
    #: Whether a formula may fill it.
    can_be_computed: ClassVar[bool] = False
    #: How a spreadsheet shows it, as its number formats are written; "@" = as text; None = as its kind does.
    sheet_format: ClassVar[str | None] = None
    #: The value of an untouched field when it may not be empty (checkbox: False); None = may be empty.
    never_empty: ClassVar[object | None] = None

    @abstractmethod
    def column_type(self, options: OptionsT) -> sa.types.TypeEngine[Any]:
        """The PostgreSQL type of its column."""

    @abstractmethod
    def parse(self, raw: object, options: OptionsT, context: ReadingContext) -> object | None:
        """The stored form of a wire value; None for null, "" and what means empty.

        Raises InvalidValueError. Strings are NFC-normalised, trimmed where the type says so, and never hold NUL.
        """

    def operators_for(self, options: OptionsT) -> tuple[Operator, ...]:
        """The operators a field with these settings has; all of the type's unless overridden."""
        del options
        return self.operators

    def to_json(self, column: sa.ColumnElement[Any], options: OptionsT) -> sa.ColumnElement[Any]:
        """The SQL expression whose JSON form is the wire value; the column itself unless overridden."""
        del options
        return column

    def words_of(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """What is looked through for a part of a text: the value itself, unless it holds more than words."""
        return column

    def group_key(self, column: sa.ColumnElement[Any], options: OptionsT) -> sa.ColumnElement[Any]:
        """What records are grouped by: the value itself, unless it is finer than anybody would group by."""
        del options
        return column

    def parse_under(self, raw: object, options: OptionsT, context: ReadingContext) -> object | None:
        """What `under` is asked about in stored form: also what no record may hold itself. Raises InvalidValueError."""
        return self.parse(raw, options, context)

    def under(self, value: object, options: OptionsT) -> list[str]:
        """Patterns of LIKE for the stored values that are one or lie below it; for types with the operator `under`."""
        raise NotImplementedError

    @abstractmethod
    def to_text(self, value: object, options: OptionsT, locale: Locale) -> str:
        """The text form of a stored value: what an export or the history shows."""

    def formats(self, options: OptionsT) -> tuple[TextFormat, ...]:
        """The ways to write it in a file, likeliest first; empty when there is only one way.

        Which of them a column uses is found by `fields.recognise`.
        """
        del options
        return ()

    def read_text(
        self, text: str, options: OptionsT, context: ReadingContext, format_name: str | None = None
    ) -> object | None:
        """The stored form of a cell of a file. Raises InvalidValueError."""
        del format_name
        return self.parse(text.strip(), options, context)

    def search_text(self, value: object, options: OptionsT) -> str | None:
        """What the search index holds for a stored value; None for nothing."""
        del options
        return str(value) if self.searchable else None

    def check_options(self, options: OptionsT) -> list[Text]:
        """What is wrong with the settings beyond their shape; sentences for the designer."""
        del options
        return []
