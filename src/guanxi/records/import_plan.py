"""How one import turns rows into records: the mapped columns, the key, and what every new record holds besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.import_columns import MappedColumn, map_columns
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_mapping import check_columns
from guanxi.records.import_model import DuplicatePolicy, Import, PossiblePolicy
from guanxi.records.import_stage_store import Stage

NOTHING_MAPPED = Text(
    zh="还没有任何列对应到字段。请先对应至少一列。",
    en="No column goes to a field yet. Map at least one column.",
)


@dataclass(frozen=True)
class ImportPlan:
    """What an import does with its rows."""

    id: UUID
    definition: ObjectDefinition
    mapped: Sequence[MappedColumn]
    #: Width of the header; rows with more filled cells are refused.
    width: int
    #: The mapped column that tells which record is there already; None when every row is new.
    key: MappedColumn | None
    policy: DuplicatePolicy
    #: What duplicate rules say is perhaps there already is skipped or taken.
    possible: PossiblePolicy
    #: What fields of new records hold when the file says nothing.
    defaults: Mapping[str, object]
    context: ReadingContext
    #: Rows up to here are written already: only what later rows need of them is looked at.
    behind: int

    @property
    def stage(self) -> Stage:
        return Stage.of(self.id)

    @property
    def links(self) -> list[MappedColumn]:
        return [one for one in self.mapped if one.is_link]

    @property
    def links_within(self) -> list[MappedColumn]:
        """Links to records of the same object, which may stand in the same file."""
        return [one for one in self.mapped if one.field.target == self.definition.name]

    @property
    def constants(self) -> Mapping[str, object]:
        """What new records hold in fields no column goes to."""
        taken = {one.field.name for one in self.mapped}
        return {name: value for name, value in self.defaults.items() if name not in taken}

    @property
    def name_place(self) -> int | None:
        """The mapped column that holds the name."""
        return next((one.place for one in self.mapped if one.field.name == "name"), None)


def plan_of(viewer: Viewer, definition: ObjectDefinition, import_: Import) -> ImportPlan:
    """The plan of an import. Raises InvalidMappingError when nothing is mapped."""
    context = ReadingContext(viewer.zone)
    fields = importable_fields(viewer, definition)
    check_columns(import_.columns, fields)
    mapped = map_columns(import_.columns, fields)
    if not mapped:
        raise InvalidMappingError(NOTHING_MAPPED)
    duplicates = import_.duplicates
    key = next((one for one in mapped if one.field.name == duplicates.key), None)
    return ImportPlan(
        id=import_.id,
        definition=definition,
        mapped=mapped,
        width=len(import_.columns),
        key=None if duplicates.policy == "create" else key,
        policy=duplicates.policy,
        possible=duplicates.possible,
        defaults=_defaults(definition, context),
        context=context,
        behind=import_.last_row,
    )


def importable_fields(viewer: Viewer, definition: ObjectDefinition) -> dict[str, FieldDefinition]:
    """The fields a viewer may import into, by name."""
    return {
        field.name: field
        for field in definition.fields.values()
        if field.type.value_kind not in (ValueKind.FILES, ValueKind.SECRET)
        and viewer.may_write(definition.name, field, Action.CREATE)
        and viewer.may_read(definition.name, field.name)
    }


def _defaults(definition: ObjectDefinition, context: ReadingContext) -> Mapping[str, object]:
    """Defaults, and values of types that are never empty."""
    found: dict[str, object] = {}
    for one in definition.fields.values():
        if one.read_only or not one.type.writable:
            continue
        value = one.type.never_empty
        if one.default is not None:
            value = one.type.parse(one.default, one.options, context)
        if value is not None:
            found[one.name] = value
    return found
