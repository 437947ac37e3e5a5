"""The field types of the platform, in the order in which the field page offers them."""

from typing import Any

from guanxi.fields.field_type import FieldType
from guanxi.fields.types.address import Address
from guanxi.fields.types.auto_number import AutoNumber
from guanxi.fields.types.barcode import Barcode
from guanxi.fields.types.cascade_choice import CascadeChoice
from guanxi.fields.types.checkbox import Checkbox
from guanxi.fields.types.choice import ChoiceField
from guanxi.fields.types.choices import Choices
from guanxi.fields.types.color import Color
from guanxi.fields.types.credit_code import CreditCode
from guanxi.fields.types.date import Date
from guanxi.fields.types.date_time import DateTime
from guanxi.fields.types.department import Department
from guanxi.fields.types.departments import Departments
from guanxi.fields.types.duration import Duration
from guanxi.fields.types.email import Email
from guanxi.fields.types.file import FileField
from guanxi.fields.types.geolocation import Geolocation
from guanxi.fields.types.id_card import IdCard
from guanxi.fields.types.image import ImageField
from guanxi.fields.types.json_data import JsonData
from guanxi.fields.types.link import Link
from guanxi.fields.types.long_text import LongText
from guanxi.fields.types.markdown import Markdown
from guanxi.fields.types.money import Money
from guanxi.fields.types.multi_link import MultiLink
from guanxi.fields.types.number import Number
from guanxi.fields.types.percent import Percent
from guanxi.fields.types.person import Person
from guanxi.fields.types.persons import Persons
from guanxi.fields.types.phone import Phone
from guanxi.fields.types.progress import Progress
from guanxi.fields.types.rating import Rating
from guanxi.fields.types.rich_text import RichText
from guanxi.fields.types.secret import Secret
from guanxi.fields.types.signature import Signature
from guanxi.fields.types.sub_table import SubTable
from guanxi.fields.types.text import TextField
from guanxi.fields.types.time import Time
from guanxi.fields.types.tree_link import TreeLink
from guanxi.fields.types.url import Url
from guanxi.fields.types.year_month import YearMonth
from guanxi.kit.registry import Registry


def builtin_field_types() -> Registry[FieldType[Any]]:
    """A new registry with every field type."""
    registry: Registry[FieldType[Any]] = Registry("field type")
    for field_type in (
        TextField(),
        LongText(),
        Markdown(),
        RichText(),
        Number(),
        Money(),
        Percent(),
        Progress(),
        Rating(),
        Duration(),
        Checkbox(),
        ChoiceField(),
        Choices(),
        CascadeChoice(),
        Date(),
        DateTime(),
        Time(),
        YearMonth(),
        Email(),
        Phone(),
        Url(),
        Address(),
        Geolocation(),
        Color(),
        Barcode(),
        IdCard(),
        CreditCode(),
        Secret(),
        JsonData(),
        FileField(),
        ImageField(),
        Signature(),
        Person(),
        Persons(),
        Department(),
        Departments(),
        Link(),
        TreeLink(),
        MultiLink(),
        SubTable(),
        AutoNumber(),
    ):
        registry.register(field_type)
    return registry
