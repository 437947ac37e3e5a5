"""Sub-tables of a design: which records are lines of which others."""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.fields.types.sub_table import SubTableOptions
from guanxi.kit.remembered import Remembered
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition


@dataclass(frozen=True)
class SubTable:
    """A field of one object whose lines are records of another."""

    whole: ObjectDefinition
    field: FieldDefinition
    lines: ObjectDefinition
    #: The field of a line that tells which record it belongs to.
    link: FieldDefinition
    #: The field of a line that keeps their order, if any.
    position: FieldDefinition | None
    options: SubTableOptions

    @property
    def sort(self) -> tuple[str, ...]:
        """The order of the lines, as lists are asked for it; equal ones stand as they were made."""
        return ("created_at",) if self.position is None else (self.position.name, "created_at")

    @property
    def columns(self) -> tuple[FieldDefinition, ...]:
        """What stands in the grid."""
        own = {
            name: one
            for name, one in self.lines.fields.items()
            if one is not self.link and one is not self.position
        }
        named = [own[name] for name in self.options.columns if name in own]
        if named:
            return tuple(named)
        return tuple(one for one in own.values() if not one.system or one.name == "name")


@dataclass(frozen=True)
class SubTables:
    """All sub-tables of a design."""

    by_whole: Mapping[str, tuple[SubTable, ...]]
    by_lines: Mapping[str, SubTable]

    def of(self, object_name: str) -> tuple[SubTable, ...]:
        """The sub-tables of an object."""
        return self.by_whole.get(object_name, ())

    def with_lines(self, object_name: str) -> SubTable | None:
        """The sub-table whose lines are records of the object."""
        return self.by_lines.get(object_name)


def sub_tables(catalog: Catalog) -> SubTables:
    """The sub-tables of a design, worked out once."""
    return _known.of(catalog)


def find_sub_tables(objects: Objects) -> SubTables:
    """The sub-tables in use whose lines are in use too."""
    by_whole: dict[str, tuple[SubTable, ...]] = {}
    by_lines: dict[str, SubTable] = {}
    for whole in objects.values():
        if whole.retired_at is not None:
            continue
        for field in whole.fields.values():
            if isinstance(field.options, SubTableOptions):
                found = _sub_table(objects, whole, field, field.options)
                if found is not None and found.lines.name not in by_lines:
                    by_whole[whole.name] = (*by_whole.get(whole.name, ()), found)
                    by_lines[found.lines.name] = found
    return SubTables(by_whole, by_lines)


def _sub_table(
    objects: Objects, whole: ObjectDefinition, field: FieldDefinition, options: SubTableOptions
) -> SubTable | None:
    lines = objects.get(options.object)
    if lines is None or lines.retired_at is not None:
        return None
    link = lines.fields.get(options.link)
    if link is None or link.target != whole.name:
        return None
    position = lines.fields.get(options.position or "")
    return SubTable(whole, field, lines, link, position, options)


_known: Remembered[Catalog, SubTables] = Remembered(
    lambda catalog: find_sub_tables(catalog.objects)
)
