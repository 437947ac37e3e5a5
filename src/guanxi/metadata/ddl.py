"""Record tables as DDL. Every name goes through the identifier quoting of the driver."""

import hashlib
from collections.abc import Iterator

from psycopg import sql
from sqlalchemy.dialects import postgresql

from guanxi.fields.capabilities import ValueKind
from guanxi.metadata.model import FieldDefinition, ObjectDefinition

LONGEST_IDENTIFIER = 63

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]

_TABLE = """
create table {table} (
  id uuid primary key,
  name text not null,
  owner uuid references person (id),
  department uuid references department (id),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null,
  deleted_at timestamptz,
  name_key text not null default '',
  search tsvector not null default ''
) with (fillfactor = 90)
"""

#: An index that orders: the id breaks ties and carries the keyset; owner and department let the scopes of permissions be
#: checked in the index, without a visit to each row that is not the reader's (docs/decisions/0017).
_ORDERING = sql.SQL("({column}, id, owner, department)")

#: An index of fields that hold several: which rows hold one of them.
_CONTAINING = sql.SQL("using gin ({column})")

#: Indexes of every record table: what scopes, orders and searches need.
_STANDARD_INDEXES = {
    "owner": sql.SQL("({column}, id)"),
    "department": sql.SQL("({column}, id)"),
    "created_at": _ORDERING,
    "name_key": _ORDERING,
    "search": sql.SQL("using gin ({column})"),
}


def create_table(definition: ObjectDefinition) -> Iterator[str]:
    """The statements that make the table of a new object, without its own fields."""
    table = sql.Identifier(definition.name)
    yield _text(sql.SQL(_TABLE).format(table=table))
    for column, shape in _STANDARD_INDEXES.items():
        yield _text(
            sql.SQL("create index {index} on {table} ").format(
                index=sql.Identifier(index_name(definition.name, column)), table=table
            )
            + shape.format(column=sql.Identifier(column))
        )


def add_column(definition: ObjectDefinition, field: FieldDefinition) -> str:
    """Adds a field's column; never rewrites the table."""
    type_ = field.type.column_type(field.options).compile(_DIALECT)
    column = sql.SQL("alter table {table} add column {column} {type_}").format(
        table=sql.Identifier(definition.name),
        column=sql.Identifier(field.name),
        type_=sql.SQL(type_),
    )
    if field.type.never_empty is not None:
        column += sql.SQL(" not null default {value}").format(
            value=sql.Literal(field.type.never_empty)
        )
    return _text(column)


def rename_column(definition: ObjectDefinition, before: str, after: str) -> str:
    """Calls a column otherwise; its values stay where they are."""
    return _text(
        sql.SQL("alter table {table} rename column {before} to {after}").format(
            table=sql.Identifier(definition.name),
            before=sql.Identifier(before),
            after=sql.Identifier(after),
        )
    )


def drop_column(definition: ObjectDefinition, field: FieldDefinition) -> str:
    """Drops a field's column with its indexes and keys; never rewrites the table."""
    return _text(
        sql.SQL("alter table {table} drop column if exists {column}").format(
            table=sql.Identifier(definition.name), column=sql.Identifier(field.name)
        )
    )


def add_foreign_key(
    definition: ObjectDefinition, field: FieldDefinition, *, validated: bool
) -> str:
    """Ties a reference to its table. Not validated, it takes a brief lock only; validate it afterwards."""
    return _text(
        sql.SQL(
            "alter table {table} add constraint {name} foreign key ({column}) references {target} (id)"
        ).format(
            table=sql.Identifier(definition.name),
            name=sql.Identifier(_short(f"{definition.name}_{field.name}_fk")),
            column=sql.Identifier(field.name),
            target=sql.Identifier(field.target or ""),
        )
        + sql.SQL("" if validated else " not valid")
    )


def validate_foreign_key(definition: ObjectDefinition, field: FieldDefinition) -> str:
    """Looks whether old rows obey the key, while others read and write."""
    return _text(
        sql.SQL("alter table {table} validate constraint {name}").format(
            table=sql.Identifier(definition.name),
            name=sql.Identifier(_short(f"{definition.name}_{field.name}_fk")),
        )
    )


def index_of(definition: ObjectDefinition, field: FieldDefinition) -> str | None:
    """The name of the index a field needs; None when it needs none."""
    if field.unique:
        return unique_index_name(definition.name, field.name)
    return index_name(definition.name, field.name) if needs_index(field) else None


def create_field_index(
    definition: ObjectDefinition, field: FieldDefinition, *, concurrently: bool
) -> str | None:
    """The index a field needs: unique among the living, or one that orders; None when it needs none."""
    table, column = sql.Identifier(definition.name), sql.Identifier(field.name)
    how = sql.SQL("concurrently if not exists " if concurrently else "")
    if field.unique:
        return _text(
            sql.SQL(
                "create unique index {how}{index} on {table} ({column}) where deleted_at is null"
            ).format(
                how=how,
                index=sql.Identifier(unique_index_name(definition.name, field.name)),
                table=table,
                column=column,
            )
        )
    if not needs_index(field):
        return None
    shape = _CONTAINING if field.is_listed else _ORDERING
    return _text(
        sql.SQL("create index {how}{index} on {table} ").format(
            how=how,
            index=sql.Identifier(index_name(definition.name, field.name)),
            table=table,
        )
        + shape.format(column=column)
    )


def drop_index(name: str) -> str:
    return _text(sql.SQL("drop index if exists {index}").format(index=sql.Identifier(name)))


def needs_index(field: FieldDefinition) -> bool:
    """Links are followed backwards; other fields when the designer asked for it."""
    is_link = field.type.value_kind is ValueKind.REFERENCE
    return field.indexed or is_link or field.is_listed


def index_name(object_name: str, field_name: str) -> str:
    return _short(f"{object_name}_{field_name}_ix")


def unique_index_name(object_name: str, field_name: str) -> str:
    """The index that keeps a field unique; its name turns a violation into the field's problem."""
    return _short(f"{object_name}_{field_name}_key")


def rule_index_name(object_name: str, rule_name: str) -> str:
    """The index that keeps a unique rule."""
    return _short(f"{object_name}_{rule_name}_uq")


def match_index_name(object_name: str, field_name: str, compare: str, *, is_similar: bool) -> str:
    """The index records are found by when duplicates are looked for."""
    return _short(f"{object_name}_{field_name}_{compare}_{'like' if is_similar else 'same'}")


def _short(name: str) -> str:
    """A name PostgreSQL will not cut: long ones end in a digest."""
    if len(name) <= LONGEST_IDENTIFIER:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return f"{name[: LONGEST_IDENTIFIER - 11]}_{digest}"


def _text(statement: sql.Composable) -> str:
    return statement.as_string(None)
