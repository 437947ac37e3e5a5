"""The language in which commands speak: that of the terminal."""

import os
from collections.abc import Mapping

from guanxi.kit.text import Locale, Text, choose_locale


def reader_locale(environment: Mapping[str, str] | None = None) -> Locale:
    """What LC_ALL, LC_MESSAGES or LANG say; English when they say nothing we speak."""
    source = os.environ if environment is None else environment
    wishes = (source.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    said = next((wish for wish in wishes if wish), None)
    return choose_locale(said, default="en")


def spoken(text: Text) -> str:
    """The sentence in the reader's language."""
    return text.in_locale(reader_locale())
