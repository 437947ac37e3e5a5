"""Formatted text as HTML that holds nothing but words and their formatting."""

import html
import re

import nh3
import sqlalchemy as sa

#: What the editor of the web app knows; everything else is dropped, its words are kept.
_TAGS = {
    "p", "br", "h1", "h2", "h3", "strong", "em", "u", "s", "code", "pre", "a", "ul", "ol", "li",
    "blockquote", "hr",
}  # fmt: skip
#: Dropped with what stands in them.
_DROPPED_WHOLE = {"script", "style", "title", "template", "iframe", "noscript"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
#: Formatting within a word does not part it.
_WITHIN_WORDS = r"</?(?:strong|em|u|s|code|a)(?: [^>]*)?>"
_BLANK = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """The text as HTML: plain text in paragraphs, HTML without what could do or fetch anything; "" when no word is left."""
    if not _TAG.search(text):
        parts = (html.escape(part, quote=False) for part in text.split("\n") if part.strip())
        text = "".join(f"<p>{part.strip()}</p>" for part in parts)
    kept = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    if not words(kept) and "<hr" not in kept:
        return ""
    return kept if _TAG.search(kept) else f"<p>{kept}</p>"


def words(kept: str) -> str:
    """The words of cleaned HTML in one line."""
    bare = re.sub(r"<[^>]*>", " ", re.sub(_WITHIN_WORDS, "", kept))
    return _BLANK.sub(" ", html.unescape(bare)).strip()


def words_in(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """The same by the database, entities but the blank left as they are."""
    within = sa.func.regexp_replace(
        column,
        sa.literal_column(f"'{_WITHIN_WORDS}'"),
        sa.literal_column("''"),
        sa.literal_column("'g'"),
    )
    bare = sa.func.regexp_replace(
        within, sa.literal_column("'<[^>]*>'"), sa.literal_column("' '"), sa.literal_column("'g'")
    )
    return sa.func.replace(bare, sa.literal_column("'&nbsp;'"), sa.literal_column("' '"))
