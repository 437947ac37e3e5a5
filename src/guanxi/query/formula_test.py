"""Formulas as conditions: read with what the asker may read, compiled over the columns a condition sees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import orjson
import sqlalchemy as sa

from guanxi.formula.calendar_names import check_calendar_names
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.errors import FormulaError
from guanxi.formula.json_form import to_json
from guanxi.formula.parse import parse
from guanxi.formula.sql_value import Column, SqlList
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN, Type
from guanxi.formula.unify import in_words
from guanxi.formula.write import write
from guanxi.kit.text import Text
from guanxi.metadata.computed import paths_of, typed_formula
from guanxi.metadata.formula_scope import ApiNames, FormulaPath
from guanxi.metadata.model import Catalog, ObjectDefinition
from guanxi.query.condition import FormulaTest, Path
from guanxi.query.errors import QuestionError
from guanxi.query.formula_source import unnested

_NOT_TEXT = Text(zh="请写出公式。", en="Write the formula.")
_NOT_A_CONDITION = Text(
    zh="条件的公式应当得出是或否，这条得出{result}。",
    en="A condition is true or false; this formula comes to {result}.",
)
_OVER_MANY = Text(
    zh="条件里的公式只能看记录本身和它关联的记录。对其他记录的统计请先做成计算字段。",
    en="The formula of a condition looks at the record and at what it links to. Put sums over other records into a computed"
    " field first.",
)

MayRead = Callable[[str, str], bool]


def read_formula_test(
    catalog: Catalog, definition: ObjectDefinition, may_read: MayRead, raw: object, pointer: str
) -> FormulaTest:
    """A field that may not be read is as unknown as one that does not exist. Raises QuestionError."""
    if not isinstance(raw, str) or not raw.strip():
        raise QuestionError(pointer, "not_a_formula", _NOT_TEXT)
    objects = {name: _as_seen(one, may_read) for name, one in catalog.objects.items()}
    here = objects[definition.name]
    try:
        typed = typed_formula(objects, here, parse(raw), raw)
        check_calendar_names(typed.node, catalog.calendars.names)
    except FormulaError as error:
        raise QuestionError(pointer, error.code, error.message) from None
    if typed.type != BOOLEAN:
        message = _NOT_A_CONDITION.fill(result=in_words(typed.type))
        raise QuestionError(pointer, "wrong_type", message)
    paths: dict[tuple[str, ...], Path] = {}
    for names, path in paths_of(objects, here, typed).items():
        if path.is_many or path.field is None:
            raise QuestionError(pointer, "over_many", _OVER_MANY)
        paths[names] = _as_path(catalog, path)
    return FormulaTest(typed, paths, orjson.dumps(to_json(typed.stored)).decode())


def with_api_names(catalog: Catalog, definition: ObjectDefinition, raw: Any) -> Any:
    """A condition as it is kept: its formulas name fields by what never changes. Raises FormulaError."""
    if isinstance(raw, Mapping):
        return {
            word: _kept(catalog, definition, part)
            if word == "formula"
            else with_api_names(catalog, definition, part)
            if word in ("and", "or", "not")
            else part
            for word, part in raw.items()
        }
    if isinstance(raw, list):
        return [with_api_names(catalog, definition, part) for part in raw]
    return raw


def compile_formula_test(
    test: FormulaTest, column_of: Callable[[Path], Column], prefix: str
) -> sa.ColumnElement[bool]:
    """True where the formula is."""
    compiler = SqlCompiler(
        _Columns(test, column_of, prefix), prefix=prefix, named=lambda value: _name(prefix, value)
    )
    return compiler.predicate(test.typed)


def formula_texts(test: FormulaTest, prefix: str) -> dict[str, str]:
    """The parameters a compiled test has for the texts of its formula."""
    named: dict[str, str] = {}
    compiler = SqlCompiler(
        _Columns(test, _anything, prefix), prefix=prefix, named=lambda value: _name(prefix, value)
    )
    compiler.predicate(test.typed)
    named |= compiler.parameters
    return named


def given_name(prefix: str, names: tuple[str, ...]) -> str:
    """The parameter of a value that a compiled test is given."""
    return _name(f"{prefix}g", ".".join(names))


@dataclass(frozen=True)
class _Columns:
    """The fields of a formula as the columns a condition sees."""

    test: FormulaTest
    column_of: Callable[[Path], Column]
    prefix: str

    def column(self, names: tuple[str, ...]) -> Column:
        given = self.test.given.get(names)
        if given is None:
            return self.column_of(self.test.paths[names])
        parameter = sa.bindparam(given_name(self.prefix, names), type_=sa.Text())
        return sa.cast(parameter, given.field.type.column_type(given.field.options))

    def many(self, names: tuple[str, ...], type_: Type) -> SqlList:
        return unnested(self.column(names), type_, _name("u", ".".join(names)))


def _anything(path: Path) -> Column:
    """Stands for a column where only the texts are of interest."""
    return sa.cast(sa.null(), path.field.type.column_type(path.field.options))


def _name(prefix: str, value: str) -> str:
    """The same for the same text, so that parameters are found without compiling again."""
    return f"{prefix}{blake2b(value.encode(), digest_size=8).hexdigest()}"


def _as_seen(definition: ObjectDefinition, may_read: MayRead) -> ObjectDefinition:
    fields = definition.fields
    seen = {name: one for name, one in fields.items() if may_read(definition.name, name)}
    return definition if len(seen) == len(fields) else replace(definition, fields=seen)


def _as_path(catalog: Catalog, path: FormulaPath) -> Path:
    links = tuple((hop.link, catalog.objects[hop.target.name]) for hop in path.hops)
    assert path.field is not None  # noqa: S101 -- paths to records alone were refused
    return Path(links, path.field)


def _kept(catalog: Catalog, definition: ObjectDefinition, text: Any) -> Any:
    if not isinstance(text, str):
        return text
    typed: Typed = typed_formula(catalog.objects, definition, parse(text), text)
    return write(typed, ApiNames(), "en")
