"""Formula text → tokens. Full-width signs and quotes count as their plain twins; comments are left out."""

import re
from dataclasses import dataclass

from guanxi.formula.errors import FormulaError
from guanxi.formula.tree import MOST_CHARACTERS, Span
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a formula. `kind` is number, text, field, name, sign or end."""

    kind: str
    value: str
    span: Span


TOO_LONG = Text(
    zh="公式太长，最多 {most} 个字符。请拆成几个计算字段。",
    en="The formula is too long: at most {most} characters. Split it into several computed fields.",
)
UNCLOSED_TEXT = Text(zh='文本缺少结尾的引号 "。', en='The text has no closing quote ".')
UNCLOSED_FIELD = Text(zh="字段缺少结尾的 }。", en="The field has no closing }.")
UNCLOSED_COMMENT = Text(zh="注释缺少结尾的 */。", en="The comment has no closing */.")
STRANGE = Text(zh="公式里不能用“{character}”。", en="“{character}” cannot stand in a formula.")

_PLAIN = str.maketrans(
    {
        "（": "(", "）": ")", "，": ",", "；": ",", "｛": "{", "｝": "}", "［": "[", "］": "]",
        "“": '"', "”": '"', "＂": '"', "＝": "=", "＜": "<", "＞": ">", "＋": "+", "－": "-", "−": "-",
        "＊": "*", "×": "*", "／": "/", "÷": "/", "％": "%", "＆": "&", "｜": "|", "！": "!", "．": ".",
        "≠": "≠", "≤": "≤", "≥": "≥", "＾": "^", "\u3000": " ", "\u00a0": " ", ";": ",",
    }
)  # fmt: skip
_SAME = {"==": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "&&": "&&", "||": "||"}

_WORDS = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2}(?![0-9]))?)
  | (?P<name>[^\W\d]\w*)
  | (?P<sign>==|!=|<>|<=|>=|&&|\|\||[≠≤≥=<>+\-*/%^&(),.\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens_of(text: str) -> list[Token]:
    """The words of a formula, the last of kind end. Raises FormulaError."""
    if len(text) > MOST_CHARACTERS:
        raise FormulaError("too_long", TOO_LONG.fill(most=MOST_CHARACTERS), (0, len(text)))
    plain = text.translate(_PLAIN)
    found: list[Token] = []
    place = 0
    while place < len(plain):
        token, place = _next(plain, text, place)
        if token is not None:
            found.append(token)
    found.append(Token("end", "", (len(text), len(text))))
    return found


def _next(plain: str, text: str, place: int) -> tuple[Token | None, int]:
    character = plain[place]
    if character == '"':
        return _text(plain, text, place)
    if character == "{":
        return _field(plain, text, place)
    match = _WORDS.match(plain, place)
    if plain.startswith("/*", place) and (match is None or match.lastgroup != "comment"):
        raise FormulaError("unclosed_comment", UNCLOSED_COMMENT, (place, len(text)))
    if match is None:
        problem = STRANGE.fill(character=text[place])
        raise FormulaError("strange_character", problem, (place, place + 1))
    end, kind = match.end(), match.lastgroup
    if kind in ("blank", "comment"):
        return None, end
    word = match.group()
    value = _SAME.get(word, word) if kind == "sign" else word
    return Token(str(kind), value, (place, end)), end


def _text(plain: str, text: str, place: int) -> tuple[Token, int]:
    """A text in quotes; a doubled quote inside stands for one. What is inside is left as written."""
    pieces: list[str] = []
    start = place + 1
    while True:
        end = plain.find('"', start)
        if end < 0:
            raise FormulaError("unclosed_text", UNCLOSED_TEXT, (place, len(text)))
        pieces.append(text[start:end])
        if not plain.startswith('""', end):
            return Token("text", "".join(pieces), (place, end + 1)), end + 1
        pieces.append(text[end])
        start = end + 2


def _field(plain: str, text: str, place: int) -> tuple[Token, int]:
    end = plain.find("}", place)
    if end < 0:
        raise FormulaError("unclosed_field", UNCLOSED_FIELD, (place, len(text)))
    return Token("field", text[place + 1 : end], (place, end + 1)), end + 1
