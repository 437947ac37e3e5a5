"""Records and rights in plain Python, without SQL and without the product: what each person may see and what a write does.

The product is held against this account; so it is written from docs/reference, not from the code it judges.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.permissions.plain_conditions import Somebody, fulfils

ALWAYS_READ = ("id", "version")
SYSTEM = ("name", "owner", "department")


class Refused(Exception):  # noqa: N818 -- a word of the domain
    """A request that must not succeed; `kind` is the code of the problem."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Column:
    """A field as far as the account cares."""

    name: str
    type: str
    #: `person`, `department` or an object, for references.
    target: str | None = None
    unique: bool = False
    required: bool = False
    restricts: bool = False
    default: Any = None


@dataclass(frozen=True)
class Right:
    """A grant of a role."""

    object: str
    actions: frozenset[str]
    scope: str
    condition: Any
    default: str
    exceptions: Mapping[str, str]

    def reads(self, name: str) -> bool:
        return name in ALWAYS_READ or self.exceptions.get(name, self.default) != "none"

    def writes(self, name: str) -> bool:
        return self.exceptions.get(name, self.default) == "write"


@dataclass
class Row:
    """A record with all that ever happened to it."""

    id: UUID
    values: dict[str, Any]
    version: int = 1
    deleted: bool = False
    #: (op, old, new), newest last.
    past: list[tuple[str, dict[str, Any], dict[str, Any]]] = field(default_factory=list)


Rows = dict[str, dict[UUID, Row]]


class PlainWorld:
    """All records, and the rights of each person as lists of grants."""

    def __init__(self, columns: Mapping[str, Sequence[Column]], people: Sequence[Somebody]) -> None:
        self.columns = {
            name: {one.name: one for one in (*own, *_system())} for name, own in columns.items()
        }
        self.people = {one.id: one for one in people}
        self.rights: dict[UUID, Sequence[Right]] = {}
        self.rows: Rows = {name: {} for name in columns}

    # What is seen

    def grants(self, me: Somebody, action: str, object_name: str) -> list[Right]:
        return [
            one for one in self.rights[me.id] if one.object == object_name and action in one.actions
        ]

    def held(self, me: Somebody, action: str, object_name: str, row: Row) -> list[Right]:
        return [
            one
            for one in self.grants(me, action, object_name)
            if self._holds(me, one, object_name, row)
        ]

    def sees(self, me: Somebody, object_name: str, row: Row) -> bool:
        return bool(self.held(me, "see", object_name, row))

    def reads(self, me: Somebody, object_name: str, row: Row, name: str) -> bool:
        return any(one.reads(name) for one in self.held(me, "see", object_name, row))

    def ever_reads(self, me: Somebody, object_name: str, name: str) -> bool:
        return any(one.reads(name) for one in self.grants(me, "see", object_name))

    def shown(self, me: Somebody, object_name: str, row: Row, name: str) -> Any:
        """The stored value where it may be read, else None."""
        return row.values.get(name) if self.reads(me, object_name, row, name) else None

    def visible(
        self, me: Somebody, object_name: str, condition: Any = None, *, deleted: bool = False
    ) -> list[Row]:
        def value(row: Row, path: str) -> Any:
            return self._along(object_name, row, path, lambda o, r, n: self.shown(me, o, r, n), me)

        return [
            row
            for row in self.rows[object_name].values()
            if row.deleted is deleted
            and self.sees(me, object_name, row)
            and fulfils(condition, lambda path, row=row: value(row, path), me)
        ]

    def wire(self, me: Somebody, object_name: str, row: Row, name: str) -> Any:
        """A value as the API shows it."""
        value = self.shown(me, object_name, row, name)
        column = self.columns[object_name][name]
        if value is None or column.target is None:
            return value
        if column.target not in self.rows:
            return str(value)
        target = self.rows[column.target][value]
        if not self.sees(me, column.target, target):
            return {"id": str(value), "name": None, "hidden": True}
        return {"id": str(value), "name": self.shown(me, column.target, target, "name")}

    def _holds(self, me: Somebody, one: Right, object_name: str, row: Row) -> bool:
        owner, department = row.values.get("owner"), row.values.get("department")
        match one.scope:
            case "own":
                return bool(owner == me.id)
            case "subordinates":
                return owner in me.subordinates
            case "department":
                return department is not None and bool(department == me.department)
            case "department_and_below":
                return department in me.below
            case "condition":
                return fulfils(
                    one.condition,
                    lambda path: self._along(
                        object_name, row, path, lambda o, r, n: r.values.get(n), None
                    ),
                    me,
                )
        return True

    def _along(
        self,
        object_name: str,
        row: Row,
        path: str,
        value_of: Callable[[str, Row, str], Any],
        me: Somebody | None,
    ) -> Any:
        """The value at the end of a path; nothing behind a record `me` may not see."""
        first, _, rest = path.partition(".")
        value = value_of(object_name, row, first)
        if not rest or value is None:
            return value
        target = self.columns[object_name][first].target or ""
        if target == "person":
            person = self.people[value]
            return {"name": person.name, "department": person.department}[rest]
        following = self.rows[target][value]
        if me is not None and not self.sees(me, target, following):
            return None
        return self._along(target, following, rest, value_of, me)

    # What is written

    def create(
        self, me: Somebody, object_name: str, records: Sequence[tuple[UUID, Mapping[str, Any]]]
    ) -> None:
        """Raises Refused; then nothing has happened."""
        self._may(me, "create", object_name)
        columns = self.columns[object_name]
        made: list[Row] = []
        is_wrong = False
        for id_, sent in records:
            is_wrong |= self._is_wrong(me, object_name, sent, "create", {})
            values = {name: one.default for name, one in columns.items() if one.default is not None}
            values |= {"owner": me.id, **self._parsed(me, object_name, sent, "create")}
            if "department" not in values:
                owner = values["owner"]
                values["department"] = (
                    self.people[owner].department if owner in self.people else None
                )
            values = {name: value for name, value in values.items() if value is not None}
            is_wrong |= any(one.required and name not in values for name, one in columns.items())
            made.append(Row(id_, values, past=[("create", {}, dict(values))]))
        if is_wrong:
            raise Refused("invalid_values")
        self._put(object_name, made)
        for row, (_, sent) in zip(made, records, strict=True):
            held = self.held(me, "create", object_name, row)
            if not held or not all(any(one.writes(name) for one in held) for name in sent):
                raise Refused("not_allowed")

    def update(
        self,
        me: Somebody,
        object_name: str,
        changes: Sequence[tuple[UUID, Mapping[str, Any], int | None]],
    ) -> None:
        self._may(me, "edit", object_name)
        rows = self._reach(me, object_name, [id_ for id_, _, _ in changes], "edit", deleted=False)
        is_wrong = False
        changed: list[Row] = []
        for row, (_, sent, version) in zip(rows, changes, strict=True):
            if version is not None and version != row.version:
                raise Refused("version_conflict")
            held = self.held(me, "edit", object_name, row)
            values = self._parsed(me, object_name, sent, "edit")
            new = {name: one for name, one in values.items() if one != row.values.get(name)}
            for name in values:
                # Who may not read a value must not learn it by writing it and seeing that nothing changed.
                if not self.reads(me, object_name, row, name):
                    raise Refused("not_allowed")
                if name in new and not any(one.writes(name) for one in held):
                    raise Refused("not_allowed")
            is_wrong |= self._is_wrong(me, object_name, sent, "edit", row.values, row.id)
            if "owner" in new and "department" not in new:
                owner = new["owner"]
                new["department"] = self.people[owner].department if owner in self.people else None
            is_wrong |= any(
                self.columns[object_name][name].required and value is None
                for name, value in new.items()
            )
            if new:
                old = {name: row.values.get(name) for name in new}
                values = {**row.values, **new}
                known = {name: value for name, value in values.items() if value is not None}
                changed.append(
                    Row(row.id, known, row.version + 1, past=[*row.past, ("update", old, new)])
                )
        if is_wrong:
            raise Refused("invalid_values")
        self._put(object_name, changed)

    def delete(self, me: Somebody, object_name: str, ids: Sequence[UUID]) -> None:
        self._may(me, "delete", object_name)
        rows = self._reach(me, object_name, ids, "delete", deleted=False)
        for source, columns in self.columns.items():
            for column in columns.values():
                if column.target == object_name and column.restricts:
                    links = [one.values.get(column.name) for one in self._living(source)]
                    if any(id_ in links for id_ in ids):
                        raise Refused("still_linked")
        self._mark(rows, "delete")

    def restore(self, me: Somebody, object_name: str, ids: Sequence[UUID]) -> None:
        self._may(me, "delete", object_name)
        rows = self._reach(me, object_name, ids, "delete", deleted=True)
        back = [Row(row.id, row.values) for row in rows]
        self._refuse_repeated(object_name, back)
        self._mark(rows, "restore")

    def tried(
        self, deed: Callable[[Sequence[Any]], None], items: Sequence[Any]
    ) -> list[str | None]:
        """A bulk deed: what can be done is done, what is refused says why, item by item."""
        before = copy.deepcopy(self.rows)
        try:
            deed(items)
        except Refused as error:
            self.rows = before
            if len(items) == 1:
                return [error.kind]
        else:
            return [None] * len(items)
        middle = len(items) // 2
        return [*self.tried(deed, items[:middle]), *self.tried(deed, items[middle:])]

    def _may(self, me: Somebody, action: str, object_name: str) -> None:
        if not self.grants(me, action, object_name):
            seen = self.grants(me, "see", object_name)
            raise Refused("not_allowed" if seen else "object_not_found")

    def _reach(
        self, me: Somebody, object_name: str, ids: Sequence[UUID], action: str, *, deleted: bool
    ) -> list[Row]:
        rows = [self.rows[object_name].get(id_) for id_ in ids]
        found: list[Row] = []
        for row in rows:
            if row is None or row.deleted is not deleted or not self.sees(me, object_name, row):
                raise Refused("record_not_found")
            if not self.held(me, action, object_name, row):
                raise Refused("not_allowed")
            found.append(row)
        return found

    def _parsed(
        self, me: Somebody, object_name: str, sent: Mapping[str, Any], action: str
    ) -> dict[str, Any]:
        return {
            name: value
            for name, value in sent.items()
            if self._may_send(me, object_name, name, action)
        }

    def _may_send(self, me: Somebody, object_name: str, name: str, action: str) -> bool:
        return self.ever_reads(me, object_name, name) and any(
            one.writes(name) for one in self.grants(me, action, object_name)
        )

    def _is_wrong(
        self,
        me: Somebody,
        object_name: str,
        sent: Mapping[str, Any],
        action: str,
        before: Mapping[str, Any],
        id_: UUID | None = None,
    ) -> bool:
        """Whether a field is not theirs to send, or a new link leads to what they do not see."""
        for name, value in sent.items():
            if not self._may_send(me, object_name, name, action):
                return True
            target = self.columns[object_name][name].target
            if target in self.rows and value is not None and value != before.get(name):
                row = self.rows[target].get(value)
                if row is None or row.deleted or not self.sees(me, target, row) or value == id_:
                    return True
        return False

    def _living(self, object_name: str) -> Iterator[Row]:
        return (row for row in self.rows[object_name].values() if not row.deleted)

    def _put(self, object_name: str, rows: Sequence[Row]) -> None:
        self._refuse_repeated(object_name, rows)
        self.rows[object_name] |= {row.id: row for row in rows}

    def _refuse_repeated(self, object_name: str, rows: Sequence[Row]) -> None:
        for column in self.columns[object_name].values():
            if not column.unique:
                continue
            new = [row.values[column.name] for row in rows if column.name in row.values]
            ids = {row.id for row in rows}
            old = {
                row.values.get(column.name)
                for row in self._living(object_name)
                if row.id not in ids
            }
            if len(set(new)) < len(new) or old & set(new):
                raise Refused("duplicate_value")

    @staticmethod
    def _mark(rows: Sequence[Row], op: str) -> None:
        for row in rows:
            row.deleted = op == "delete"
            row.version += 1
            row.past.append((op, {}, {}))


def _system() -> list[Column]:
    return [
        Column("name", "text", required=True),
        Column("owner", "person", "person"),
        Column("department", "link", "department"),
    ]
