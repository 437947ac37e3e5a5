"""Long text: several lines."""

from guanxi.fields.lines import Lines
from guanxi.kit.text import Text


class LongText(Lines):
    """Several lines of text."""

    name = "long_text"
    label = Text(zh="多行文本", en="Long text")
    description = Text(
        zh="多行文字，如备注、说明",
        en="Several lines of text, such as notes",
    )
    icon = "text"
