"""People from a file: with managers and departments by name, made when asked, and a first password to be changed."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from guanxi.auth.departments import create_department, list_departments
from guanxi.auth.emails import parse_email
from guanxi.auth.errors import InvalidEmailError
from guanxi.auth.people import change_person, create_person, list_people
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.query.lexemes import name_key
from guanxi.records import import_store as store
from guanxi.records.import_model import (
    ColumnReport,
    Example,
    Import,
    ImportStatus,
    PreviewRow,
    ProblemCount,
    Report,
    Result,
)
from guanxi.records.import_reading import read_rows
from guanxi.records.importing import PERSON, Importing, importable_object

MOST_PEOPLE = 100_000
MADE_UP_DOMAIN = "example.com"
PREVIEW_ROWS = 20

NO_NAME = Text(zh="请填写姓名。", en="Fill in the name.")
NOT_AN_ADDRESS = Text(
    zh="请填完整的邮箱地址，例如 name@example.com。",
    en="Enter a whole address, such as name@example.com.",
)
NO_SUCH_PERSON = Text(
    zh="没有叫这个名字的人。请改正，或选择“没有就新建”。",
    en="Nobody goes by this name. Correct it, or choose to create those who are missing.",
)
NO_SUCH_DEPARTMENT = Text(
    zh="没有这个部门。请改正，或选择“没有就新建”。",
    en="There is no such department. Correct it, or choose to create those that are missing.",
)
NO_SUCH_ROLE = Text(
    zh="没有这个角色。请在“角色”页查看名称。",
    en="There is no such role. See the roles page for their names.",
)
SAME_NAME = Text(
    zh="有几个人同名，请改用邮箱。", en="Several people have this name. Give the e-mail instead."
)
ROLE_LABEL = {"zh-CN": "角色", "en": "Role"}

Tell = Callable[[str, str, str], None]


@dataclass
class PersonRow:
    """One row: somebody, with what is wrong about it by field."""

    number: int
    name: str
    email: str | None
    manager: str | None
    department: str | None
    role: str | None
    problems: dict[str, tuple[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """Whom and what the workspace knows, by comparable name."""

    by_email: dict[str, UUID]
    by_name: dict[str, list[UUID]]
    departments: dict[str, UUID]
    roles: Mapping[str, UUID]
    places: dict[UUID, tuple[UUID | None, UUID | None]]

    def person(self, text: str) -> list[UUID]:
        """Those who are meant by a name or an e-mail address."""
        if text.lower() in self.by_email:
            return [self.by_email[text.lower()]]
        return self.by_name.get(_key(text), [])


def person_fields(definition: ObjectDefinition) -> dict[str, FieldDefinition]:
    """The fields of people a file may fill."""
    fields = {name: definition.fields[name] for name in ("name", "email", "manager", "department")}
    fields["role"] = replace(fields["name"], name="role", label=ROLE_LABEL, required=False)
    return fields


async def check_people(work: UnitOfWork, importing: Importing, import_: Import) -> Report:
    """What the import would do."""
    known = await _known(work)
    rows = await _read(importing, import_)
    _judge(import_, rows, known)
    await _note_problems(work, import_, rows)
    good = [row for row in rows if not row.problems]
    there = sum(1 for row in good if known.person(row.email or row.name))
    return Report(
        rows=len(rows),
        to_create=len(good) - there,
        to_update=0,
        unchanged=0,
        to_skip=there,
        invalid=len(rows) - len(good),
        columns=_columns(import_, rows),
        preview=tuple(_preview(row) for row in rows[:PREVIEW_ROWS]),
    )


async def import_people(
    importing: Importing, import_: Import, *, tell: Tell | None = None
) -> Result:
    """Makes the people of the file in one transaction. `tell` hears of each first password, name and e-mail."""
    rows = await _read(importing, import_)
    async with importing.work_as(import_) as (work, viewer):
        importable_object(viewer, PERSON)
        known = await _known(work)
        _judge(import_, rows, known)
        await _note_problems(work, import_, rows)
        making = _Making(work, viewer, import_, known, tell)
        result = await making.make([row for row in rows if not row.problems])
        result = result.model_copy(update={"failed": sum(1 for row in rows if row.problems)})
        await store.set_progress(work, import_.id, done=len(rows), total=len(rows))
        await store.set_result(work, import_.id, result)
        await store.set_status(work, import_.id, ImportStatus.DONE, is_over=True)
    return result


class _Making:
    """Makes people, departments first, managers before the line is drawn."""

    def __init__(
        self, work: UnitOfWork, viewer: Viewer, import_: Import, known: _Known, tell: Tell | None
    ) -> None:
        self._work = work
        self._actor = viewer.person
        self._import = import_
        self._known = known
        self._tell = tell

    async def make(self, rows: Sequence[PersonRow]) -> Result:
        for text in dict.fromkeys(row.department for row in rows if row.department):
            if _key(text) not in self._known.departments:
                made = await create_department(self._work, name=text)
                self._known.departments[_key(text)] = made.id
        created = updated = 0
        new: list[PersonRow] = []
        for row in rows:
            if not self._known.person(row.email or row.name):
                await self._create(row.name, row.email, self._department(row), self._role(row))
                new.append(row)
                created += 1
        for row in rows:
            if row.manager and not self._known.person(row.manager):
                role = self._wished_role(self._import.people.manager_role)
                await self._create(row.manager, None, self._department(row), role)
                created += 1
        for row in rows:
            changed = await self._place(row)
            updated += changed and row not in new
        return Result(created=created, updated=updated, unchanged=len(rows) - len(new) - updated)

    async def _create(
        self, name: str, email: str | None, department: UUID | None, role: UUID | None
    ) -> None:
        address = email or self._made_up(name)
        made = await create_person(
            self._work,
            self._actor,
            name=name,
            email=address,
            department=department,
            roles=[role] if role else [],
        )
        self._known.by_email[address.lower()] = made.id
        self._known.by_name.setdefault(_key(name), []).append(made.id)
        self._known.places[made.id] = (None, department)
        if self._tell is not None and made.initial_password is not None:
            self._tell(name, address, made.initial_password)

    async def _place(self, row: PersonRow) -> bool:
        """Sets manager and department where the row names others; whether anything changed."""
        [person] = self._known.person(row.email or row.name)
        manager, department = self._known.places[person]
        wanted = self._known.person(row.manager)[0] if row.manager else manager
        standing = self._department(row) or department
        if (wanted, standing) == (manager, department):
            return False
        await change_person(
            self._work, self._actor, person, {"manager": wanted, "department": standing}
        )
        self._known.places[person] = (wanted, standing)
        return True

    def _department(self, row: PersonRow) -> UUID | None:
        return self._known.departments[_key(row.department)] if row.department else None

    def _role(self, row: PersonRow) -> UUID | None:
        if row.role:
            return self._known.roles[_key(row.role)]
        return self._wished_role(self._import.people.role)

    def _wished_role(self, role: str | None) -> UUID | None:
        return None if role is None else self._known.roles.get(_key(role))

    def _made_up(self, name: str) -> str:
        """first.last@example.com; a number makes it the only one."""
        local = _address_part(name)
        address, count = f"{local}@{MADE_UP_DOMAIN}", 1
        while address in self._known.by_email:
            count += 1
            address = f"{local}{count}@{MADE_UP_DOMAIN}"
        return address


async def _known(work: UnitOfWork) -> _Known:
    by_email: dict[str, UUID] = {}
    by_name: dict[str, list[UUID]] = {}
    places: dict[UUID, tuple[UUID | None, UUID | None]] = {}
    for one in await list_people(work, limit=MOST_PEOPLE):
        by_email[one.email.lower()] = one.id
        by_name.setdefault(_key(one.name), []).append(one.id)
        places[one.id] = (
            one.manager.id if one.manager else None,
            one.department.id if one.department else None,
        )
    departments = {_key(one.name): one.id for one in await list_departments(work)}
    roles = {
        _key(name): id_
        for id_, names in await store.names_of_roles(work)
        for name in names.values()
    }
    return _Known(by_email, by_name, departments, roles, places)


async def _read(importing: Importing, import_: Import) -> list[PersonRow]:
    places = {column.field: column for column in import_.columns if column.field}

    def cell(cells: list[str], name: str) -> str | None:
        column = places.get(name)
        if column is None or column.index >= len(cells):
            return None
        text = " ".join(cells[column.index].replace("\x00", "").split())[:255]
        meant = column.values.get(text, text)
        return meant or None

    async with importing.file_of(import_) as path:
        return [
            PersonRow(
                number=number,
                name=cell(cells, "name") or "",
                email=cell(cells, "email"),
                manager=cell(cells, "manager"),
                department=cell(cells, "department"),
                role=cell(cells, "role"),
            )
            for number, cells in read_rows(path, import_.file)
        ]


def _judge(import_: Import, rows: Sequence[PersonRow], known: _Known) -> None:
    makes = {
        column.field
        for column in import_.columns
        if column.link is not None and column.link.create_missing
    }
    in_file = {_key(row.name) for row in rows}
    for row in rows:
        if not row.name:
            row.problems["name"] = ("required", NO_NAME)
        elif len(known.person(row.email or row.name)) > 1:
            row.problems["name"] = ("ambiguous", SAME_NAME)
        if row.email:
            try:
                row.email = parse_email(row.email)
            except InvalidEmailError:
                row.problems["email"] = ("not_an_address", NOT_AN_ADDRESS)
        if row.manager:
            meant = known.person(row.manager)
            if len(meant) > 1:
                row.problems["manager"] = ("ambiguous", SAME_NAME)
            elif not meant and _key(row.manager) not in in_file and "manager" not in makes:
                row.problems["manager"] = ("unmatched", NO_SUCH_PERSON)
        if row.department and _key(row.department) not in known.departments:
            if "department" not in makes:
                row.problems["department"] = ("unmatched", NO_SUCH_DEPARTMENT)
        if row.role and _key(row.role) not in known.roles:
            row.problems["role"] = ("unmatched", NO_SUCH_ROLE)


async def _note_problems(work: UnitOfWork, import_: Import, rows: Sequence[PersonRow]) -> None:
    places = {column.field: column.index for column in import_.columns if column.field}
    await store.clear_problems(work, import_.id)
    for row in rows:
        for name, (code, message) in row.problems.items():
            label = message.as_label()
            await store.add_problem(work, import_.id, row.number, places.get(name), code, label)


def _columns(import_: Import, rows: Sequence[PersonRow]) -> tuple[ColumnReport, ...]:
    reports = []
    for column in import_.columns:
        at_fault = [row for row in rows if column.field in row.problems]
        kinds = {row.problems[column.field or ""] for row in at_fault}
        problems = []
        for code, message in kinds:
            those = [row for row in at_fault if row.problems[column.field or ""][0] == code]
            examples = tuple(
                Example(row=row.number, value=getattr(row, column.field or "")) for row in those[:5]
            )
            problems.append(
                ProblemCount(
                    code=code, message=message.as_label(), count=len(those), examples=examples
                )
            )
        if at_fault:
            reports.append(
                ColumnReport(column=column.index, invalid=len(at_fault), problems=tuple(problems))
            )
    return tuple(reports)


def _preview(row: PersonRow) -> PreviewRow:
    values = {
        name: text
        for name in ("name", "email", "manager", "department", "role")
        if (text := getattr(row, name))
    }
    problems = {name: message.as_label() for name, (_, message) in row.problems.items()}
    return PreviewRow(row=row.number, values=values, problems=problems)


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _address_part(name: str) -> str:
    """The part of an address before the @: Latin letters of the name, Chinese as pinyin."""
    latin = unicodedata.normalize("NFKD", name_key(name)).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9-]+", latin.lower())).strip("-.")[:60] or "person"
