"""Barcode or QR code."""

import re
from typing import Literal

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import WRONG_CHECK, read_line, widths_folded
from guanxi.kit.text import Locale, Text

NOT_CODE128 = Text(
    zh="条形码只能含英文字母、数字和常用符号，最多 80 个。",
    en="A barcode holds letters, digits and common signs of ASCII, at most 80.",
)
NOT_EAN13 = Text(zh="请填 13 位商品条码。", en="Enter the 13 digits of the article number.")
#: What a QR code of the usual redundancy can still hold, in bytes of UTF-8.
QR_BYTES = 2000
TOO_MUCH_FOR_QR = Text(
    zh="内容太长，二维码放不下，请缩短。", en="This is too long for a QR code. Shorten it."
)
_CODE128 = re.compile(r"[\x20-\x7e]{1,80}")
_EAN13 = re.compile(r"\d{13}", re.ASCII)


class BarcodeOptions(FieldOptions):
    """How it is drawn."""

    symbology: Literal["qr", "code128", "ean13"] = "qr"


class Barcode(FieldType[BarcodeOptions]):
    """A text that is drawn as a code to be scanned."""

    name = "barcode"
    label = Text(zh="条码 / 二维码", en="Barcode or QR code")
    description = Text(
        zh="可以扫描的条形码或二维码",
        en="A text drawn as a code to be scanned",
    )
    family = Family.CODES
    icon = "qr-code"
    options_model = BarcodeOptions
    value_kind = ValueKind.TEXT
    can_be_computed = True
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    searchable = True
    can_be_unique = True

    def column_type(self, options: BarcodeOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: BarcodeOptions, context: ReadingContext) -> str | None:
        if options.symbology == "qr":
            text = read_line(raw, most=QR_BYTES)
            if text is not None and len(text.encode()) > QR_BYTES:
                raise InvalidValueError("too_long", TOO_MUCH_FOR_QR)
            return text
        code = read_line(widths_folded(raw), most=1000)
        if code is None:
            return None
        if options.symbology == "code128":
            if not _CODE128.fullmatch(code):
                raise InvalidValueError("not_a_barcode", NOT_CODE128)
        elif not _EAN13.fullmatch(code):
            raise InvalidValueError("not_a_barcode", NOT_EAN13)
        elif check_digit(code[:12]) != code[12]:
            raise InvalidValueError("wrong_check_character", WRONG_CHECK)
        return code

    def to_text(self, value: object, options: BarcodeOptions, locale: Locale) -> str:
        return str(value)


def check_digit(digits: str) -> str:
    """The last digit of an EAN-13 for the first 12 (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)
