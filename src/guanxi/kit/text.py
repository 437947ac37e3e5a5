"""Texts in the product's two languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Locale = Literal["zh-CN", "en"]
LOCALES: tuple[Locale, ...] = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence written in both languages, perhaps with `{places}` for values."""

    zh: str
    en: str

    def in_locale(self, locale: Locale) -> str:
        return self.zh if locale == "zh-CN" else self.en

    def fill(self, **values: object) -> "Text":
        """The sentence with its places filled; a `Text` among the values speaks its own language."""
        return Text(zh=_fill(self.zh, values, "zh-CN"), en=_fill(self.en, values, "en"))

    def as_label(self) -> dict[str, str]:
        return {"zh-CN": self.zh, "en": self.en}


def _fill(template: str, values: Mapping[str, object], locale: Locale) -> str:
    spoken = {
        name: value.in_locale(locale) if isinstance(value, Text) else value
        for name, value in values.items()
    }
    return template.format_map(spoken)


def label_in(label: Mapping[str, str], locale: Locale) -> str:
    """A label in one language; a missing language falls back to the other."""
    return label.get(locale) or next((text for text in label.values() if text), "")


def text_of(label: Mapping[str, str]) -> Text:
    """A label as a `Text`, the missing language filled from the other."""
    return Text(zh=label_in(label, "zh-CN"), en=label_in(label, "en"))


def choose_locale(*wishes: str | None, default: Locale = "zh-CN") -> Locale:
    """The first language of the wishes that we speak. A wish may be an `Accept-Language` header."""
    for wish in wishes:
        for part in (wish or "").split(","):
            tag = part.split(";")[0].strip().lower()
            if tag.startswith("zh"):
                return "zh-CN"
            if tag.startswith("en"):
                return "en"
    return default
