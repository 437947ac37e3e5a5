"""Search words: Latin words, CJK bigrams and pinyin of names, and the terms of what somebody looks for.

PostgreSQL's own parsers keep a run of Chinese as one token, so the words are made here and stored as a `tsvector`.
Pinyin words carry the mark `~` and come from the record's name only.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from guanxi.kit.later import later

if TYPE_CHECKING:
    import pypinyin
else:
    pypinyin = later("pypinyin")


LONGEST_TEXT = 4096
MOST_LEXEMES = 600
LONGEST_WORD = 60
LONGEST_PINYIN_RUN = 24
MOST_TERMS = 6

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUNS = re.compile(rf"[{_CJK}]+|[^\W_]+", re.UNICODE)
_IS_CJK = re.compile(rf"[{_CJK}]")

#: Characters read differently as surnames (the first reading is the surname's).
SURNAME_READINGS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "区": "ou",
    "盖": "ge", "任": "ren", "华": "hua", "尉": "yu", "乐": "yue", "员": "yun", "葛": "ge",
    "洗": "xian", "缪": "miao", "翟": "zhai", "纪": "ji", "召": "shao", "种": "chong", "秘": "bi",
    "折": "she", "黑": "he", "繁": "po", "会": "gui", "宓": "fu", "逄": "pang", "万": "wan",
    "覃": "qin", "卜": "bu", "晟": "cheng", "冼": "xian", "祭": "zhai", "隗": "wei", "那": "na",
}  # fmt: skip


def normalise(text: str) -> str:
    """Compatibility forms folded, lower case: full-width letters meet their narrow twins."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=4096)
def syllables(run: str) -> tuple[str, ...]:
    """The pinyin of a run of Chinese, phrase by phrase, without tones."""
    return tuple(one[0] for one in pypinyin.pinyin(run, style=pypinyin.Style.NORMAL))


def name_key(name: str) -> str:
    """The sort key of a name: pinyin for Chinese, lower case for the rest."""
    folded = normalise(name)[:200]
    if not _IS_CJK.search(folded):
        return folded
    return "".join(
        " ".join(syllables(part)) if _IS_CJK.match(part) else part
        for part in re.split(rf"([{_CJK}]+)", folded)
        if part
    )[:400]


def lexemes(name: str, texts: Iterable[str | None]) -> list[str]:
    """The search words of a record: of its name (with pinyin) and of its other texts. At most 600."""
    found: dict[str, None] = {}
    folded = normalise(name)
    _add_words(found, folded, single_characters=True)
    for run in _RUNS.findall(folded):
        if _IS_CJK.match(run):
            _add_pinyin(found, run[:LONGEST_PINYIN_RUN])
    for text in texts:
        if text:
            _add_words(found, normalise(text[:LONGEST_TEXT]), single_characters=False)
        if len(found) > MOST_LEXEMES:
            break
    return list(found)[:MOST_LEXEMES]


def _add_words(found: dict[str, None], text: str, *, single_characters: bool) -> None:
    for run in _RUNS.findall(text):
        if not _IS_CJK.match(run):
            found[run[:LONGEST_WORD]] = None
            continue
        if single_characters or len(run) == 1:
            found.update(dict.fromkeys(run))
        for place in range(len(run) - 1):
            found[run[place : place + 2]] = None


def _add_pinyin(found: dict[str, None], run: str) -> None:
    for reading in _readings(run):
        initials = "".join(one[0] for one in reading)
        for place in range(len(reading)):
            found["~" + initials[place:]] = None
            found["~" + "".join(reading[place:])[:LONGEST_WORD]] = None


def _readings(run: str) -> list[tuple[str, ...]]:
    usual = syllables(run)
    surname = SURNAME_READINGS.get(run[0])
    if surname is None or surname == usual[0]:
        return [usual]
    return [usual, (surname, *usual[1:])]


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One word somebody looks for."""

    #: As typed, folded: what the texts must contain.
    text: str
    #: The index words that must all be there: a `tsquery`.
    tsquery: str
    #: The same as pinyin of the name, or None when it holds no Latin letters only.
    pinyin_tsquery: str | None


def search_terms(question: str) -> list[SearchTerm]:
    """What somebody typed, as terms that must all match; at most 6. Empty for nothing to look for."""
    terms: list[SearchTerm] = []
    for part in normalise(question[:200]).split()[:MOST_TERMS]:
        words: list[str] = []
        for run in _RUNS.findall(part):
            if not _IS_CJK.match(run):
                words.append(f"'{run[:LONGEST_WORD]}':*")
            elif len(run) == 1:
                words.append(f"'{run}'")
            else:
                words += [f"'{run[place : place + 2]}'" for place in range(len(run) - 1)]
        if not words:
            continue
        latin = part.isascii() and part.isalpha()
        terms.append(
            SearchTerm(
                text=part,
                tsquery=" & ".join(words),
                pinyin_tsquery=f"'~{part[:LONGEST_WORD]}':*" if latin else None,
            )
        )
    return terms
