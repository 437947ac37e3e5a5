"""Rich text: words with headings, lists and links, written as they are seen."""

import sqlalchemy as sa

from guanxi.fields.field_type import ReadingContext
from guanxi.fields.html import cleaned, words, words_in
from guanxi.fields.lines import Lines, LinesOptions
from guanxi.kit.text import Text


class RichText(Lines):
    """Formatted text, kept as HTML that was cleaned of all that could do or fetch anything."""

    name = "rich_text"
    label = Text(zh="富文本", en="Rich text")
    description = Text(
        zh="带标题、列表、链接的图文说明",
        en="Formatted text with headings, lists and links",
    )
    icon = "pilcrow"
    can_be_computed = False

    def parse(self, raw: object, options: LinesOptions, context: ReadingContext) -> str | None:
        text = super().parse(raw, options, context)
        if text is None:
            return None
        # What is added by cleaning, such as the `rel` of links, may make it longer than was sent.
        return cleaned(text) or None

    def words_of(self, column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
        return words_in(column)

    def search_text(self, value: object, options: LinesOptions) -> str | None:
        return words(str(value)) or None
