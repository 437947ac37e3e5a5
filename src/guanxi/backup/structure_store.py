"""SQL that tells how the tables of a workspace are built."""

from collections import defaultdict
from typing import Any

from guanxi.backup.model import Column, Constraint, Index, Table
from guanxi.db.migrations.schema_kinds import VERSION_TABLE
from guanxi.db.unit_of_work import UnitOfWork

_OURS = "relnamespace = current_schema()::regnamespace"

#: Partitions stand behind the table they divide.
_TABLES = f"""
select c.oid, c.relname, c.relpersistence = 'u', coalesce(c.reloptions, '{{}}'),
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
       parent.relname, pg_get_expr(c.relpartbound, c.oid)
  from pg_class c
  left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent
 where c.{_OURS} and c.relkind in ('r', 'p') and c.relpersistence <> 't'
 order by parent.relname is not null, c.relname
"""
_COLUMNS = f"""
select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
       case when a.attidentity <> '' then pg_sequence_last_value(
         pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass) end,
       a.attgenerated <> '', pg_get_expr(d.adbin, d.adrelid),
       (select l.collname from pg_collation l join pg_type t on t.oid = a.atttypid
         where l.oid = a.attcollation and l.oid <> t.typcollation)
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where c.{_OURS} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
 order by a.attrelid, a.attnum
"""
_CONSTRAINTS = f"""
select o.conrelid, o.conname, o.contype, pg_get_constraintdef(o.oid, true)
  from pg_constraint o join pg_class c on c.oid = o.conrelid
 where c.{_OURS} and o.contype in ('p', 'u', 'c', 'x', 'f') and o.conparentid = 0 and o.conislocal
 order by o.conrelid, o.contype = 'f', o.conname
"""
#: An index that is not valid is still being built; `design_pending` says so, and it is built again.
_INDEXES = f"""
select i.indrelid, c.relname, i.indisunique, pg_get_indexdef(c.oid, 0, true)
  from pg_index i join pg_class c on c.oid = i.indexrelid
 where c.{_OURS} and i.indisvalid and not c.relispartition
   and not exists (select from pg_constraint o where o.conindid = c.oid and o.contype in ('p', 'u', 'x'))
 order by i.indrelid, c.relname
"""
#: Things an operator may have added; a backup holds none of them.
_OTHERS = f"""
select relname from pg_class where {_OURS} and relkind in ('v', 'm', 'f') order by relname
"""


async def is_workspace(work: UnitOfWork) -> bool:
    return bool(await work.value("select to_regclass('epoch') is not null"))


async def table_names(work: UnitOfWork) -> list[str]:
    return [row[1] for row in await work.rows(_TABLES)]


async def reached_revision(work: UnitOfWork) -> str:
    return str(await work.value(f"select version_num from {VERSION_TABLE}"))


async def other_things(work: UnitOfWork) -> list[str]:
    return [row[0] for row in await work.rows(_OTHERS)]


async def tables_of(work: UnitOfWork) -> tuple[Table, ...]:
    """All tables of the workspace, those before others that are needed by them. References apart, for they go in circles."""
    columns = _by_table(await work.rows(_COLUMNS))
    constraints = _by_table(await work.rows(_CONSTRAINTS))
    indexes = _by_table(await work.rows(_INDEXES))
    return tuple(
        Table(
            name=name,
            columns=tuple(
                Column(
                    name=column,
                    type=type_,
                    required=required,
                    identity=identity,
                    last_number=last_number,
                    generated=generated,
                    expression=expression,
                    collation=collation,
                )
                for column, type_, required, identity, last_number, generated, expression, collation in columns[
                    oid
                ]
            ),
            constraints=tuple(Constraint(*one) for one in constraints[oid]),
            indexes=tuple(
                Index(index, unique, definition.partition(" USING ")[2])
                for index, unique, definition in indexes[oid]
            ),
            unlogged=unlogged,
            options=dict(option.split("=", 1) for option in options),
            divided_by=divided_by,
            part_of=part_of,
            bounds=bounds,
        )
        for oid, name, unlogged, options, divided_by, part_of, bounds in await work.rows(_TABLES)
    )


def _by_table(rows: list[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for oid, *rest in rows:
        found[oid].append(rest)
    return found
