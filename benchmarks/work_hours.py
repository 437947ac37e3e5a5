"""What work time costs over many rows, beside a plain difference of the same moments."""

import sqlalchemy as sa

from benchmarks.figures import Figure, median_pair
from benchmarks.ground import Ground
from guanxi.db.database import Statement
from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.parse import parse
from guanxi.formula.scope import Reached
from guanxi.formula.sql_value import Column, SqlList
from guanxi.formula.types import DATE_TIME, Type
from guanxi.query.cache import sql_text

ROWS = 100_000
_SPANS = sa.table(
    "bench_spans",
    sa.column("opened", sa.DateTime(timezone=True)),
    sa.column("closed", sa.DateTime(timezone=True)),
)
_FILL = f"""
insert into {_SPANS.name}
select opened, opened + random() * interval '60 days'
  from (select now() - random() * interval '700 days' as opened from generate_series(1, {ROWS})) t
"""


class _Spans:
    """Two moments: the scope and the source of the formulas."""

    def find(self, names: tuple[str, ...]) -> Reached:
        return Reached(names, DATE_TIME)

    def inside(self, object_name: str) -> "_Spans":
        return self

    def column(self, names: tuple[str, ...]) -> Column:
        return _SPANS.c[names[0]]

    def many(self, names: tuple[str, ...], type_: Type) -> SqlList:
        raise NotImplementedError


async def measure(ground: Ground) -> list[Figure]:
    """Hours of work between two moments of each row."""
    database, schema = ground.platform.database, ground.platform.schema
    async with database.begin(schema) as work:
        await work.execute(f"create table {_SPANS.name} (opened timestamptz, closed timestamptz)")
        await work.execute(_FILL)
    hours, difference = _counting("WORKHOURS({opened}, {closed})"), _counting("{closed} - {opened}")
    took, floor = await median_pair(
        lambda: database.read(schema, hours), lambda: database.read(schema, difference), 7
    )
    async with database.begin(schema) as work:
        await work.execute(f"drop table {_SPANS.name}")
    name = f"WORKHOURS over {ROWS // 1000}k rows"
    return [Figure(name, took * 1000, "ms", floor * 1000, "the plain difference", 10.0)]


def _counting(formula: str) -> Statement:
    """A statement that computes the formula for every row."""
    compiler = SqlCompiler(_Spans())
    value = compiler.whole(check(parse(formula), _Spans(), builtin_functions(), formula))
    rows = sa.select(value.label("v")).select_from(_SPANS).offset(sa.literal_column("0")).subquery()
    text = sql_text(sa.select(sa.func.count(rows.c.v)))
    return Statement(text, {"formula_zone": "Asia/Shanghai", **compiler.parameters})
