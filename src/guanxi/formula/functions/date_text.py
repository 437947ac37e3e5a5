"""Writing days and times by a format, as spreadsheets do."""

import re
from collections.abc import Callable
from datetime import datetime, time

import sqlalchemy as sa

from guanxi.formula.calendar_sql import local_time, part
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.errors import FormulaError
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.date_parts import MOMENT, Moment
from guanxi.formula.sql_value import Column, SqlValue, number
from guanxi.formula.tree import Literal, Node, Span
from guanxi.formula.types import TEXT
from guanxi.kit.text import Text

NO_DATE_FORMAT = Text(
    zh="“{format}”不是日期格式。例如：yyyy-MM-dd、yyyy年M月d日、HH:mm。",
    en="“{format}” is no format of a date. Write such as yyyy-MM-dd, d/M/yyyy or HH:mm.",
)
SAMPLES = (
    "yyyy-MM-dd", "yyyy年M月d日", "yyyy-MM-dd HH:mm:ss", "yyyy/m/d", "HH:mm", "M月d日 aaaa", "yyyyMMdd", "yy.M.d h:mm AM/PM",
    "dddd, d MMMM yyyy", "ddd d MMM", "上午/下午h点mm分", "'am' yyyy \"%\" aaa",
)  # fmt: skip
#: What stands for a part of a date, in any case of letters; other characters stand for themselves, as does what is quoted.
_PIECES = re.compile(
    r"'[^']*'|\"[^\"]*\"|yyyy|yy|m{1,4}|d{1,4}|a{3,4}|h{1,2}|s{1,2}|am/pm|上午/下午|.",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(r"yyyy|yy|m{1,4}|d{1,4}|a{3,4}|h{1,2}|s{1,2}|am/pm|上午/下午", re.IGNORECASE)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_DAYS = "一二三四五六日"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Write = Callable[[datetime], str]

#: In Python, and as PostgreSQL writes it.
_WRITTEN: dict[str, tuple[Write, str]] = {
    "yyyy": (lambda at: f"{at.year:04}", "YYYY"),
    "yy": (lambda at: f"{at.year % 100:02}", "YY"),
    "MMMM": (lambda at: MONTHS[at.month - 1], "FMMonth"),
    "MMM": (lambda at: MONTHS[at.month - 1][:3], "Mon"),
    "MM": (lambda at: f"{at.month:02}", "MM"),
    "M": (lambda at: str(at.month), "FMMM"),
    "dddd": (lambda at: DAYS[at.weekday()], "FMDay"),
    "ddd": (lambda at: DAYS[at.weekday()][:3], "Dy"),
    "dd": (lambda at: f"{at.day:02}", "DD"),
    "d": (lambda at: str(at.day), "FMDD"),
    "aaaa": (lambda at: "星期" + CHINESE_DAYS[at.weekday()], ""),
    "aaa": (lambda at: CHINESE_DAYS[at.weekday()], ""),
    "HH": (lambda at: f"{at.hour:02}", "HH24"),
    "H": (lambda at: str(at.hour), "FMHH24"),
    "hh": (lambda at: f"{_twelfth(at):02}", "HH12"),
    "h": (lambda at: str(_twelfth(at)), "FMHH12"),
    "mm": (lambda at: f"{at.minute:02}", "MI"),
    "m": (lambda at: str(at.minute), "FMMI"),
    "ss": (lambda at: f"{at.second:02}", "SS"),
    "s": (lambda at: str(at.second), "FMSS"),
    "am/pm": (lambda at: "AM" if at.hour < 12 else "PM", "AM"),
    "上午/下午": (lambda at: "上午" if at.hour < 12 else "下午", ""),
}


def _twelfth(at: datetime) -> int:
    return (at.hour + 11) % 12 + 1


def pieces(pattern: str) -> list[tuple[str | None, str]]:
    """The format cut into parts of a date, by their name, and texts, which have none.

    `m` is minutes beside hours or seconds and months elsewhere, whatever its case; hours are twelve beside AM/PM.
    """
    found = _PIECES.findall(pattern)
    kinds = [one.lower()[0] if _PART.fullmatch(one) else "" for one in found]
    in_halves = any(one.lower() in ("am/pm", "上午/下午") for one in found)
    named: list[tuple[str | None, str]] = []
    for place, (piece, kind) in enumerate(zip(found, kinds, strict=True)):
        quoted = len(piece) > 1 and piece[0] in "'\"" and piece[0] == piece[-1]
        if not kind:
            named.append((None, piece[1:-1] if quoted else piece))
            continue
        name = piece.lower()
        before = next((one for one in reversed(kinds[:place]) if one), "")
        after = next((one for one in kinds[place + 1 :] if one), "")
        if kind == "m" and (len(name) > 2 or not (before == "h" or after == "s")):
            name = name.upper()
        if kind == "h" and not in_halves:
            name = name.upper()
        named.append((name, piece))
    return named


def _check(span: Span, moment: Node, pattern: Node | None = None) -> None:
    written = pattern.value if isinstance(pattern, Literal) else None
    if not isinstance(written, str) or all(name is None for name, _ in pieces(written)):
        told = NO_DATE_FORMAT.fill(format=written if isinstance(written, str) else "")
        raise FormulaError("no_date_format", told, span if pattern is None else pattern.span)


def _python(environment: Environment, value: Moment, pattern: str) -> str | None:
    if value is None:
        return None
    is_time = isinstance(value, datetime)
    local = environment.local(value) if is_time else datetime.combine(value, time())  # type: ignore[arg-type]
    return "".join(
        text if name is None else _WRITTEN[name][0](local) for name, text in pieces(pattern)
    )


def _sql(compiler: SqlCompiler, value: SqlValue, pattern: SqlValue) -> SqlValue:
    local = compiler.cheap(local_time(value))
    written: Column | None = None
    for piece in _runs(str(pattern.constant)):
        if piece in ("aaa", "aaaa", "上午/下午"):
            one = _chinese(local, piece)
        else:
            one = sa.func.to_char(local, compiler.text(piece))
        written = one if written is None else written.concat(one)
    return SqlValue(TEXT, nullable=written)


def _runs(pattern: str) -> list[str]:
    """What one `to_char` writes each, and between them what it cannot."""
    runs = [""]
    for name, text in pieces(pattern):
        if name is None:
            quoted = text.replace("\\", "\\\\").replace('"', '\\"')
            runs[-1] += f'"{quoted}"' if text else ""
        elif shape := _WRITTEN[name][1]:
            # Nothing, quoted, keeps what PostgreSQL would read together apart.
            runs[-1] += f'""{shape}'
        else:
            runs += [name, ""]
    return [one for one in runs if one]


def _chinese(local: Column, name: str) -> Column:
    if name == "上午/下午":
        is_morning = part("hour", local) < number(12)
        morning: Column = sa.literal_column("'上午'", sa.Text())
        afternoon: Column = sa.literal_column("'下午'", sa.Text())
        return sa.case((local.is_(None), sa.null()), (is_morning, morning), else_=afternoon)
    names = sa.literal_column(f"'{CHINESE_DAYS}'", sa.Text())
    place = sa.cast(part("isodow", local), sa.Integer())
    day = sa.func.substr(names, place, sa.literal_column("1"), type_=sa.Text())
    return day if name == "aaa" else sa.literal_column("'星期'", sa.Text()).concat(day)


def date_text() -> tuple[Function, ...]:
    """What TEXT does with dates and times; with numbers it is told elsewhere."""
    pattern = parameter("格式", "format", "text", constant=True, samples=SAMPLES)
    return (
        Function("TEXT", Family.TEXT, "转文本",
                 Text(zh="日期和时间按格式写成文本：yyyy 年，M 月，d 日，H 时，mm 分，ss 秒，aaaa 星期几，上午/下午。",
                      en="Writes dates and times by a format: yyyy, M, MMM or MMMM, d, ddd or dddd, H, mm, ss, AM/PM."),
                 (overload([MOMENT, pattern], "text", python=_python, sql=_sql, in_environment=True, check_constants=_check),),
                 (Example('TEXT(DATE(2026, 11, 8), "yyyy年M月d日")', "2026年11月8日"), Example('TEXT(DATETIME(2026, 11, 8, 9, 5), "yyyy-MM-dd HH:mm")', "2026-11-08 09:05"),
                  Example('TEXT(DATE(2026, 11, 8), "M月d日 aaaa")', "11月8日 星期日"))),
    )  # fmt: skip
