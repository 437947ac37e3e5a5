"""The field types of the platform, in the order in which the field page offers them."""

from typing import Any

from guanxi.fields.field_type import FieldType
from guanxi.fields.types.auto_number import AutoNumber
from guanxi.fields.types.checkbox import Checkbox
from guanxi.fields.types.choice import ChoiceField
from guanxi.fields.types.choices import Choices
from guanxi.fields.types.date import Date
from guanxi.fields.types.date_time import DateTime
from guanxi.fields.types.email import Email
from guanxi.fields.types.link import Link
from guanxi.fields.types.long_text import LongText
from guanxi.fields.types.money import Money
from guanxi.fields.types.number import Number
from guanxi.fields.types.percent import Percent
from guanxi.fields.types.person import Person
from guanxi.fields.types.phone import Phone
from guanxi.fields.types.text import TextField
from guanxi.fields.types.url import Url
from guanxi.kit.registry import Registry


def builtin_field_types() -> Registry[FieldType[Any]]:
    """A new registry with every field type."""
    registry: Registry[FieldType[Any]] = Registry("field type")
    for field_type in (
        TextField(),
        LongText(),
        Number(),
        Money(),
        Percent(),
        Checkbox(),
        ChoiceField(),
        Choices(),
        Date(),
        DateTime(),
        Email(),
        Phone(),
        Url(),
        Person(),
        Link(),
        AutoNumber(),
    ):
        registry.register(field_type)
    return registry
