"""Which search words records must have for their keys to be similar enough to another one.

A key of n letters has n words: its pairs of letters and its last letter. Two keys are as similar as the share of words they
have in common. So how many a key of m letters must share is known beforehand, and the index finds only those that do.
"""

from collections.abc import Iterator
from itertools import combinations
from math import ceil, floor

#: Among so many of its words those in common are looked for: the first ones, which tell names apart.
MOST_WORDS = 6
LONGEST_KEY = 60


def similar_words(key: str, similarity: float) -> str:
    """The `tsquery` that finds what may be similar."""
    key = key[:LONGEST_KEY]
    words = list(dict.fromkeys(_words(key)))
    some = words[:MOST_WORDS]
    lengths_by_common: dict[int, list[int]] = {}
    for length in _lengths(len(key), similarity):
        common = ceil(similarity * (len(key) + length) / 2 - 1e-9)
        if common <= len(words):
            least = max(1, common - (len(words) - len(some)))
            lengths_by_common.setdefault(least, []).append(length)
    return " | ".join(
        f"({' | '.join(_quoted(f'#{length}') for length in lengths)}) & ({_any(some, least)})"
        for least, lengths in lengths_by_common.items()
    )


def _lengths(own: int, similarity: float) -> range:
    shortest = ceil(similarity * own / (2 - similarity) - 1e-9)
    return range(max(1, shortest), floor(own * (2 - similarity) / similarity + 1e-9) + 1)


def _words(key: str) -> Iterator[str]:
    for place in range(len(key) - 1):
        yield key[place : place + 2]
    yield key[-1]


def _any(words: list[str], least: int) -> str:
    return " | ".join(
        f"({' & '.join(_quoted(word) for word in some)})" for some in combinations(words, least)
    )


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
