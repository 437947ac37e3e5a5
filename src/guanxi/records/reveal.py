"""Shows a secret to somebody who may read the field, and writes down that it was looked at."""

from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.capabilities import ValueKind
from guanxi.kit.errors import NotFoundError
from guanxi.kit.text import Text
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.query.errors import RecordNotFoundError
from guanxi.query.question import ListQuestion, Selection
from guanxi.records.rights import object_for
from guanxi.records.saving import Saving
from guanxi.records.secrets import place_of

_LOOKED_AT = """
insert into change (object, record, version, op, old, actor, source)
values (%(object)s, %(record)s, %(version)s, 'reveal', jsonb_build_object(%(field)s::text, null), %(actor)s, %(source)s)
"""


class NoSecretError(NotFoundError):
    """The object has no secret field of the name, or not for this person."""

    code = "no_secret"
    title = Text(zh="没有这个保密字段", en="No such secret field")
    sentence = Text(
        zh="没有保密字段“{name}”，或者你不能查看。",
        en="There is no secret field “{name}” that you may read.",
    )


async def reveal(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    object_name: str,
    record: UUID,
    field_name: str,
) -> str | None:
    """What the field holds; None when it is empty, or not to be seen on this record.

    Raises ObjectNotFoundError, RecordNotFoundError, NoSecretError, SealedWithAnotherKeyError.
    """
    definition = object_for(viewer, object_name, Action.SEE)
    field = definition.fields.get(field_name)
    if (
        field is None
        or field.type.value_kind is not ValueKind.SECRET
        or not viewer.may_read(definition.name, field.name)
    ):
        raise NoSecretError(name=field_name[:100])
    paths = (Path((), field), Path((), definition.fields["version"]))
    question = ListQuestion(Selection(definition, ids=(record,)), paths, limit=1)
    statement = saving.asking.rows(viewer, question)
    row = await work.row(statement.text, statement.parameters)
    if row is None:
        raise RecordNotFoundError
    _, sealed, version = row
    if sealed is None or saving.seal is None:
        return None
    value = saving.seal.open(sealed, place_of(field, record))
    await work.execute(
        _LOOKED_AT,
        {
            "object": definition.name,
            "record": record,
            "version": version,
            "field": field.name,
            "actor": viewer.person_id,
            "source": viewer.source,
        },
    )
    return value
