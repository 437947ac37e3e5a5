"""Makes the search words of records anew whose computed text moved."""

from collections.abc import Collection, Mapping
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.model import ObjectDefinition
from guanxi.records.draft import RecordDraft
from guanxi.records.own import set_search_words
from guanxi.records.recompute_store import read_fields, write_words


async def set_words_again(
    work: UnitOfWork, definition: ObjectDefinition, moved: Mapping[str, Collection[UUID]]
) -> None:
    """`moved` are the records, by field. They must be locked."""
    searched = {"name", *(field.name for field in definition.searchable_fields)}
    ids = {id_ for name, some in moved.items() if name in searched for id_ in some}
    if not ids:
        return
    rows = await read_fields(work, definition, sorted(searched), sorted(ids))
    drafts = [
        RecordDraft(place=place, id=id_, values=values) for place, (id_, values) in enumerate(rows)
    ]
    set_search_words(definition, drafts)
    await write_words(
        work,
        definition,
        [(draft.id, draft.values["search"], draft.values["name_key"]) for draft in drafts],
    )
