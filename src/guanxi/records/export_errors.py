"""How exporting can fail."""

from guanxi.kit.errors import InvalidRequestError
from guanxi.kit.text import Text


class TooManyRowsError(InvalidRequestError):
    """More records than a sheet of Excel holds."""

    code = "too_many_rows"
    title = Text(zh="记录太多", en="Too many records")
    sentence = Text(
        zh="一个 Excel 工作表最多 {most} 行。请缩小筛选范围，或导出为 CSV。",
        en="A sheet of Excel holds {most} rows. Narrow the filter, or export as CSV.",
    )
