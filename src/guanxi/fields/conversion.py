"""What a value becomes when its field gets another type: what the new type makes of it as somebody would have entered it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.dates import wall_time
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.kit.text import Locale

#: What means more than its text: a record, a file, a place; and what must not be seen.
_STAYS = frozenset(
    {
        ValueKind.REFERENCE,
        ValueKind.REFERENCES,
        ValueKind.FILES,
        ValueKind.DATA,
        ValueKind.SECRET,
    }
)


def is_convertible(type_: FieldType[Any]) -> bool:
    """Whether values of the type can be read as those of another."""
    return type_.value_kind not in _STAYS


def can_become(before: FieldType[Any], after: FieldType[Any]) -> bool:
    """Whether a field of the one type can become one of the other."""
    if not is_convertible(before) or not is_convertible(after):
        return False
    return after.writable and before.name != after.name


@dataclass(frozen=True, slots=True)
class Conversion:
    """From one type of field to another."""

    before: FieldType[Any]
    before_options: FieldOptions
    after: FieldType[Any]
    after_options: FieldOptions
    context: ReadingContext
    #: The language in which yes, no and options are written out.
    locale: Locale

    def of(self, value: object) -> object | None:
        """The stored value of the new type; None for what it cannot be."""
        for read in self._readings(value):
            try:
                found = read()
            except InvalidValueError:
                continue
            if found is not None:
                return found
        return None

    def text_of(self, value: object) -> str:
        """How the old type writes the value."""
        if isinstance(value, datetime):
            return str(wall_time(value, self.context.zone))
        return self.before.to_text(value, self.before_options, self.locale)

    def _readings(self, value: object) -> Iterator[Callable[[], object | None]]:
        """Ways to read it, the most exact first."""
        for exact in self._exact(value):
            yield partial(self.after.parse, exact, self.after_options, self.context)
        text = self.text_of(value)
        yield partial(self.after.read_text, text, self.after_options, self.context)

    def _exact(self, value: object) -> Iterator[object]:
        """The value as the new type takes it without going through text, if it does."""
        kind = self.after.value_kind
        if isinstance(value, bool):
            if kind is ValueKind.NUMBER:
                yield int(value)
        elif isinstance(value, Decimal):
            if kind is ValueKind.NUMBER:
                yield str(value)
            elif kind is ValueKind.BOOLEAN and value == value.to_integral_value():
                yield str(int(value))
        elif isinstance(value, datetime) and kind is ValueKind.DATE:
            local = wall_time(value, self.context.zone)
            yield local.date() if isinstance(local, datetime) else local
        elif isinstance(value, list):
            if kind is ValueKind.TEXTS:
                yield value
            elif len(value) == 1:
                yield value[0]
        elif isinstance(value, str) and kind is ValueKind.TEXTS:
            yield [value]
        elif isinstance(value, str) and isinstance(self.after_options, ChoicesOptions):
            # Options by their value, before their label; in text people read the label.
            yield value
