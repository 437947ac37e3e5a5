"""The fields formulas of an object may name, found by API name or by label, over links to one and to many."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.formula.scope import Reached, Unknown
from guanxi.formula.types import Choices, Kind, Type
from guanxi.kit.text import Locale, label_in
from guanxi.metadata.model import FieldDefinition, ObjectDefinition

#: Joins the object and its link in the name of a link walked backwards: `opportunity:account`.
BACKWARDS = ":"
MOST_HOPS = 5

KINDS: Mapping[ValueKind, Kind] = {
    ValueKind.TEXT: Kind.TEXT,
    ValueKind.NUMBER: Kind.NUMBER,
    ValueKind.BOOLEAN: Kind.BOOLEAN,
    ValueKind.DATE: Kind.DATE,
    ValueKind.DATE_TIME: Kind.DATE_TIME,
    ValueKind.TEXTS: Kind.CHOICE,
    ValueKind.REFERENCE: Kind.RECORD,
    ValueKind.REFERENCES: Kind.RECORD,
}
_LISTS = (ValueKind.TEXTS, ValueKind.REFERENCES)

Objects = Mapping[str, ObjectDefinition]


def type_of(field: FieldDefinition) -> Type:
    """What a field is to the expression language."""
    kind, choices = KINDS[field.type.value_kind], None
    if isinstance(field.options, ChoicesOptions):
        kind = Kind.CHOICE
        labels = {one.value: one.label for one in field.options.choices}
        kinds = {one.value: one.kind for one in field.options.choices if one.kind}
        choices = Choices(labels, str(field.id), kinds)
    target = field.target or field.listed_target
    return Type(kind, field.type.value_kind in _LISTS, target, choices)


@dataclass(frozen=True)
class Hop:
    """One step of a path: along a link of the record, or back along a link of other records to it."""

    link: FieldDefinition
    #: The object the step leads to.
    target: ObjectDefinition
    is_backwards: bool

    @property
    def is_many(self) -> bool:
        """Whether it may lead to several records."""
        return self.is_backwards or self.link.is_listed


@dataclass(frozen=True)
class FormulaPath:
    """A path as it is walked; without a field it leads to the records themselves."""

    hops: tuple[Hop, ...]
    field: FieldDefinition | None

    @property
    def is_many(self) -> bool:
        return any(hop.is_many for hop in self.hops)


class CatalogScope:
    """Names of one object's formulas."""

    def __init__(self, objects: Objects, definition: ObjectDefinition) -> None:
        self._objects = objects
        self._definition = definition

    def inside(self, object_name: str) -> "CatalogScope":
        return CatalogScope(self._objects, self._objects[object_name])

    def find(self, names: tuple[str, ...]) -> Reached | Unknown:
        walked = self._walk(names)
        if isinstance(walked, Unknown):
            return walked
        stored, path = walked
        if path.field is None:
            target = path.hops[-1].target
            return Reached(stored, Type(Kind.RECORD, is_list=True, object=target.name))
        type_ = type_of(path.field)
        return Reached(stored, type_.listed if path.is_many else type_)

    def path(self, names: tuple[str, ...]) -> FormulaPath | None:
        """The way to a field that was found before."""
        walked = self._walk(names)
        return None if isinstance(walked, Unknown) else walked[1]

    def called(self, names: tuple[str, ...], locale: Locale) -> tuple[str, ...]:
        """The labels along a path; the API name where a label would not be read back."""
        walked = self._walk(names)
        if isinstance(walked, Unknown):
            return names
        stored, path = walked
        written, here = [], self._definition
        for place, name in enumerate(stored):
            hop = path.hops[place] if place < len(path.hops) else None
            label = _label(hop, path.field, locale)
            alone = self.inside(here.name)._walk((label,)) if _readable(label) else None
            found = alone[0] if isinstance(alone, tuple) else ()
            written.append(label if found == (name,) else name)
            here = hop.target if hop else here
        return tuple(written)

    def option(self, value: str, labels: Mapping[str, str], locale: Locale) -> str:
        return label_in(labels, locale) or value

    def _walk(self, names: tuple[str, ...]) -> tuple[tuple[str, ...], FormulaPath] | Unknown:
        here, hops, stored = self._definition, list[Hop](), list[str]()
        field: FieldDefinition | None = None
        for place, name in enumerate(names):
            if place and field is not None:
                target = self._objects.get(field.target or field.listed_target or "")
                if target is None or len(hops) >= MOST_HOPS:
                    return Unknown(name)
                hops.append(Hop(field, target, is_backwards=False))
                here = target
            field = _named(here, name)
            if field is not None:
                stored.append(field.name)
                continue
            back = self._backwards(here, name)
            if back is None or len(hops) >= MOST_HOPS:
                return Unknown(name, self._near(here, name))
            hops.append(back)
            stored.append(f"{back.target.name}{BACKWARDS}{back.link.name}")
            here = back.target
        if field is not None and field.listed_target and any(hop.is_many for hop in hops):
            # Several of each of many are records again, reached by one more step.
            target = self._objects.get(field.listed_target)
            if target is None or len(hops) >= MOST_HOPS:
                return Unknown(stored[-1])
            hops.append(Hop(field, target, is_backwards=False))
            field = None
        return tuple(stored), FormulaPath(tuple(hops), field)

    def _backwards(self, here: ObjectDefinition, name: str) -> Hop | None:
        """The one link to here that goes by the name; none when several do."""
        links = [
            Hop(link, source, is_backwards=True)
            for source in self._objects.values()
            if not source.built_in and source.retired_at is None
            for link in source.fields.values()
            if here.name in (link.target, link.listed_target) and not link.system
        ]
        folded = name.casefold()
        exact = [hop for hop in links if f"{hop.target.name}{BACKWARDS}{hop.link.name}" == name]
        named = [hop for hop in links if folded in _names_of_many(hop)]
        found = exact or named
        return found[0] if len(found) == 1 else None

    def _near(self, here: ObjectDefinition, name: str) -> tuple[str, ...]:
        known = {
            label: label
            for field in here.fields.values()
            if field.type.value_kind in KINDS
            for label in _names_of(field)
        }
        return tuple(get_close_matches(name, known, 3, 0.5))


class ApiNames:
    """Every field by its API name, and every option by its value: text that reads the same in any workspace."""

    def called(self, names: tuple[str, ...], locale: Locale) -> tuple[str, ...]:
        del locale
        return names

    def option(self, value: str, labels: Mapping[str, str], locale: Locale) -> str:
        del labels, locale
        return value

    def inside(self, object_name: str) -> "ApiNames":
        del object_name
        return self


def _named(here: ObjectDefinition, name: str) -> FieldDefinition | None:
    """By API name, else by a label no other field has."""
    field = here.fields.get(name)
    if field is not None:
        return field if field.type.value_kind in KINDS else None
    folded = name.casefold()
    found = [
        one
        for one in here.fields.values()
        if folded in {part.casefold() for part in one.label.values()}
    ]
    return found[0] if len(found) == 1 else None


def _names_of(field: FieldDefinition) -> list[str]:
    return [field.name, *field.label.values()]


def _names_of_many(hop: Hop) -> set[str]:
    """The object's names, alone and with the label of the link behind."""
    plain = [hop.target.name, *hop.target.label.values(), *hop.target.plural_label.values()]
    linked = [f"{one}({label})" for one in plain for label in hop.link.label.values()]
    return {one.casefold() for one in (*plain, *linked)}


def _label(hop: Hop | None, field: FieldDefinition | None, locale: Locale) -> str:
    if hop is not None and hop.is_backwards:
        labels = hop.target.plural_label
    elif hop is not None:
        labels = hop.link.label
    else:
        labels = field.label if field is not None else {}
    return label_in(labels, locale)


def _readable(label: str) -> bool:
    return bool(label) and not any(sign in label for sign in ".{}")
