"""The administrative divisions of China with their codes of GB/T 2260, those in use and those that were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

#: What people leave out of a province's name.
_ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True, slots=True)
class Region:
    """A code with its name of today or its last one; `until` is the last year of a code that is no longer used."""

    code: str
    name: str
    since: int
    until: int | None
    #: The names the code had before.
    former: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What the codes of everything in it begin with."""
        return prefix_of(self.code)


def prefix_of(code: str) -> str:
    """`310000` → `31`, `320500` → `3205`."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Region]:
    """Every region by its code."""
    found: dict[str, Region] = {}
    file = resources.files("guanxi.fields").joinpath("regions.txt").read_text("utf-8")
    written: dict[str, list[tuple[str, int, int | None]]] = {}
    for line in file.splitlines():
        if line and not line.startswith("#"):
            code, name, *years = line.split(" ")
            since, until = int(years[0]), int(years[1]) if len(years) > 1 else None
            written.setdefault(code, []).append((name, since, until))
    for code, names in written.items():
        name, since, until = max(names, key=lambda one: (one[2] is None, one[2] or 0, one[1]))
        former = tuple(dict.fromkeys(one[0] for one in names if one[0] != name))
        found[code] = Region(code, name, min(since, *(one[1] for one in names)), until, former)
    return found


@lru_cache(maxsize=10_000)
def path_to(code: str) -> tuple[Region, ...]:
    """A region with all it lies in, the largest first; nothing for a code that never was."""
    known = regions()
    if code not in known:
        return ()
    codes = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(known[one] for one in codes if one in known)


def written_path(code: str) -> str:
    """Its names in one word, as addresses are written: `江苏省苏州市吴中区`."""
    return "".join(one.name for one in path_to(code))


def without_path(code: str, text: str) -> str | None:
    """What follows the names of a region, of today or before, at the beginning of a text; None when they are not there."""
    for region in path_to(code):
        for name in (region.name, *region.former):
            if text.startswith(name):
                text = text[len(name) :]
                break
        else:
            return None
    return text.lstrip()


def recognise(text: str) -> tuple[str, str] | None:
    """The region an address begins with, as its code, and the rest: `上海浦东新区世纪大道 1 号`. Only regions in use."""
    found = _step(_children(""), text, short=True)
    if found is None:
        found = _step(_cities(), text, short=False)
    if found is None:
        return None
    region, rest = found
    while (deeper := _step(_children(region.code), rest, short=False)) is not None:
        region, rest = deeper
    # 上海市上海市浦东新区
    if region.code.endswith("0000") and (again := _step((region,), rest, short=False)):
        while (deeper := _step(_children(region.code), again[1], short=False)) is not None:
            region, again = deeper[0], deeper
        rest = again[1]
    return region.code, rest


def _step(among: Sequence[Region], text: str, *, short: bool) -> tuple[Region, str] | None:
    text = text.lstrip(" ,，/-·")
    best: tuple[Region, str] | None = None
    for region in among:
        for name in _writings(region, short=short):
            if text.startswith(name) and (best is None or len(text) - len(name) < len(best[1])):
                best = region, text[len(name) :].lstrip(" ,，")
    return best


def _writings(region: Region, *, short: bool) -> Iterator[str]:
    yield region.name
    if short:
        ending = next((one for one in _ENDINGS if region.name.endswith(one)), "")
        yield region.name.removesuffix(ending)


def _children(code: str) -> Sequence[Region]:
    """The regions in use right below one; the provinces below nothing."""
    return _below().get(code, ())


@lru_cache(maxsize=1)
def _below() -> Mapping[str, Sequence[Region]]:
    found: dict[str, list[Region]] = {}
    for region in regions().values():
        if region.until is None:
            *above, _ = path_to(region.code)
            found.setdefault(above[-1].code if above else "", []).append(region)
    return found


@lru_cache(maxsize=1)
def _cities() -> tuple[Region, ...]:
    return tuple(
        one
        for one in regions().values()
        if one.until is None and one.code.endswith("00") and not one.code.endswith("0000")
    )
