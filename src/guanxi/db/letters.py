"""Capital and small letters by the full rules of Unicode, as functions of the workspace's schema.

PostgreSQL 18 has the collation for it. Older ones get the mapping written out, as this Python has it.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

#: The first PostgreSQL that knows `pg_unicode_fast`.
FIRST_WITH_COLLATION = 180000

_SIGMA, _FINAL = "Σ", "ς"

_BY_COLLATION = {
    "full_upper": "upper($1 collate pg_catalog.pg_unicode_fast)",
    "full_lower": "lower($1 collate pg_catalog.pg_unicode_fast)",
    "single_lower": "lower($1 collate pg_catalog.pg_c_utf8)",
}


def letter_functions(server_version: int) -> Iterator[str]:
    """The statements that make `full_upper` (ß is SS), `full_lower` (Σ at the end of a word is ς) and `single_lower`,
    which maps one for one so that places stay.
    """
    known = server_version >= FIRST_WITH_COLLATION
    for name, body in (_BY_COLLATION if known else _written_out()).items():
        yield (
            f"create or replace function {name}(text) returns text language sql immutable parallel safe"
            f" return {body}"
        )


def _written_out() -> dict[str, str]:
    letters = [chr(code) for code in range(128, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    small = {one: one.lower() for one in letters if len(one.lower()) == 1 and one.lower() != one}
    capital = {one: one.upper() for one in letters if len(one.upper()) == 1 and one.upper() != one}
    longer = {one: one.upper() for one in letters if len(one.upper()) > 1}
    full_upper = "$1"
    for one, several in longer.items():
        full_upper = f"replace({full_upper}, '{one}', '{several}')"
    some = "".join(longer)
    upper = f"case when $1 ~ '[{some}]' then {full_upper} else $1 end"
    lower = f"replace({_with_final_sigma(letters)}, 'İ', 'i\u0307')"
    return {
        "full_upper": _mapped("upper", upper, capital),
        "full_lower": _mapped("lower", lower, small),
        "single_lower": _mapped("lower", "$1", small | {"İ": "i"}),
    }


def _mapped(name: str, text: str, letters: dict[str, str]) -> str:
    """Of nothing but ASCII the plain function."""
    translated = f"translate({text}, '{''.join(letters)}', '{''.join(letters.values())}')"
    return (
        f'case when octet_length($1) = length($1) then {name}($1 collate "C")'
        f' else {name}({translated} collate "C") end'
    )


def _with_final_sigma(letters: list[str]) -> str:
    """Σ is ς behind a letter that has cases and before none; what is no letter of its own is looked past.

    Which characters these are is not told by Python, but seen in what it does.
    """
    every = [chr(code) for code in range(1, 128)] + letters
    passed = [one for one in every if _is_final("A" + one) and not _is_final(one)]
    cased = [one for one in every if _is_final(one)]
    before = f"([{_ranges(cased)}][{_ranges(passed)}]*)"
    after = f"(?![{_ranges(passed)}]*[{_ranges(cased)}])"
    return (
        f"case when strpos($1, '{_SIGMA}') > 0"
        f" then regexp_replace($1, '{before}{_SIGMA}{after}', '\\1{_FINAL}', 'g') else $1 end"
    )


def _is_final(before: str) -> bool:
    return (before + _SIGMA).lower().endswith(_FINAL)


def _ranges(characters: list[str]) -> str:
    """For a class of PostgreSQL's regular expressions."""
    codes = enumerate(map(ord, characters))
    found = []
    for _, run in groupby(codes, key=lambda one: one[1] - one[0]):
        members = [code for _, code in run]
        found.append(f"\\U{members[0]:08X}-\\U{members[-1]:08X}")
    return "".join(found)
