"""What the link of a record that is being filled in may point to.

The condition of the link is asked in the one read path. A part of it that looks at what the reader may not read is left
to the save: whoever could try values here would else learn what stands there.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.formula.json_form import to_json
from guanxi.formula.tree import Call, Node
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import CheckedFormula, paths_of, typed_formula
from guanxi.metadata.formula_scope import FormulaPath
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import Rule, RuleKind, rules_of_object
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import AllOf, Condition, FormulaTest, Given, Path
from guanxi.query.errors import QuestionError
from guanxi.query.lexemes import search_terms
from guanxi.query.parse import QuestionReader
from guanxi.query.question import ListQuestion, Selection
from guanxi.records.read import Reading, visible_object
from guanxi.records.rights import object_to_fill_in

Names = tuple[str, ...]
_NO_LINK = Text(zh="「{object}」没有关联字段“{name}”。", en="“{object}” has no link “{name}”.")


@dataclass(frozen=True)
class CandidateRequest:
    """Which link is being filled in, of which record, and what is looked for; values in wire form."""

    link: str
    #: The record that is being changed; None for a new one.
    id: UUID | None = None
    #: What its form holds; what is missing stands as it is saved.
    values: Mapping[str, Any] = field(default_factory=dict)
    q: str = ""
    limit: int = 20
    fields: Sequence[object] = ("name",)
    sort: Sequence[object] = ()
    #: Only these candidates: tells which of them still fit.
    ids: Sequence[UUID] | None = None


class Candidates:
    """Finds candidates as a viewer may see them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def find(
        self, work: UnitOfWork, viewer: Viewer, object_name: str, request: CandidateRequest
    ) -> bytes:
        """One page of candidates, as a list answers. Raises ObjectNotFoundError, QuestionError."""
        definition = object_to_fill_in(viewer, object_name)
        link = definition.fields.get(request.link)
        if link is None or link.target is None or not viewer.may_read(object_name, link.name):
            message = _NO_LINK.fill(object=text_of(definition.label), name=request.link[:60])
            raise QuestionError("/field", "unknown_field", message)
        target = viewer.catalog.objects[link.target]
        if not target.built_in:
            target = visible_object(viewer, target.name)
        reader = QuestionReader(viewer.catalog, target, viewer, ReadingContext(viewer.zone))
        conditions = list(await self._conditions(work, viewer, definition, link, request))
        if target.name == "person":
            conditions.append(reader.filter({"field": "active", "op": "eq", "value": True}))
        question = ListQuestion(
            Selection(
                target,
                AllOf(tuple(conditions)),
                terms=tuple(search_terms(request.q)),
                ids=None if request.ids is None else tuple(request.ids),
            ),
            fields=reader.fields(request.fields),
            sort=reader.sort(request.sort),
            limit=request.limit,
        )
        return await self._reading.list_in(work, viewer, question)

    async def _conditions(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        definition: ObjectDefinition,
        link: FieldDefinition,
        request: CandidateRequest,
    ) -> Sequence[Condition]:
        rule = rules_of_object(viewer.catalog, definition.name).of(RuleKind.CANDIDATES, link.name)
        if rule is None:
            return ()
        parts = list(_readable_parts(viewer, definition, rule))
        asked: dict[Names, FormulaPath] = {}
        for part in parts:
            asked |= {
                names: path for names, path in part.paths.items() if not _is_behind(link, path)
            }
        given = await _Record(self._reading, work, viewer, definition, request).values(asked)
        return [_test(viewer, link, part, given) for part in parts]


def _readable_parts(
    viewer: Viewer, definition: ObjectDefinition, rule: Rule
) -> Iterator[CheckedFormula]:
    """The parts of a condition that all must hold, as far as the viewer may read what they look at."""
    objects = viewer.catalog.objects
    for node in _parts(rule.typed.stored):
        typed = typed_formula(objects, definition, node)
        part = CheckedFormula(definition.name, typed, paths_of(objects, definition, typed))
        if all(viewer.may_read(*key) for _, key in part.sources()):
            yield part


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.function == "AND":
        for one in node.arguments:
            yield from _parts(one)
    else:
        yield node


def _is_behind(link: FieldDefinition, path: FormulaPath) -> bool:
    """Whether a path leads to the candidate or to what lies behind it."""
    first = path.hops[0].link if path.hops else path.field
    return first is not None and first.name == link.name


def _test(
    viewer: Viewer, link: FieldDefinition, part: CheckedFormula, given: Mapping[Names, object]
) -> FormulaTest:
    paths: dict[Names, Path] = {}
    values: dict[Names, Given] = {}
    for names, path in part.paths.items():
        if path.field is None:
            continue
        if _is_behind(link, path):
            paths[names] = _of_candidate(viewer, link, path, path.field)
        else:
            values[names] = Given(path.field, given.get(names))
    text = orjson.dumps([part.object, link.name, to_json(part.typed.stored)]).decode()
    return FormulaTest(part.typed, paths, text, values)


def _of_candidate(
    viewer: Viewer, link: FieldDefinition, path: FormulaPath, last: FieldDefinition
) -> Path:
    """A path from the candidate instead of from the record that links to it."""
    if not path.hops:
        return Path((), viewer.catalog.objects[link.target or ""].fields["id"])
    hops = path.hops[1:]
    return Path(tuple((hop.link, viewer.catalog.objects[hop.target.name]) for hop in hops), last)


@dataclass(frozen=True)
class _Record:
    """The record that is being filled in: what its form holds, else what is saved, as the viewer may see it."""

    reading: Reading
    work: UnitOfWork
    viewer: Viewer
    definition: ObjectDefinition
    request: CandidateRequest

    async def values(self, asked: Mapping[Names, FormulaPath]) -> dict[Names, object]:
        """The values at the ends of paths, in stored form."""
        found: dict[Names, object] = {}
        by_link: dict[str, dict[Names, FormulaPath]] = {}
        saved: dict[Names, FormulaPath] = {}
        for names, path in asked.items():
            if names[0] not in self.request.values:
                saved[names] = path
            elif not path.hops:
                found[names] = self._typed(names[0])
            else:
                by_link.setdefault(names[0], {})[names] = path
        if saved and self.request.id is not None:
            found |= await self._read(self.definition, self.request.id, saved, skipped=0)
        for name, paths in by_link.items():
            id_ = self._typed(name)
            target = next(iter(paths.values())).hops[0].target
            if isinstance(id_, UUID):
                found |= await self._read(target, id_, paths, skipped=1)
        return found

    def _typed(self, name: str) -> object:
        """What the form holds; nothing where it cannot be read."""
        one = self.definition.fields[name]
        context = ReadingContext(self.viewer.zone)
        try:
            return one.type.parse(self.request.values[name], one.options, context)
        except InvalidValueError:
            return None

    async def _read(
        self,
        definition: ObjectDefinition,
        id_: UUID,
        paths: Mapping[Names, FormulaPath],
        *,
        skipped: int,
    ) -> dict[Names, object]:
        """What stands at the ends of paths from one record, without their first hops."""
        objects = self.viewer.catalog.objects
        walked = {
            names: Path(
                tuple((hop.link, objects[hop.target.name]) for hop in path.hops[skipped:]),
                path.field,
            )
            for names, path in paths.items()
            if path.field is not None
        }
        fields = tuple({path.text: path for path in walked.values()}.values())
        question = ListQuestion(
            Selection(objects[definition.name], ids=(id_,)), fields=fields, limit=1
        )
        page = await self.reading.list_in(self.work, self.viewer, question)
        records = json.loads(page, parse_float=Decimal)["records"]
        if not records:
            return {}
        return {
            names: _stored(path.field, records[0].get(path.text), self.viewer)
            for names, path in walked.items()
        }


def _stored(one: FieldDefinition, wire: Any, viewer: Viewer) -> object:
    raw = wire.get("id") if isinstance(wire, dict) else wire
    try:
        return one.type.parse(raw, one.options, ReadingContext(viewer.zone))
    except InvalidValueError:
        return None
