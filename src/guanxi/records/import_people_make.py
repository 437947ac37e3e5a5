"""Makes the people of a file: departments first, then everybody, then the lines of managers."""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from guanxi.auth.departments import create_department
from guanxi.auth.people import PersonChanges, change_person, create_person
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import GuanxiError
from guanxi.permissions.viewer import Viewer
from guanxi.query.lexemes import name_key
from guanxi.records import import_store as store
from guanxi.records.import_model import Import, ImportStatus, Result
from guanxi.records.import_people import (
    NO_SUCH_PERSON,
    KnownPeople,
    PersonRow,
    comparable,
    judge_people,
    known_people,
    made_when_missing,
    note_problems,
    read_people,
)
from guanxi.records.importing import PERSON, Finish, Importing, importable_object, leave_open

#: People without an address get one in a domain that nobody has (RFC 2606).
MADE_UP_DOMAIN = "example.com"

#: Hears of a first password: name, e-mail, password.
Tell = Callable[[str, str, str], None]


async def import_people(
    importing: Importing,
    import_: Import,
    *,
    tell: Tell | None = None,
    finish: Finish = leave_open,
) -> Result | None:
    """Makes the people of the file in one transaction; None when the import was cancelled meanwhile.

    `tell` hears of each first password. Raises ImportRefusedError, UnreadableFileError.
    """
    rows = await read_people(importing, import_)
    async with importing.work_as(import_) as (work, viewer):
        importable_object(viewer, PERSON)
        locked = await store.load_import(work, import_.id, lock=True)
        if locked is None or locked.status is not ImportStatus.RUNNING:
            return None
        known = await known_people(work)
        judge_people(import_, rows, known)
        making = _Making(work, viewer, import_, known)
        result = await making.make([row for row in rows if not row.problems])
        await note_problems(work, import_, rows)
        result = result.model_copy(update={"failed": sum(1 for row in rows if row.problems)})
        await store.set_progress(work, import_.id, done=len(rows), total=len(rows))
        await store.set_result(work, import_.id, result)
        await store.set_status(work, import_.id, ImportStatus.DONE, is_over=True)
        await finish(work)
    if tell is not None:
        for first in making.first_passwords:
            tell(*first)
    return result


class _Making:
    """Makes people, in one transaction."""

    def __init__(
        self, work: UnitOfWork, viewer: Viewer, import_: Import, known: KnownPeople
    ) -> None:
        self._work = work
        self._actor = viewer.person
        self._known = known
        self._role_of_rows = import_.people.role
        self._role_of_managers = import_.people.manager_role
        self._makes = made_when_missing(import_)
        self.first_passwords: list[tuple[str, str, str]] = []

    async def make(self, rows: Sequence[PersonRow]) -> Result:
        """Makes who is missing and places everybody; rows that cannot be get a problem."""
        for text in dict.fromkeys(row.department for row in rows if row.department):
            if comparable(text) not in self._known.departments:
                made = await create_department(self._work, name=text)
                self._known.departments[comparable(text)] = made.id
        new = [row for row in rows if await self._create_row(row)]
        managers = [row for row in rows if not row.problems and await self._create_manager(row)]
        updated = unchanged = 0
        for row in rows:
            has_moved = not row.problems and await self._place(row)
            updated += has_moved and row not in new
            unchanged += not (has_moved or row.problems or row in new)
        return Result(created=len(new) + len(managers), updated=updated, unchanged=unchanged)

    async def _create_row(self, row: PersonRow) -> bool:
        if self._known.person(row.email or row.name):
            return False
        role = row.role or self._role_of_rows
        return await self._try(row, "name", self._create(row, row.name, row.email, role))

    async def _create_manager(self, row: PersonRow) -> bool:
        if not row.manager or self._known.person(row.manager):
            return False
        if "manager" not in self._makes:
            row.problems["manager"] = ("unmatched", NO_SUCH_PERSON)
            return False
        making = self._create(row, row.manager, None, self._role_of_managers)
        return await self._try(row, "manager", making)

    async def _create(self, row: PersonRow, name: str, email: str | None, role: str | None) -> None:
        """Somebody new, in the department of the row."""
        address = email or self._made_up(name)
        department = self._department(row)
        role_id = self._known.roles.get(comparable(role)) if role else None
        made = await create_person(
            self._work,
            self._actor,
            name=name,
            email=address,
            department=department,
            roles=[role_id] if role_id else [],
        )
        self._known.by_email[address.lower()] = made.id
        self._known.by_name.setdefault(comparable(name), []).append(made.id)
        self._known.places[made.id] = (None, department)
        if made.initial_password is not None:
            self.first_passwords.append((name, address, made.initial_password))

    async def _place(self, row: PersonRow) -> bool:
        """Sets manager and department where the row names others; whether anything changed."""
        person = self._known.person(row.email or row.name)[0]
        manager, department = self._known.places[person]
        wanted = self._known.person(row.manager)[0] if row.manager else manager
        standing = self._department(row) or department
        if (wanted, standing) == (manager, department):
            return False
        changes = PersonChanges(manager=wanted, department=standing)
        change = change_person(self._work, self._actor, person, changes)
        if not await self._try(row, "manager", change):
            return False
        self._known.places[person] = (wanted, standing)
        return True

    async def _try(self, row: PersonRow, part: str, deed: Awaitable[object]) -> bool:
        """Whether it could be done; what could not becomes a problem of the row."""
        try:
            async with self._work.connection.transaction():
                await deed
        except GuanxiError as error:
            row.problems[part] = (error.code, error.detail)
            return False
        return True

    def _department(self, row: PersonRow) -> UUID | None:
        return self._known.departments[comparable(row.department)] if row.department else None

    def _made_up(self, name: str) -> str:
        """first.last@example.com; a number makes it the only one."""
        local = _address_part(name)
        address, count = f"{local}@{MADE_UP_DOMAIN}", 1
        while address in self._known.by_email:
            count += 1
            address = f"{local}{count}@{MADE_UP_DOMAIN}"
        return address


def _address_part(name: str) -> str:
    """The part of an address before the @: Latin letters of the name, Chinese as pinyin."""
    latin = unicodedata.normalize("NFKD", name_key(name)).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9-]+", latin.lower())).strip("-.")[:60] or "person"
