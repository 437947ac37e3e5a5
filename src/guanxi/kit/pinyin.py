"""How Chinese is read: characters by their most usual reading, phrases as they are spoken."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

#: A syllable and its characters, or a phrase that is read otherwise than its characters; `tools/readings.py` writes it.
_FILE = Path(__file__).with_name("pinyin.txt")
LONGEST_PHRASE = 4


@cache
def readings() -> Mapping[str, str]:
    """Characters and phrases with their syllables, a blank between them."""
    found: dict[str, str] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        first, rest = line.split(" ", 1)
        if first.isascii():
            found.update(dict.fromkeys(rest, first))
        else:
            found[first] = rest
    return found


def spoken(text: str, *, initials: bool = False) -> str:
    """The text with its Chinese as syllables with blanks between them, or as their first letters; the rest as it is."""
    if text.isascii():
        return text
    return "".join(_parts(text, initials=initials))


def _parts(text: str, *, initials: bool) -> Iterator[str]:
    known = readings()
    place, is_behind_syllable = 0, False
    while place < len(text):
        said = None
        for size in range(LONGEST_PHRASE, 0, -1):
            said = known.get(text[place : place + size])
            if said is not None:
                break
        if said is None:
            yield text[place]
        elif initials:
            yield "".join(one[0] for one in said.split(" "))
        else:
            yield f" {said}" if is_behind_syllable else said
        is_behind_syllable = said is not None
        place += size
