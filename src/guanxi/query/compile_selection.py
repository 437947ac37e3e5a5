"""Selections → predicates: which rows are meant and may be seen."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.fields.capabilities import ValueKind
from guanxi.metadata.model import FieldDefinition
from guanxi.query.compile_condition import UUIDS, compile_condition
from guanxi.query.condition import EVERYTHING, Path
from guanxi.query.lexemes import SearchTerm
from guanxi.query.question import Selection
from guanxi.query.sources import Column, Predicate, Sources


def predicates(selection: Selection, sources: Sources) -> list[Predicate]:
    """All that a row must fulfil: seen by the asker, alive (or in the trash), as the condition says, matching the search."""
    definition, base = selection.definition, sources.base
    found: list[Predicate] = []
    allowed = sources.policy.rows(definition, base)
    if allowed is not None:
        found.append(allowed)
    if not definition.built_in:
        deleted_at = base.c["deleted_at"]
        found.append(deleted_at.is_not(None) if selection.deleted else deleted_at.is_(None))
    if selection.condition != EVERYTHING:
        found.append(compile_condition(selection.condition, sources.column, policy=sources.policy))
    if selection.ids is not None:
        ids = sa.cast(sa.bindparam("ids", type_=sa.Text()), UUIDS)
        found.append(base.c["id"] == sa.func.any(ids))
    found += [
        _matches(place, term, selection, sources) for place, term in enumerate(selection.terms)
    ]
    return found


def readable_texts(selection: Selection, sources: Sources) -> dict[str, Column]:
    """The searchable fields with what the asker may see of them; fields never seen are left out."""
    return {
        field.name: field.type.words_of(column)
        for field in _searchable(selection)
        if not isinstance(column := sources.column(Path((), field)), sa.sql.elements.Null)
    }


def _searchable(selection: Selection) -> tuple[FieldDefinition, ...]:
    fields = selection.definition.searchable_fields
    if selection.definition.built_in:
        return tuple(one for one in fields if one.type.value_kind is ValueKind.TEXT)
    return fields


def _matches(place: int, term: SearchTerm, selection: Selection, sources: Sources) -> Predicate:
    """The index finds candidates over all fields; the recheck looks only at what the asker may see."""
    texts = readable_texts(selection, sources)
    pattern = sa.cast(sa.bindparam(f"s{place}_text", type_=sa.Text()), sa.Text())
    seen: list[Predicate] = [column.ilike(pattern) for column in texts.values()]
    if selection.definition.built_in:
        return sa.or_(sa.false(), *seen)
    search = sources.base.c["search"]
    candidates = [search.op("@@")(_tsquery(f"s{place}_query"))]
    if term.pinyin_tsquery is not None and "name" in texts:
        by_pinyin = search.op("@@")(_tsquery(f"s{place}_pinyin"))
        candidates.append(by_pinyin)
        seen.append(sa.and_(by_pinyin, texts["name"].is_not(None)))
    return sa.and_(sa.or_(*candidates), sa.or_(sa.false(), *seen))


def _tsquery(name: str) -> Column:
    return sa.cast(sa.bindparam(name, type_=sa.Text()), postgresql.TSQUERY())
