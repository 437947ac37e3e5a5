"""Reading a reference: the id of a record or person."""

from uuid import UUID

from guanxi.fields.field_type import InvalidValueError
from guanxi.kit.text import Text

NOT_AN_ID = Text(
    zh="请从列表中选择，或填写记录的 id。",
    en="Choose one from the list, or give the id of a record.",
)
_MEMBERS = frozenset({"id", "name", "hidden", "path"})


def read_reference(raw: object) -> UUID | None:
    """The id, given bare or as `{"id": …}`; a value as it was read may be sent back.

    Raises InvalidValueError.
    """
    if isinstance(raw, dict):
        if "id" not in raw or not raw.keys() <= _MEMBERS:
            raise InvalidValueError("not_an_id", NOT_AN_ID)
        raw = raw["id"]
    if raw is None or raw == "":
        return None
    if isinstance(raw, UUID):
        return raw
    if isinstance(raw, str) and len(raw) in (32, 36):
        try:
            return UUID(raw)
        except ValueError:
            pass
    raise InvalidValueError("not_an_id", NOT_AN_ID)
