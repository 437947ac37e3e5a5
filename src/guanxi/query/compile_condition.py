"""Conditions → SQL predicates. Two-valued: a test of something empty is false, never unknown."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.fields.capabilities import Operator
from guanxi.fields.places import kilometres
from guanxi.metadata.model import FieldDefinition
from guanxi.query import compile_tree
from guanxi.query.condition import AllOf, Condition, FormulaTest, Not, Path, Test, tests_in
from guanxi.query.formula_test import compile_formula_test
from guanxi.query.holding import holding
from guanxi.query.sources import OpenPolicy, RowPolicy

Column = sa.ColumnElement[Any]
Predicate = sa.ColumnElement[bool]
ColumnOf = Callable[[Path], Column]

OPEN = OpenPolicy()
MY_DEPARTMENTS = sa.bindparam("my_departments", type_=sa.Text())
MY_PEOPLE = sa.bindparam("my_people", type_=sa.Text())
ME = sa.bindparam("me", type_=sa.Text())

UUIDS = postgresql.ARRAY(sa.Uuid())

_person = sa.table("person", sa.column("id", sa.Uuid()), sa.column("department", sa.Uuid()))


def comparison_type(field: FieldDefinition) -> sa.types.TypeEngine[Any]:
    """The type a value is read as when it is compared: exact, without the column's rounding or length."""
    return comparable(field.type.column_type(field.options))


def comparable(type_: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    if isinstance(type_, sa.Numeric):
        return sa.Numeric()
    if isinstance(type_, postgresql.ARRAY):
        return comparable(type_.item_type)
    if isinstance(type_, sa.String):
        return sa.Text()
    return type_


def compile_condition(
    condition: Condition,
    column_of: ColumnOf,
    prefix: str = "t",
    policy: RowPolicy = OPEN,
) -> Predicate:
    """A predicate whose parameters are named by the place of each test, as `query.values` names them. `policy` tells what
    of a tree may be walked over.
    """
    names = {id(test): f"{prefix}{place}" for place, test in enumerate(tests_in(condition))}
    return _compile(condition, column_of, names, prefix, policy)


def _compile(
    condition: Condition,
    column_of: ColumnOf,
    names: dict[int, str],
    prefix: str,
    policy: RowPolicy,
) -> Predicate:
    if isinstance(condition, FormulaTest):
        return compile_formula_test(condition, column_of, f"{prefix}f")
    if isinstance(condition, Test):
        subject = _Subject(condition, column_of(condition.path), names[id(condition)])
        if condition.tree is not None:
            below = compile_tree.below(condition.tree, subject.values(), policy, subject.name)
            return subject.is_in(below)
        return _COMPILERS[condition.operator](subject)
    if isinstance(condition, Not):
        return sa.not_(
            sa.func.coalesce(
                _compile(condition.condition, column_of, names, prefix, policy), sa.false()
            )
        )
    parts = [_compile(one, column_of, names, prefix, policy) for one in condition.conditions]
    if not parts:
        return sa.true() if isinstance(condition, AllOf) else sa.false()
    return sa.and_(*parts) if isinstance(condition, AllOf) else sa.or_(*parts)


def _compile_test(test: Test, column: Column, name: str) -> Predicate:
    return _COMPILERS[test.operator](_Subject(test, column, name))


class _Subject:
    """The column of a test and its parameters."""

    def __init__(self, test: Test, column: Column, name: str) -> None:
        self.column = column
        self._words = test.path.field.type.words_of(column)
        self.is_empty = column.is_(None)
        self.is_listed = test.path.field.is_listed
        self.target = test.path.field.target or test.path.field.listed_target
        self.tests_emptiness = test.values == (None,)
        self._type = comparison_type(test.path.field)
        self.name = name

    def value(self, suffix: str = "") -> Column:
        return sa.cast(sa.bindparam(self.name + suffix, type_=sa.Text()), self._type)

    def parameter(self, suffix: str, type_: sa.types.TypeEngine[Any]) -> Column:
        """A value that is of another type than the field."""
        return sa.cast(sa.bindparam(self.name + suffix, type_=sa.Text()), type_)

    def values(self) -> Column:
        return sa.cast(sa.bindparam(self.name, type_=sa.Text()), postgresql.ARRAY(self._type))

    def matches(self) -> Predicate:
        return self._words.ilike(sa.cast(sa.bindparam(self.name, type_=sa.Text()), sa.Text()))

    def overlaps(self) -> Predicate:
        return _overlap(self.column, self.values())

    def is_among(self, ids: Column) -> Predicate:
        """Whether it, or one of those it holds, is one of some records."""
        return _overlap(self.column, ids) if self.is_listed else self.column == sa.func.any(ids)

    def is_in(self, ids: sa.Select[Any]) -> Predicate:
        """Whether it, or one of those it holds, is among the records of a query."""
        if self.is_listed:
            return _overlap(self.column, sa.func.array(ids.scalar_subquery()))
        return self.column.in_(ids)

    def is_one_of(self) -> Predicate:
        return self.column == sa.func.any(self.values())


def _overlap(column: Column, ids: Column) -> Predicate:
    return column.op("&&", is_comparison=True)(ids)


def _is_me(subject: _Subject) -> Predicate:
    me = sa.cast(ME, sa.Uuid())
    if subject.is_listed:
        return subject.column.op("@>", is_comparison=True)(postgresql.array([me]))
    return subject.column == me


def _in_my_department(subject: _Subject) -> Predicate:
    if subject.target == "department":
        return subject.is_among(sa.cast(MY_DEPARTMENTS, UUIDS))
    colleagues = sa.select(_person.c.id).where(
        _person.c.department == sa.func.any(sa.cast(MY_DEPARTMENTS, UUIDS))
    )
    return subject.is_in(colleagues)


def _equals(subject: _Subject) -> Predicate:
    """Of a live field that is yes or no its comparisons stand beside it, for an index to serve them."""
    same: Predicate = subject.column == subject.value()
    table = getattr(subject.column, "table", None)
    holds = None if table is None else table.c.get(holding(subject.column.name))
    if holds is None:
        return same
    return sa.and_(same, sa.or_(holds, sa.not_(subject.value())))


_COMPILERS: dict[Operator, Callable[[_Subject], Predicate]] = {
    Operator.EQ: lambda s: s.is_empty if s.tests_emptiness else _equals(s),
    Operator.NE: lambda s: (
        s.column.is_not(None) if s.tests_emptiness else s.column.is_distinct_from(s.value())
    ),
    Operator.IN: lambda s: s.is_one_of(),
    Operator.NOT_IN: lambda s: sa.or_(s.is_empty, s.column != sa.func.all(s.values())),
    Operator.LT: lambda s: s.column < s.value(),
    Operator.LTE: lambda s: s.column <= s.value(),
    Operator.GT: lambda s: s.column > s.value(),
    Operator.GTE: lambda s: s.column >= s.value(),
    Operator.BETWEEN: lambda s: sa.and_(s.column >= s.value(), s.column <= s.value("_b")),
    Operator.WITHIN: lambda s: sa.and_(s.column >= s.value(), s.column < s.value("_b")),
    Operator.CONTAINS: lambda s: s.matches(),
    Operator.STARTS_WITH: lambda s: s.matches(),
    Operator.ENDS_WITH: lambda s: s.matches(),
    Operator.NOT_CONTAINS: lambda s: sa.or_(s.is_empty, sa.not_(s.matches())),
    Operator.IS_EMPTY: lambda s: s.is_empty,
    Operator.IS_NOT_EMPTY: lambda s: s.column.is_not(None),
    Operator.HAS_ANY: lambda s: s.overlaps(),
    Operator.HAS_ALL: lambda s: s.column.op("@>", is_comparison=True)(s.values()),
    Operator.HAS_NONE: lambda s: sa.not_(sa.func.coalesce(s.overlaps(), sa.false())),
    Operator.NEAR: lambda s: kilometres(s.column, s.value()) <= s.parameter("_b", sa.Double()),
    Operator.HAS_KEY: lambda s: sa.func.jsonb_path_exists(
        sa.cast(s.column, postgresql.JSONB()), s.parameter("", postgresql.JSONPATH())
    ),
    Operator.UNDER: lambda s: s.column.op("~~", is_comparison=True)(sa.func.any(s.values())),
    Operator.KIND_IN: lambda s: s.is_one_of(),
    Operator.IS_ME: _is_me,
    Operator.REPORTS_TO_ME: lambda s: s.is_among(sa.cast(MY_PEOPLE, UUIDS)),
    Operator.IN_MY_DEPARTMENT: _in_my_department,
}
