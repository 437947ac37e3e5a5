"""Seals the secrets of drafts before anything else sees them."""

from collections.abc import Sequence
from uuid import UUID

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.types.secret import MASK
from guanxi.kit.seal import Seal
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.records.draft import RecordDraft


def seal_secrets(
    seal: Seal | None, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """Values as they were sent become sealed ones. What stands for a secret, sent back, changes nothing."""
    for field in definition.fields.values():
        if field.type.value_kind is not ValueKind.SECRET:
            continue
        for draft in drafts:
            value = draft.values.get(field.name)
            if value == MASK:
                del draft.values[field.name]
            elif value is not None:
                if seal is None:
                    raise LookupError("There is nothing to seal secrets with.")
                draft.values[field.name] = seal.close(value, place_of(field, draft.id))


def place_of(field: FieldDefinition, record: UUID) -> str:
    """Where a secret belongs; moved to another place it cannot be opened."""
    return f"{field.id}/{record}"
