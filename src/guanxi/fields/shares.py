"""What types share that hold so many of a hundred: 12.5 means 12.5 %."""

from abc import abstractmethod
from decimal import Decimal
from typing import Any, ClassVar

import sqlalchemy as sa

from guanxi.fields.capabilities import NUMBER_AGGREGATES, NUMBER_OPERATORS, Family, ValueKind
from guanxi.fields.decimals import (
    NUMBER_FORMATS,
    check_limits,
    fitted,
    read_decimal,
    read_written_number,
)
from guanxi.fields.field_type import FieldType, OptionsT, ReadingContext, TextFormat
from guanxi.kit.money import plain
from guanxi.kit.text import Locale

Limit = Decimal | None


class Share(FieldType[OptionsT]):
    """A share of a hundred; a type says how exact it is and between what it lies."""

    family = Family.FIGURES
    value_kind = ValueKind.NUMBER
    can_be_computed = True
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    # 12.5 is 12.5 % everywhere in the product, and so it comes back when the file is imported.
    sheet_format = 'General"%"'
    #: Of the column: digits behind the point and before it.
    decimals: ClassVar[int]
    digits: ClassVar[int]

    @abstractmethod
    def decimals_of(self, options: OptionsT) -> int:
        """How many decimals a value may have."""

    @abstractmethod
    def limits_of(self, options: OptionsT) -> tuple[Limit, Limit]:
        """The least and the most it may be."""

    def column_type(self, options: OptionsT) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(self.decimals + self.digits, self.decimals)

    def parse(self, raw: object, options: OptionsT, context: ReadingContext) -> Decimal | None:
        number = read_decimal(raw, decimals=self.decimals_of(options), digits=self.digits)
        return self._checked(number, options)

    def to_json(self, column: sa.ColumnElement[Any], options: OptionsT) -> sa.ColumnElement[Any]:
        return sa.func.trim_scale(column)

    def to_text(self, value: object, options: OptionsT, locale: Locale) -> str:
        return f"{plain(Decimal(str(value)))}%"

    def formats(self, options: OptionsT) -> tuple[TextFormat, ...]:
        return NUMBER_FORMATS

    def read_text(
        self,
        text: str,
        options: OptionsT,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        number = read_written_number(text, format_name, percent=True)
        if number is None:
            return None
        rounded = fitted(number, decimals=self.decimals_of(options), digits=self.digits)
        return self._checked(rounded, options)

    def _checked(self, number: Decimal | None, options: OptionsT) -> Decimal | None:
        if number is not None:
            check_limits(number, *self.limits_of(options))
        return number
