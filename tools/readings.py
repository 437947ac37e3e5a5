"""`python tools/readings.py`: writes how Chinese is read, for formulas, from what search knows."""

from itertools import groupby
from pathlib import Path

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

from guanxi.query.lexemes import syllables

FILE = Path(__file__).parents[1] / "src" / "guanxi" / "kit" / "pinyin.txt"
LONGEST = 4


def lines() -> list[str]:
    """A line for each syllable with its characters, then for each phrase that is read otherwise than they are."""
    read = {one: syllables(one)[0] for one in map(chr, range(0x4E00, 0xA000))}
    read = {one: syllable for one, syllable in read.items() if syllable.isascii()}
    by_syllable = groupby(sorted(read, key=lambda one: (read[one], one)), key=lambda one: read[one])
    found = [f"{syllable} {''.join(some)}" for syllable, some in by_syllable]
    for phrase in sorted(phrases_dict):
        if not 1 < len(phrase) <= LONGEST or not all(one in read for one in phrase):
            continue
        said = [to_normal(one[0]) for one in phrases_dict[phrase]]
        if said != [read[one] for one in phrase] and all(one.isascii() for one in said):
            found.append(f"{phrase} {' '.join(said)}")
    return found


if __name__ == "__main__":
    FILE.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
