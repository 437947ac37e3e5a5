"""A measured figure, the floor it stands beside, and the table they make."""

import json
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """One figure. `ratio` is value / floor; `bound` says what the ratio (or the value itself) must keep to."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    bound: float | None = None
    #: "at_least": the higher the better; "at_most": the lower.
    direction: Literal["at_least", "at_most"] = "at_most"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def is_held(self) -> bool | None:
        """Whether the bound is kept; None when there is none."""
        if self.bound is None:
            return None
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.bound if self.direction == "at_least" else measured <= self.bound


async def median_seconds(act: Callable[[], Awaitable[object]], times: int) -> float:
    """The median duration of an act, after two rounds to get warm."""
    for _ in range(2):
        await act()
    measured = []
    for _ in range(times):
        begun = time.perf_counter()
        await act()
        measured.append(time.perf_counter() - begun)
    return statistics.median(measured)


async def median_pair(
    act: Callable[[], Awaitable[object]], floor: Callable[[], Awaitable[object]], times: int
) -> tuple[float, float]:
    """Medians of an act and of its floor, taken in turns so that both meet the same weather."""
    for _ in range(3):
        await act()
        await floor()
    acts, floors = [], []
    for _ in range(times):
        begun = time.perf_counter()
        await act()
        middle = time.perf_counter()
        await floor()
        floors.append(time.perf_counter() - middle)
        acts.append(middle - begun)
    return statistics.median(acts), statistics.median(floors)


def table(figures: Sequence[Figure]) -> str:
    """The figures for the eye."""
    lines = [f"{'figure':58} {'value':>12} {'floor':>12} {'ratio':>7}  bound"]
    for one in figures:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        floor = "" if one.floor is None else f"{one.floor:,.4g}"
        sign = "≥" if one.direction == "at_least" else "≤"
        bound = "" if one.bound is None else f"{sign} {one.bound:g}"
        verdict = {True: "held", False: "MISSED", None: ""}[one.is_held]
        lines.append(
            f"{one.name:58} {one.value:>9,.4g} {one.unit:<4}{floor:>11} {ratio:>7}  {bound:8} {verdict}"
            + (f"  ({one.note})" if one.note else "")
        )
    return "\n".join(lines)


def write_json(figures: Sequence[Figure], file: Path) -> None:
    """The figures for machines."""
    document = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "figures": [{**asdict(one), "ratio": one.ratio, "held": one.is_held} for one in figures],
    }
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
