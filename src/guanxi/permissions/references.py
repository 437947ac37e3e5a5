"""Where roles use fields: the conditions that say which records a grant is about."""

from zoneinfo import ZoneInfo

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.metadata.model import Catalog
from guanxi.metadata.references import Use, User, Written, fields_in_filter, formulas_in_filter
from guanxi.query.errors import QuestionError
from guanxi.query.parse import EveryField, QuestionReader

_CONDITIONS = """
select g.object, g.condition, r.id, r.name from role_grant g join role r on r.id = g.role
 where g.scope = 'condition' and g.condition is not null order by r.id, g.position, g.id
"""


async def uses_in_grants(work: UnitOfWork, catalog: Catalog) -> list[Use]:
    """A condition that lost its field would give nothing, so its fields are needed. Rights on single fields are not
    uses: they wait for the field to be restored.
    """
    return [
        Use(name, field, User("role", str(role), role_name), values)
        for object_name, condition, role, role_name in await work.rows(_CONDITIONS)
        for name, field, values in fields_in_filter(catalog, object_name, condition)
    ]


async def grants_that_break(work: UnitOfWork, before: Catalog, after: Catalog) -> list[User]:
    """Roles whose conditions say something at one design and nothing at the other."""
    return [
        User("role", str(role), role_name)
        for object_name, condition, role, role_name in await work.rows(_CONDITIONS)
        if _reads(before, object_name, condition) and not _reads(after, object_name, condition)
    ]


def _reads(catalog: Catalog, object_name: str, condition: object) -> bool:
    definition = catalog.find(object_name)
    if definition is None:
        return False
    reader = QuestionReader(catalog, definition, EveryField(), ReadingContext(ZoneInfo("UTC")))
    try:
        reader.filter(condition)
    except QuestionError:
        return False
    return True


async def formulas_in_grants(work: UnitOfWork, catalog: Catalog) -> list[Written]:
    del catalog
    return [
        Written(formula, User("role", str(role), role_name))
        for _, condition, role, role_name in await work.rows(_CONDITIONS)
        for formula in formulas_in_filter(condition)
    ]
