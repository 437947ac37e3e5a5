"""Writes what a design makes: rows of objects and fields, tables, columns, indexes, keys."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from psycopg.types.json import Jsonb

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.json_form import to_json
from guanxi.metadata import ddl, match_store, unique_store
from guanxi.metadata.computing_store import leave_field
from guanxi.metadata.kept_values_store import keep_values, take_values_back
from guanxi.metadata.made import FieldChanged, FieldMade, Made, ObjectChanged, ObjectMade
from guanxi.metadata.match_rules import keys_of
from guanxi.metadata.model import FieldDefinition, Layout, ObjectDefinition
from guanxi.metadata.pending import (
    PendingKind,
    put_off,
    put_off_key,
    put_off_rule,
    take_back,
    take_back_key,
    take_back_rule,
)
from guanxi.metadata.retype_store import take_changes_along
from guanxi.metadata.rules_json import (
    match_document,
    rules_document,
    unique_document,
    validation_document,
)
from guanxi.metadata.store import layout_document, set_layout
from guanxi.metadata.unique_rules import CheckedUnique, unique_of_object

#: Up to so many rows an index is built in a few milliseconds, within the transaction; above, nobody must wait for it.
FEW_ROWS = 10_000

_INSERT_OBJECT = """
insert into object (id, name, label, plural_label, icon, color, app, description, layout, position, origin)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_UPDATE_OBJECT = """
update object set label = %s, plural_label = %s, icon = %s, color = %s, description = %s, layout = %s,
                  validations = %s, unique_rules = %s, match_rules = %s, retired_at = %s
 where id = %s
"""
_INSERT_FIELD = """
insert into field (id, object, name, label, type, options, required, is_unique, indexed, help, default_value, formula,
                   rules, position, origin, kept_of, retired_at)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_UPDATE_FIELD = """
update field set label = %s, type = %s, options = %s, required = %s, is_unique = %s, indexed = %s, help = %s, default_value = %s,
                 formula = %s, rules = %s, kept_of = %s, retired_at = %s
 where id = %s
"""
#: A system field has a row only when the workspace calls it otherwise, or fills the name by a formula.
_KEEP_SYSTEM_FIELD = """
insert into field (id, object, name, label, type, help, formula) values (gen_random_uuid(), %s, %s, %s, %s, %s, %s)
on conflict (object, name) do update set label = excluded.label, help = excluded.help, formula = excluded.formula
"""


async def make(work: UnitOfWork, one: Made) -> bool:
    """Does what one step made. Returns whether something remains to be done after the commit (see `pending`)."""
    if isinstance(one, ObjectMade):
        await _make_object(work, one.definition)
        return False
    if isinstance(one, ObjectChanged):
        await _change_object(work, one.definition)
        remains = await _change_unique(work, one)
        return await _change_keys(work, one) or remains
    if isinstance(one, FieldMade):
        remains = await _make_field(work, one.definition, one.field)
    else:
        remains = await _change_field(work, one)
        if one.speaks_otherwise_of_options:
            remains |= await _renew_unique(work, one)
    if one.layout is not None:
        await set_layout(work, one.definition.name, one.layout)
    if one.field.formula is not None and one.field.retired_at is None:
        await leave_field(work, one.definition.name, one.field.name)
    return remains


async def has_few_rows(work: UnitOfWork, table: str) -> bool:
    """Whether the table is small; looks at no more rows than it needs to know."""
    found = await work.value(
        f"select count(*) from (select from {quoted(table)} limit {FEW_ROWS + 1}) few"
    )
    return int(found) <= FEW_ROWS


async def _make_object(work: UnitOfWork, definition: ObjectDefinition) -> None:
    for statement in ddl.create_table(definition):
        await work.execute(statement)
    await work.execute(
        _INSERT_OBJECT,
        [
            definition.id,
            definition.name,
            Jsonb(definition.label),
            Jsonb(definition.plural_label),
            definition.icon,
            definition.color,
            definition.app,
            _json(definition.description),
            _layout(definition.layout),
            definition.position,
            definition.origin,
        ],
    )


async def _change_object(work: UnitOfWork, definition: ObjectDefinition) -> None:
    await work.execute(
        _UPDATE_OBJECT,
        [
            Jsonb(dict(definition.label)),
            Jsonb(dict(definition.plural_label)),
            definition.icon,
            definition.color,
            _json(definition.description),
            _layout(definition.layout),
            Jsonb([validation_document(one) for one in definition.validations]),
            Jsonb([unique_document(one) for one in definition.unique_rules]),
            Jsonb([match_document(one) for one in definition.match_rules]),
            definition.retired_at,
            definition.id,
        ],
    )


async def _change_unique(work: UnitOfWork, one: ObjectChanged) -> bool:
    """Gives new unique rules their indexes and takes those of old ones away; whether some were put off."""
    before, after = one.before, one.definition
    for rule in before.unique_rules:
        if rule not in after.unique_rules:
            await take_back_rule(work, after, rule.name)
            await work.execute(ddl.drop_index(ddl.rule_index_name(after.name, rule.name)))
    every = unique_of_object({after.name: after}, after)
    return await _keep_unique(
        work, after, [one for one in every if one.rule not in before.unique_rules]
    )


async def _renew_unique(work: UnitOfWork, one: FieldChanged) -> bool:
    """Makes the indexes anew whose conditions speak of the field; whether some were put off."""
    fields = {**one.definition.fields, one.field.name: one.field}
    definition = replace(one.definition, fields=fields)
    every = unique_of_object({definition.name: definition}, definition)
    asking = [
        each for each in every if each.condition and (one.field.name,) in each.condition.paths
    ]
    for unique in asking:
        await take_back_rule(work, definition, unique.rule.name)
        await work.execute(ddl.drop_index(unique_store.index_name(definition, unique)))
    return await _keep_unique(work, definition, asking)


async def _keep_unique(
    work: UnitOfWork, definition: ObjectDefinition, new: Sequence[CheckedUnique]
) -> bool:
    """Gives rules their indexes; whether they were put off."""
    if not new:
        return False
    is_small = await has_few_rows(work, definition.name)
    for unique in new:
        if is_small:
            await work.execute(unique_store.create_index(definition, unique, concurrently=False))
        else:
            await put_off_rule(work, definition, unique.rule.name)
    return not is_small


async def _change_keys(work: UnitOfWork, one: ObjectChanged) -> bool:
    """Gives new duplicate rules the indexes of their keys and takes away those no rule needs; whether some were put off."""
    if one.before.match_rules == one.definition.match_rules:
        return False
    before, after = (
        {key for rule in each.match_rules for key in keys_of(rule)}
        for each in (one.before, one.definition)
    )
    needed = await match_store.needed_keys(work)
    for key in sorted(before - needed):
        await take_back_key(work, key)
        await work.execute(ddl.drop_index(match_store.index_name(key)))
    remains = False
    for key in sorted(after - before):
        if await has_few_rows(work, key.object):
            await work.execute(match_store.create_index(key, concurrently=False))
        else:
            await put_off_key(work, key)
            remains = True
    return remains


async def _make_field(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition
) -> bool:
    is_small = await has_few_rows(work, definition.name)
    await work.execute(ddl.add_column(definition, field))
    remains = False
    if field.target:
        # Not validated it needs no look at the rows, and new rows are checked from now on.
        await work.execute(ddl.add_foreign_key(definition, field, validated=is_small))
        if not is_small:
            await put_off(work, definition, field, PendingKind.FOREIGN_KEY)
            remains = True
    is_built = await _index(work, definition, field, is_small=is_small)
    await _insert_field(work, definition, replace(field, unique=field.unique and is_built))
    return remains or not is_built


async def _insert_field(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition
) -> None:
    """Writes the row of a field."""
    await work.execute(
        _INSERT_FIELD,
        [
            field.id,
            definition.id,
            field.name,
            Jsonb(field.label),
            field.type.name,
            Jsonb(field.options.model_dump(mode="json")),
            field.required,
            field.unique,
            field.indexed,
            _json(field.help),
            _json(field.default),
            _formula(field),
            Jsonb(rules_document(field.rules)),
            field.position,
            field.origin,
            field.kept_of,
            field.retired_at,
        ],
    )


async def _change_field(work: UnitOfWork, one: FieldChanged) -> bool:
    definition, before, field = one.definition, one.before, one.field
    if field.system:
        await work.execute(
            _KEEP_SYSTEM_FIELD,
            [
                definition.id,
                field.name,
                Jsonb(dict(field.label)),
                field.type.name,
                _json(field.help),
                _formula(field),
            ],
        )
        return False
    is_built = True
    if one.keeps is not None:
        await keep_values(work, definition, before, field, one.keeps)
        await _insert_field(work, definition, one.keeps)
    if one.takes_back is not None:
        if one.is_retyped:
            await take_changes_along(work, definition, before, one.takes_back)
        await take_values_back(
            work, definition, before, one.takes_back, with_new=not one.is_retyped
        )
    if one.has_other_values or before.kept_of is not None:
        # The column is another one, or was one that only kept values: it has no index yet.
        is_small = await has_few_rows(work, definition.name)
        is_built = await _index(work, definition, field, is_small=is_small)
    elif ddl.index_of(definition, before) != ddl.index_of(definition, field):
        is_built = await _change_index(work, definition, before, field)
    elif not field.unique:
        # A unique index that was put off and is no longer wished for.
        await take_back(work, definition, field, PendingKind.UNIQUE)
    await work.execute(
        _UPDATE_FIELD,
        [
            Jsonb(dict(field.label)),
            field.type.name,
            Jsonb(field.options.model_dump(mode="json")),
            field.required,
            field.unique and is_built,
            field.indexed,
            _json(field.help),
            _json(field.default),
            _formula(field),
            Jsonb(rules_document(field.rules)),
            field.kept_of,
            field.retired_at,
            field.id,
        ],
    )
    return not is_built


async def _change_index(
    work: UnitOfWork,
    definition: ObjectDefinition,
    before: FieldDefinition,
    field: FieldDefinition,
) -> bool:
    is_small = await has_few_rows(work, definition.name)
    is_built = await _index(work, definition, field, is_small=is_small)
    old = ddl.index_of(definition, before)
    if old is not None and is_built:
        await work.execute(ddl.drop_index(old))
    return is_built


async def _index(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition, *, is_small: bool
) -> bool:
    """Gives the field the index it needs; False when that was put off."""
    for kind in PendingKind.UNIQUE, PendingKind.INDEX:
        await take_back(work, definition, field, kind)
    statement = ddl.create_field_index(definition, field, concurrently=False)
    if statement is None:
        return True
    if is_small:
        # What a build that was broken off left behind has the same name.
        await work.execute(ddl.drop_index(ddl.index_of(definition, field) or ""))
        await work.execute(statement)
        return True
    kind = PendingKind.UNIQUE if field.unique else PendingKind.INDEX
    await put_off(work, definition, field, kind)
    return False


def _layout(layout: Layout) -> Jsonb:
    return Jsonb(layout_document(layout))


def _formula(field: FieldDefinition) -> Jsonb | None:
    return None if field.formula is None else Jsonb(to_json(field.formula))


def _json(value: Any) -> Jsonb | None:
    if value is None:
        return None
    return Jsonb(dict(value) if isinstance(value, Mapping) else value)
