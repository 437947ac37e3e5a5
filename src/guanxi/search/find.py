"""Finds records of all objects by what somebody typed: names, other texts, pinyin and initials."""

import json
from collections.abc import Sequence
from typing import Any

from guanxi.db.unit_of_work import Row
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.lexemes import SearchTerm, search_terms
from guanxi.query.question import ListQuestion, Selection

MOST_SUMMARY_FIELDS = 3


def find(
    viewer: Viewer, asking: Asking, question: str, *, limit: int
) -> PreparedRead[dict[str, Any]]:
    """`{"groups": [{"object", "records": […]}]}`: the best few of each object, names that begin so first.

    One statement per object, all in one round trip.
    """
    terms = tuple(search_terms(question))
    objects = [
        definition
        for definition in viewer.catalog.record_objects()
        if definition.retired_at is None and viewer.may(Action.SEE, definition.name)
    ]
    if not terms or not objects:
        return PreparedRead((), lambda _: {"groups": []})
    shown = [_shown_fields(viewer, definition) for definition in objects]
    statements = [
        asking.list(
            viewer,
            ListQuestion(
                Selection(definition, terms=terms), fields, limit=limit, by_relevance=True
            ),
        )
        for definition, fields in zip(objects, shown, strict=True)
    ]

    def finish(rows: list[list[Row]]) -> dict[str, Any]:
        groups = [
            _group(definition, fields, terms, json.loads(found[0][0]))
            for definition, fields, found in zip(objects, shown, rows, strict=True)
        ]
        return {"groups": [group for group in groups if group["records"]]}

    return PreparedRead(statements, finish)


def _shown_fields(viewer: Viewer, definition: ObjectDefinition) -> tuple[Path, ...]:
    """The name, the searchable fields (to show what matched) and the card's fields, as far as they may be read."""
    names = ["name", *(field.name for field in definition.searchable_fields)]
    names += definition.layout.card
    readable = [
        definition.fields[name]
        for name in dict.fromkeys(names)
        if name in definition.fields and viewer.may_read(definition.name, name)
    ]
    return tuple(Path((), field) for field in readable)


def _group(
    definition: ObjectDefinition,
    fields: Sequence[Path],
    terms: Sequence[SearchTerm],
    records: list[dict[str, Any]],
) -> dict[str, Any]:
    card = [name for name in definition.layout.card if name != "name"]
    return {
        "object": definition.name,
        "records": [
            {
                "id": record["id"],
                "name": record.get("name"),
                "matched": _matched(fields, terms, record),
                "summary": [
                    {"field": name, "value": record[name]}
                    for name in card
                    if record.get(name) is not None
                ][:MOST_SUMMARY_FIELDS],
            }
            for record in records
        ],
    }


def _matched(
    fields: Sequence[Path], terms: Sequence[SearchTerm], record: dict[str, Any]
) -> dict[str, str] | None:
    """The first text other than the name that holds a term the name does not; None when the name tells enough."""
    name = str(record.get("name") or "").lower()
    missing = [term.text for term in terms if term.text not in name]
    for path in fields:
        value = record.get(path.text)
        if path.text == "name" or not isinstance(value, str):
            continue
        if any(text in value.lower() for text in missing):
            return {"field": path.text, "text": value[:200]}
    return None
