"""SQL of closure tables: every member of a tree with all that are above it, kept set-wise."""

from dataclasses import dataclass
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Closure:
    """The closure of one tree: its path table, and the table and column that say who is directly above.

    Whoever changes a tree holds its lock, otherwise two moves at once could close a ring.
    """

    paths: str
    members: str
    parent: str

    async def add(self, work: UnitOfWork, member: UUID, parent: UUID | None) -> None:
        """A new member below its parent."""
        await work.execute(
            f"insert into {self.paths} (ancestor, descendant, depth)"
            f" select ancestor, %(member)s, depth + 1 from {self.paths} where descendant = %(parent)s"
            " union all select %(member)s, %(member)s, 0",
            {"member": member, "parent": parent},
        )

    async def is_below(self, work: UnitOfWork, member: UUID, above: UUID) -> bool:
        """Whether `member` is `above` itself or somewhere below it."""
        return bool(
            await work.value(
                f"select exists(select from {self.paths} where ancestor = %s and descendant = %s)",
                [above, member],
            )
        )

    async def move(self, work: UnitOfWork, member: UUID, parent: UUID | None) -> None:
        """A member with all below it goes under another parent, which must not be below it."""
        values = {"member": member, "parent": parent}
        await work.execute(
            f"delete from {self.paths} p using {self.paths} below"
            " where below.ancestor = %(member)s and p.descendant = below.descendant"
            f" and p.ancestor not in (select descendant from {self.paths} where ancestor = %(member)s)",
            values,
        )
        await work.execute(
            f"insert into {self.paths} (ancestor, descendant, depth)"
            " select above.ancestor, below.descendant, above.depth + below.depth + 1"
            f" from {self.paths} above cross join {self.paths} below"
            " where above.descendant = %(parent)s and below.ancestor = %(member)s",
            values,
        )

    async def rebuild(self, work: UnitOfWork) -> None:
        """All paths anew from the members, after many were written at once."""
        await work.execute(f"delete from {self.paths}")
        await work.execute(
            f"insert into {self.paths} (ancestor, descendant, depth)"
            " with recursive line(ancestor, descendant, depth) as ("
            f"  select id, id, 0 from {self.members}"
            f"  union all select line.ancestor, m.id, line.depth + 1 from line"
            f"  join {self.members} m on m.{self.parent} = line.descendant"
            ") select ancestor, descendant, depth from line"
        )


DEPARTMENTS = Closure(paths="department_path", members="department", parent="parent")
MANAGERS = Closure(paths="person_path", members="person", parent="manager")
