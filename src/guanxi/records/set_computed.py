"""Sets the computed fields that hang on the record alone, before it is written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.formula.environment import Environment
from guanxi.formula.evaluate import result_of
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.system_fields import NAME
from guanxi.permissions.viewer import Viewer
from guanxi.query.compile_computed import NAMELESS, held
from guanxi.records.draft import RecordDraft


class DraftValues(Mapping[tuple[str, ...], Any]):
    """The fields of a draft as formulas read them."""

    def __init__(self, draft: RecordDraft) -> None:
        self._draft = draft

    def __getitem__(self, names: tuple[str, ...]) -> Any:
        value = self._draft.value(names[0])
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, list):
            return tuple(str(one) if isinstance(one, UUID) else one for one in value)
        return value

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _name_for_now(drafts: Sequence[RecordDraft]) -> None:
    """A record is written before what it is called over its links is known."""
    for draft in drafts:
        if not draft.version:
            draft.values.setdefault(NAME, NAMELESS)


def set_computed(
    viewer: Viewer, definition: ObjectDefinition, drafts: Sequence[RecordDraft], now: datetime
) -> None:
    """Sets them where what they hang on changed; a value that stays is not written again."""
    for one in computed_fields(viewer.catalog).of(definition.name):
        if not one.is_local:
            if one.field.name == NAME:
                _name_for_now(drafts)
            continue
        sources = {names[0] for names in one.paths}
        for draft in drafts:
            if draft.version and not any(draft.changes(name) for name in sources):
                continue
            environment = Environment(
                DraftValues(draft), now, viewer.zone, calendars=viewer.catalog.calendars
            )
            value = held(one.field, result_of(one.evaluate, environment))
            if not draft.version or value != draft.value(one.field.name):
                draft.values[one.field.name] = value
