"""The shape of a question: what its statement's text depends on, values left out."""

from collections.abc import Hashable

from guanxi.query.condition import Condition, FormulaTest, Not, Test
from guanxi.query.question import Cursor, ListQuestion, MeasureQuestion, Selection


def shape_of(question: ListQuestion | MeasureQuestion | Selection) -> Hashable:
    """Equal shapes compile to equal texts at one design version and under equal policies."""
    if isinstance(question, Selection):
        return ("selection", *_selection(question))
    if isinstance(question, ListQuestion):
        return (
            "list",
            *_selection(question.selection),
            tuple(path.text for path in question.fields),
            tuple((path.text, falls) for path, falls in question.sort),
            _cursor(question.after),
            question.by_relevance,
            question.limit,
            tuple(_condition(one) for one in question.tests),
        )
    return (
        "measures",
        *_selection(question.selection),
        tuple(
            (
                measure.aggregate,
                measure.path.text if measure.path else None,
                measure.weight.text if measure.weight else None,
            )
            for measure in question.measures
        ),
        tuple(path.text for path in question.group_by),
    )


def _selection(selection: Selection) -> tuple[Hashable, ...]:
    return (
        selection.definition.name,
        _condition(selection.condition),
        tuple(term.pinyin_tsquery is not None for term in selection.terms),
        selection.deleted,
        selection.ids is not None,
    )


def _condition(condition: Condition) -> Hashable:
    if isinstance(condition, Test):
        return (condition.path.text, condition.operator, condition.values == (None,))
    if isinstance(condition, FormulaTest):
        return ("formula", condition.text)
    if isinstance(condition, Not):
        return ("not", _condition(condition.condition))
    return (type(condition).__name__, *(_condition(one) for one in condition.conditions))


def _cursor(cursor: Cursor | None) -> Hashable:
    return None if cursor is None else tuple(value is None for value in cursor.values)
