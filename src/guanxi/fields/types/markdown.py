"""Markdown: text of several lines with headings, lists and tables."""

from guanxi.fields.lines import Lines
from guanxi.kit.text import Text


class Markdown(Lines):
    """Several lines of text, drawn as CommonMark with GitHub's tables and task lists. HTML in it stays text."""

    name = "markdown"
    label = Text(zh="Markdown", en="Markdown")
    description = Text(
        zh="带标题、列表和表格的长文",
        en="Long text with headings, lists and tables",
    )
    icon = "file-text"
