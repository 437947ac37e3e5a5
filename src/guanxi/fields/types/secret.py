"""Secret: a text that is sealed and shown to nobody who does not ask for it."""

from typing import Any

import sqlalchemy as sa

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import read_lines
from guanxi.kit.text import Locale, Text

LONGEST = 4000
#: What stands for it wherever values stand. Sent back it means that nothing changes.
MASK = "••••••"
NO_SECRET_IN_TEXT = Text(
    zh="保密内容不能从文件导入，请在记录里填写。",
    en="Secrets are not imported. Enter them on the record.",
)


class Secret(FieldType[FieldOptions]):
    """A password, a key or a number of an account. The stored form is sealed; see `records.secrets`."""

    name = "secret"
    label = Text(zh="保密内容", en="Secret")
    description = Text(
        zh="加密保存的密码、密钥，查看会留下记录",
        en="A password or key, sealed; looking at it is recorded",
    )
    family = Family.CODES
    icon = "key-round"
    value_kind = ValueKind.SECRET
    operators = EMPTINESS
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        return read_lines(raw, most=LONGEST)

    def to_json(
        self, column: sa.ColumnElement[Any], options: FieldOptions
    ) -> sa.ColumnElement[Any]:
        return sa.case((column.is_not(None), sa.literal_column(f"'{MASK}'")))

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return MASK

    def read_text(
        self,
        text: str,
        options: FieldOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> str | None:
        if text.strip():
            raise InvalidValueError("secret_as_text", NO_SECRET_IN_TEXT)
        return None
