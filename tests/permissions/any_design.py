"""A random design with people, roles and records: the same for the same seed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from tests.permissions.plain_conditions import Somebody
from tests.permissions.plain_world import Column, PlainWorld, Right, Row

from guanxi.metadata.model import FieldDefinition
from guanxi.permissions.role import GrantWish
from guanxi.testing.sales import field

ACTIONS = ("see", "create", "edit", "delete", "import", "export")
SCOPES = ("own", "subordinates", "department", "department_and_below", "all", "condition")
STAGES = ("new", "won", "lost")
#: Words of texts; none is a part of another. The last is found by its pinyin too, as a name.
WORDS = ("alder", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "泵业")
TEXTS = ("name", "note", "code")

#: Person → (department, manager), department → the one above.
PEOPLE = {
    "boss": ("east", None),
    "ann": ("shanghai", "boss"),
    "bob": ("west", "boss"),
    "cy": ("east", "ann"),
    "dan": (None, None),
}
DEPARTMENTS = {"east": None, "shanghai": "east", "minhang": "shanghai", "west": None}


class AnyDesign:
    """What is drawn from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        names = ["pump", "valve", "part"][: self.random.choice((2, 2, 3))]
        self.columns: dict[str, list[Column]] = {name: self._columns(names) for name in names}

    def _columns(self, objects: Sequence[str]) -> list[Column]:
        draw = self.random
        columns = [
            Column("note", "long_text", required=draw.random() < 0.15),
            Column("code", "text", unique=draw.random() < 0.7),
            Column("amount", "number"),
            Column("stage", "choice", default=draw.choice((None, "new"))),
            Column("hot", "checkbox", default=False),
            Column("seller", "person", "person"),
        ]
        links = [
            Column(f"to_{target}", "link", target, restricts=draw.random() < 0.4)
            for target in draw.sample(objects, draw.randint(1, len(objects)))
        ]
        draw.shuffle(columns)
        return [*columns[: draw.randint(3, len(columns))], *links]

    def definitions(self) -> dict[str, list[FieldDefinition]]:
        return {
            name: [_definition(one) for one in columns] for name, columns in self.columns.items()
        }

    # Rights

    def grants(self) -> list[Right]:
        """What one role gives."""
        return [self._grant() for _ in range(self.random.choice((1, 2, 2, 3)))]

    def _grant(self) -> Right:
        draw = self.random
        object_name = draw.choice(list(self.columns))
        actions = {one for one in ACTIONS if draw.random() < 0.5}
        if draw.random() < 0.8 or not actions:
            actions.add("see")
        scope = draw.choice(SCOPES)
        names = [one.name for one in self.columns[object_name]] + list(TEXTS[:1]) + ["owner"]
        return Right(
            object_name,
            frozenset(actions),
            scope,
            self.condition(object_name, links=3) if scope == "condition" else None,
            draw.choice(("write", "write", "read", "none")),
            {
                name: draw.choice(("write", "read", "none"))
                for name in names
                if draw.random() < 0.35
            },
        )

    # Questions

    def condition(self, object_name: str, *, links: int, depth: int = 2) -> dict[str, Any]:
        draw = self.random
        kind = draw.random()
        if depth and kind < 0.35:
            parts = [
                self.condition(object_name, links=links, depth=depth - 1)
                for _ in range(draw.randint(1, 2))
            ]
            return {draw.choice(("and", "or")): parts}
        if depth and kind < 0.5:
            return {"not": self.condition(object_name, links=links, depth=depth - 1)}
        return self._test(object_name, links)

    def _test(self, object_name: str, links: int) -> dict[str, Any]:
        draw = self.random
        columns = [
            *self.columns[object_name],
            Column("name", "text"),
            Column("owner", "person", "person"),
        ]
        column = draw.choice(columns)
        path = column.name
        while column.target in self.columns and links and draw.random() < 0.8:
            links -= 1
            column = draw.choice([*self.columns[column.target], Column("name", "text")])
            path += f".{column.name}"
        if column.type == "person" and draw.random() < 0.2:
            return {"field": f"{path}.name", "op": "eq", "value": draw.choice(list(PEOPLE))}
        test: dict[str, Any] = {"field": path, "op": draw.choice(("is_empty", "is_not_empty"))}
        if draw.random() < 0.2 and column.type != "checkbox":
            return test
        match column.type:
            case "long_text":
                test |= {"op": "contains", "value": self.text()}
            case "text":
                test["op"] = draw.choice(("contains", "contains", "eq", "ne", "in"))
                test["value"] = self.text()
                if test["op"] == "in":
                    test["value"] = [self.text(), self.text()]
            case "number":
                test["op"] = draw.choice(("gt", "lte", "eq", "ne"))
                test["value"] = draw.randint(0, 4)
            case "choice":
                test["op"] = draw.choice(("eq", "ne", "in", "not_in"))
                test["value"] = draw.choice(STAGES)
                if test["op"] in ("in", "not_in"):
                    test["value"] = draw.sample(STAGES, 2)
            case "checkbox":
                test |= {"op": "eq", "value": draw.random() < 0.5}
            case "person":
                test["op"] = draw.choice(("is_me", "reports_to_me"))
        return test

    # Values

    def text(self) -> str:
        return " ".join(self.random.sample(WORDS, self.random.choice((1, 1, 2))))

    def values(
        self, world: PlainWorld, object_name: str, *, of: Sequence[UUID] = ()
    ) -> dict[str, Any]:
        """Values for a new record, or for a change of records; some of them empty, some hopeless."""
        new = not of
        columns = world.columns[object_name]
        share = 0.7 if new else 0.3
        names = [name for name in columns if self.random.random() < share]
        known = world.rows[object_name]
        rows = [known[id_] for id_ in of if id_ in known] or list(known.values())
        values = {name: self._value(world, columns[name], rows) for name in names}
        if new and self.random.random() < 0.95:
            values["name"] = self.text()
        if new and self.random.random() < 0.5:
            values.pop("owner", None)
        if self.random.random() < 0.6:
            values.pop("department", None)
        return values

    def _value(self, world: PlainWorld, column: Column, rows: Sequence[Row]) -> Any:
        draw = self.random
        if rows and draw.random() < 0.3:
            # What a record holds already: a guess, or a repetition.
            return draw.choice(rows).values.get(column.name, column.default)
        if column.type == "checkbox":
            return draw.random() < 0.5
        if draw.random() < 0.15:
            return None
        if column.name == "code":
            return f"{draw.choice(WORDS)}{draw.randint(0, 3)}"
        match column.type:
            case "text" | "long_text":
                return self.text()
            case "number":
                return Decimal(draw.randint(0, 5))
            case "choice":
                return draw.choice(STAGES)
            case "person":
                return draw.choice(list(world.people))
        if column.target == "department":
            return draw.choice([one.department for one in world.people.values()])
        targets = list(world.rows[column.target or ""])
        return draw.choice(targets) if targets else None


def wish_of(right: Right) -> GrantWish:
    """A grant as it is asked for."""
    return GrantWish(
        object=right.object,
        actions=sorted(right.actions),
        scope=right.scope,
        condition=right.condition,
        field_default=right.default,  # type: ignore[arg-type]
        field_except=right.exceptions,  # type: ignore[arg-type]
    )


def organisation(departments: Mapping[str, UUID], people: Mapping[str, UUID]) -> list[Somebody]:
    """Who stands below whom."""

    def below(name: str) -> set[str]:
        return {name}.union(*(below(one) for one, above in DEPARTMENTS.items() if above == name))

    def under(name: str) -> set[str]:
        return {name}.union(*(under(one) for one, (_, above) in PEOPLE.items() if above == name))

    return [
        Somebody(
            people[name],
            name,
            departments.get(department or ""),  # type: ignore[arg-type]
            frozenset(departments[one] for one in below(department)) if department else frozenset(),
            frozenset(people[one] for one in under(name)),
        )
        for name, (department, _) in PEOPLE.items()
    ]


def _definition(column: Column) -> FieldDefinition:
    options: dict[str, Any] = {}
    if column.type == "choice":
        options = {"choices": [{"value": one, "label": {"en": one}} for one in STAGES]}
    if column.type == "link":
        options = {
            "target": column.target,
            "on_delete": "restrict" if column.restricts else "clear",
        }
    default = None if column.type == "checkbox" else column.default
    return field(
        column.name,
        column.type,
        options,
        unique=column.unique,
        required=column.required,
        default=default,
    )
