"""Formatted text is cleaned of all that could do or fetch anything."""

import pytest

from guanxi.fields.html import cleaned, words

LINK = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<svg><script>alert(1)</script></svg>", ""),
        ("<iframe src='https://x.example'></iframe>", ""),
        ("<p><a href='javascript:alert(1)'>a</a></p>", f"<p><a {LINK}>a</a></p>"),
        ("<p><a href='&#106;avascript:alert(1)'>a</a></p>", f"<p><a {LINK}>a</a></p>"),
        ("<p><a href='data:text/html,x'>a</a></p>", f"<p><a {LINK}>a</a></p>"),
        (
            "<a href='https://x.example' target='_top'>a</a>",
            f'<a href="https://x.example" {LINK}>a</a>',
        ),
        ("<h4>a</h4><div>b</div>", "<p>ab</p>"),
        ("<p>a</p><!-- b -->", "<p>a</p>"),
        ("<p></p><p> </p>", ""),
        ("one\n\ntwo <3", "<p>one</p><p>two &lt;3</p>"),
        ("<p>unclosed <strong>bold", "<p>unclosed <strong>bold</strong></p>"),
    ],
)
def test_only_words_and_their_formatting_are_kept(sent: str, kept: str) -> None:
    assert cleaned(sent) == kept
    assert cleaned(kept) == kept


def test_its_words_are_what_is_looked_for() -> None:
    assert words("<p>Pri<strong>ce</strong> &amp;&nbsp;terms</p><p>二</p>") == "Price & terms 二"
