"""Formula text is read as people write it, and where it cannot be, the place and the mending are told."""

import pytest

from guanxi.formula.errors import FormulaError
from guanxi.formula.json_form import from_json, to_json
from guanxi.formula.parse import parse


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 + 2 * 3", ["call", "+", ["number", "1"], ["call", "*", ["number", "2"], ["number", "3"]]]),
        ("-2 ^ 2", ["call", "^", ["number", "-2"], ["number", "2"]]),
        ("2 ^ 3 ^ 2", ["call", "^", ["number", "2"], ["call", "^", ["number", "3"], ["number", "2"]]]),
        ("1 - 2 - 3", ["call", "-", ["call", "-", ["number", "1"], ["number", "2"]], ["number", "3"]]),
        ('"a""b" & “c”', ["call", "&", ["text", 'a"b'], ["text", "c"]]),
        ("{a}.{b}", ["field", "a", "b"]),
        ("{a.b}", ["field", "a", "b"]),
        ("{当前行.数量}", ["row", "数量"]),
        ("{x} in [1, 2]", ["call", "IN", ["field", "x"], ["list", ["number", "1"], ["number", "2"]]]),
        ("如果（{金额}≥1，真，假）",
         ["call", "如果", ["call", ">=", ["field", "金额"], ["number", "1"]], ["boolean", True], ["boolean", False]]),
        ("{lines}.FILTER({row.n} > 1).{m}.SUM()",
         ["call", "SUM", ["call", "MAP",
                          ["call", "FILTER", ["field", "lines"], ["call", ">", ["row", "n"], ["number", "1"]]],
                          ["row", "m"]]]),
        ("1 // one\n + /* two */ 2", ["call", "+", ["number", "1"], ["number", "2"]]),
        ("a() || b() && c()", ["call", "OR", ["call", "a"], ["call", "AND", ["call", "b"], ["call", "c"]]]),
    ],
)  # fmt: skip
def test_a_formula_is_read_as_it_is_written(text: str, tree: list[object]) -> None:
    node = parse(text)
    assert to_json(node) == tree
    assert from_json(tree) == node


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("", "empty_formula", (0, 0)),
        ("1 +", "ends_early", (3, 3)),
        ("1 < 2 < 3", "chained_comparison", (6, 7)),
        ("(1", "missing_sign", (2, 2)),
        ('"a', "unclosed_text", (0, 2)),
        ("{a", "unclosed_field", (0, 2)),
        ("/* a", "unclosed_comment", (0, 4)),
        ("amount + 1", "bare_name", (0, 6)),
        ("1 # 2", "strange_character", (2, 3)),
        ("1 2", "unexpected", (2, 3)),
        ("{a..b}", "no_field_name", (0, 6)),
        ("1e99", "big_number", (0, 4)),
    ],
)
def test_a_mistake_is_shown_at_its_place(text: str, code: str, span: tuple[int, int]) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.span) == (code, span)


def test_a_missing_bracket_can_be_put_in() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("SUM({a}, 2")
    fix = caught.value.fix
    assert fix is not None
    text = "SUM({a}, 2"
    mended = text[: fix.span[0]] + fix.replacement + text[fix.span[1] :]
    assert mended == "SUM({a}, 2)"


@pytest.mark.parametrize(
    "text", ["(" * 200 + "1" + ")" * 200, "1" + "+1" * 600, "-" * 300 + "{a}", "1" * 9000]
)
def test_a_formula_of_any_size_is_read_or_refused_at_once(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.code in {"too_large", "too_long", "big_number"}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        ["x"],
        ["number", "NaN"],
        ["number", "1e999"],
        ["call"],
        ["field"],
        ["text", 1],
        {"a": 1},
    ],
)
def test_a_broken_stored_form_is_refused(raw: object) -> None:
    with pytest.raises(FormulaError):
        from_json(raw)
