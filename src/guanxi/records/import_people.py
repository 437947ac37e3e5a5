"""People from a file: who is in it, what is wrong with them, what their import would do."""

import asyncio
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from uuid import UUID

from guanxi.auth.departments import list_departments
from guanxi.auth.emails import parse_email
from guanxi.auth.errors import InvalidEmailError
from guanxi.auth.people import list_people
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.records import import_problem_store as problem_store
from guanxi.records import import_store as store
from guanxi.records.import_columns import showable
from guanxi.records.import_model import Import, PreviewRow, Report
from guanxi.records.import_problem_store import Problem
from guanxi.records.import_reading import read_rows
from guanxi.records.import_report import column_reports
from guanxi.records.importing import PERSON, Importing, importable_object

MOST_PEOPLE = 100_000
PREVIEW_ROWS = 20
LONGEST_TEXT = 200
PARTS = ("name", "email", "manager", "department", "role")

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
class KnownPeople:
    """Whom and what the workspace knows, by comparable name."""

    by_email: dict[str, UUID]
    by_name: dict[str, list[UUID]]
    departments: dict[str, UUID]
    roles: Mapping[str, UUID]
    #: Manager and department of each person.
    places: dict[UUID, tuple[UUID | None, UUID | None]]

    def person(self, text: str) -> list[UUID]:
        """Those who are meant by a name or an e-mail address."""
        if text.lower() in self.by_email:
            return [self.by_email[text.lower()]]
        return self.by_name.get(comparable(text), [])


def person_fields(definition: ObjectDefinition) -> dict[str, FieldDefinition]:
    """The fields of people a file may fill."""
    fields = {name: definition.fields[name] for name in ("name", "email", "manager", "department")}
    fields["role"] = replace(fields["name"], name="role", label=ROLE_LABEL, required=False)
    return fields


async def check_people(importing: Importing, import_: Import) -> Report:
    """What the import would do."""
    rows = await read_people(importing, import_)
    async with importing.work_as(import_) as (work, viewer):
        importable_object(viewer, PERSON)
        known = await known_people(work)
        judge_people(import_, rows, known)
        await note_problems(work, import_, rows)
        good = [row for row in rows if not row.problems]
        there = sum(1 for row in good if known.person(row.email or row.name))
        return Report(
            rows=len(rows),
            to_create=len(good) - there + len(_missing_managers(good, known)),
            to_update=0,
            unchanged=0,
            to_skip=there,
            invalid=len(rows) - len(good),
            columns=await column_reports(work, import_.id, {}),
            preview=tuple(_preview(row) for row in rows[:PREVIEW_ROWS]),
        )


async def read_people(importing: Importing, import_: Import) -> list[PersonRow]:
    """The rows of the file. Raises UnreadableFileError."""
    async with importing.file_of(import_) as path:
        return await asyncio.to_thread(_read, import_, path)


async def known_people(work: UnitOfWork) -> KnownPeople:
    by_email: dict[str, UUID] = {}
    by_name: dict[str, list[UUID]] = {}
    places: dict[UUID, tuple[UUID | None, UUID | None]] = {}
    for one in await list_people(work, limit=MOST_PEOPLE):
        by_email[one.email.lower()] = one.id
        by_name.setdefault(comparable(one.name), []).append(one.id)
        places[one.id] = (
            one.manager.id if one.manager else None,
            one.department.id if one.department else None,
        )
    departments = {comparable(one.name): one.id for one in await list_departments(work)}
    roles = {
        comparable(name): id_
        for id_, names in await store.names_of_roles(work)
        for name in names.values()
    }
    return KnownPeople(by_email, by_name, departments, roles, places)


def judge_people(import_: Import, rows: Sequence[PersonRow], known: KnownPeople) -> None:
    """Finds what is wrong with the rows."""
    makes = made_when_missing(import_)
    in_file = {comparable(row.name) for row in rows}
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
            elif not meant and comparable(row.manager) not in in_file and "manager" not in makes:
                row.problems["manager"] = ("unmatched", NO_SUCH_PERSON)
        is_new_place = row.department and comparable(row.department) not in known.departments
        if is_new_place and "department" not in makes:
            row.problems["department"] = ("unmatched", NO_SUCH_DEPARTMENT)
        if row.role and comparable(row.role) not in known.roles:
            row.problems["role"] = ("unmatched", NO_SUCH_ROLE)


def made_when_missing(import_: Import) -> set[str | None]:
    """The fields whose people or departments are made when nobody has their name."""
    return {
        column.field
        for column in import_.columns
        if column.link is not None and column.link.create_missing
    }


async def note_problems(work: UnitOfWork, import_: Import, rows: Sequence[PersonRow]) -> None:
    """What is wrong with the rows is this and nothing else."""
    places = {column.field: column.index for column in import_.columns if column.field}
    await problem_store.clear_problems(work, import_.id)
    await problem_store.add_problems(
        work,
        import_.id,
        [
            Problem(
                row=row.number,
                column=places.get(name),
                code=code,
                message=message.as_label(),
                value=getattr(row, name) or None,
            )
            for row in rows
            for name, (code, message) in row.problems.items()
        ],
    )


def comparable(text: str) -> str:
    """A name as names are compared: case, width and the number of blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _read(import_: Import, path: Path) -> list[PersonRow]:
    places = {column.field: column for column in import_.columns if column.field}

    def cell(cells: list[str], name: str) -> str | None:
        column = places.get(name)
        if column is None or column.index >= len(cells):
            return None
        text = showable(
            " ".join(cells[column.index].replace("\x00", "").split()), most=LONGEST_TEXT
        )
        return column.values.get(text, text) or None

    return [
        PersonRow(
            number=number,
            name=cell(cells, "name") or "",
            email=cell(cells, "email"),
            manager=cell(cells, "manager"),
            department=cell(cells, "department"),
            role=cell(cells, "role"),
        )
        for number, cells in islice(read_rows(path, import_.file), MOST_PEOPLE)
    ]


def _missing_managers(rows: Sequence[PersonRow], known: KnownPeople) -> set[str]:
    in_file = {comparable(row.name) for row in rows}
    return {
        comparable(row.manager) for row in rows if row.manager and not known.person(row.manager)
    } - in_file


def _preview(row: PersonRow) -> PreviewRow:
    return PreviewRow(
        row=row.number,
        values={name: text for name in PARTS if (text := getattr(row, name))},
        problems={name: message.as_label() for name, (_, message) in row.problems.items()},
    )
