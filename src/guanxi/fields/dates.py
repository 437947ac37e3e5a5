"""Reading dates and times in the many ways files write them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guanxi.fields.field_type import InvalidValueError, TextFormat
from guanxi.fields.plain_text import widths_folded
from guanxi.formula.calendar import is_moment
from guanxi.kit.text import Text

NO_SUCH_DAY = Text(
    zh="没有这一天。请按 {format} 填写，例如 2026-11-28。",
    en="There is no such day. Write it as {format}, such as 2026-11-28.",
)
NOT_A_DATE = Text(
    zh="看不懂这个日期，请按 {format} 填写。", en="This is no date. Write it as {format}."
)
AMBIGUOUS = Text(
    zh="“{text}”可能是月在前，也可能是日在前。请为这一列选定日期格式。",
    en="“{text}” may begin with the month or with the day. Choose the date format of this column.",
)

ISO = "YYYY-MM-DD"
SERIAL = "Excel"


_TIME = (
    r"(?:[ T]*(?P<h>\d{1,2})[:：时](?P<mi>\d{2})(?:[:：分](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?[分秒]?"
    r"\s*(?P<ap>[AaPp]\.?[Mm]\.?|上午|下午)?\s*(?P<z>Z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR, _SHORT, _MONTH, _DAY = (
    r"(?P<y>\d{4})",
    r"(?P<yy>\d{2})",
    r"(?P<m>\d{1,2})",
    r"(?P<d>\d{1,2})",
)
_NAME = r"(?P<mn>[A-Za-z]{3,9})"

#: In the order in which they are proposed when several fit.
_SHAPES: Mapping[str, str] = {
    ISO: f"{_YEAR}-{_MONTH}-{_DAY}",
    "YYYY/M/D": f"{_YEAR}/{_MONTH}/{_DAY}",
    "YYYY.M.D": rf"{_YEAR}\.{_MONTH}\.{_DAY}",
    "YYYY年M月D日": f"{_YEAR}年{_MONTH}月{_DAY}[日号]?",
    "YYYYMMDD": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    "M/D/YYYY": f"{_MONTH}/{_DAY}/{_YEAR}",
    "D/M/YYYY": f"{_DAY}/{_MONTH}/{_YEAR}",
    "D.M.YYYY": rf"{_DAY}\.{_MONTH}\.{_YEAR}",
    "M-D-YYYY": f"{_MONTH}-{_DAY}-{_YEAR}",
    "D-M-YYYY": f"{_DAY}-{_MONTH}-{_YEAR}",
    "M/D/YY": f"{_MONTH}/{_DAY}/{_SHORT}",
    "D/M/YY": f"{_DAY}/{_MONTH}/{_SHORT}",
    "D MMM YYYY": rf"{_DAY}[- ./]{_NAME}\.?[- ./,]\s*{_YEAR}",
    "MMM D, YYYY": rf"{_NAME}\.? {_DAY},? {_YEAR}",
}
_PATTERNS = {
    name: re.compile(shape + _TIME, re.ASCII if "年" not in shape else 0)
    for name, shape in _SHAPES.items()
}
_UNAMBIGUOUS = (ISO, "YYYY/M/D", "YYYY.M.D", "YYYY年M月D日", "D MMM YYYY", "MMM D, YYYY")
_SLASHED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b.*", re.ASCII)
#: The day Excel counts from; in no zone, as everything a file says until its zone is known.
EXCEL_DAY_ZERO = datetime.fromisoformat("1899-12-30")
_SERIAL_NUMBER = re.compile(r"\d{1,7}(?:\.\d+)?", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}

DATE_FORMATS = (*(TextFormat(name) for name in _SHAPES), TextFormat(SERIAL))


def read_written_moment(text: str, format_name: str | None) -> tuple[datetime, bool] | None:
    """The moment a cell means and whether it names a time of day; None for an empty cell.

    Without a format only writings that begin with the year or name the month are understood; of others it
    raises InvalidValueError `ambiguous_date`. A moment without zone is naive.
    """
    text = str(widths_folded(text)).strip()
    if not text:
        return None
    if format_name is None:
        return _read_unambiguous(text)
    if format_name == SERIAL:
        return _read_serial(text)
    pattern = _PATTERNS.get(format_name)
    match = pattern.fullmatch(text) if pattern is not None else None
    if match is None:
        raise InvalidValueError("not_a_date", NOT_A_DATE.fill(format=format_name))
    return _moment(match, format_name)


def _read_unambiguous(text: str) -> tuple[datetime, bool]:
    for name in _UNAMBIGUOUS:
        if match := _PATTERNS[name].fullmatch(text):
            return _moment(match, name)
    if _SLASHED.fullmatch(text):
        raise InvalidValueError("ambiguous_date", AMBIGUOUS.fill(text=text[:20]))
    raise InvalidValueError("not_a_date", NOT_A_DATE.fill(format=ISO))


def _moment(match: re.Match[str], format_name: str) -> tuple[datetime, bool]:
    parts = match.groupdict()
    month = parts.get("m") or _MONTHS.get((parts.get("mn") or "")[:3].lower(), 0)
    try:
        day = date(_full_year(parts), int(month), int(parts["d"]))
        if parts["h"] is None:
            return datetime.combine(day, time()), False
        return _with_time(day, parts), True
    except (ValueError, OverflowError):
        raise InvalidValueError("no_such_day", NO_SUCH_DAY.fill(format=format_name)) from None


def _full_year(parts: Mapping[str, str | None]) -> int:
    if (short := parts.get("yy")) is not None:
        return int(short) + (2000 if int(short) < 70 else 1900)
    return int(parts["y"] or 0)


def _with_time(day: date, parts: Mapping[str, str | None]) -> datetime:
    hour, half = int(parts["h"] or 0), (parts["ap"] or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("a clock of twelve hours")
        hour = hour % 12 + (12 if half in ("pm", "下午") else 0)
    micro = int((parts["f"] or "0")[:6].ljust(6, "0"))
    moment = datetime.combine(day, time(hour, int(parts["mi"] or 0), int(parts["s"] or 0), micro))
    zone = parts["z"]
    if zone is None:
        return moment
    return datetime.fromisoformat(moment.isoformat() + ("+00:00" if zone == "Z" else zone))


def _read_serial(text: str) -> tuple[datetime, bool]:
    """Excel counts days from 1899-12-30 (its 1900 had a 29 February, so days before March 1900 are refused)."""
    if not _SERIAL_NUMBER.fullmatch(text) or not 61 <= float(text) < 2_958_466:
        raise InvalidValueError("not_a_date", NOT_A_DATE.fill(format=ISO))
    whole, _, fraction = text.partition(".")
    seconds = round(float(f"0.{fraction or 0}") * 86400)
    return EXCEL_DAY_ZERO + timedelta(days=int(whole), seconds=seconds), seconds != 0


def in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """A naive moment is one of the zone. Raises InvalidValueError at the ends of time."""
    try:
        found = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise InvalidValueError("no_such_day", NO_SUCH_DAY.fill(format=ISO)) from None
    if not is_moment(found):
        raise InvalidValueError("no_such_day", NO_SUCH_DAY.fill(format=ISO))
    return found


def wall_time(value: object, zone: ZoneInfo) -> object:
    """A moment as the clock on the workspace's wall shows it, to the second."""
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return value
