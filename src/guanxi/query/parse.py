"""Reads filters, sorts and field lists as they come over the wire and checks them against the catalog."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from guanxi.fields.capabilities import Operator, ValueKind
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.formula import periods
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition
from guanxi.query.condition import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Condition,
    Not,
    Path,
    RelativeDays,
    Test,
)
from guanxi.query.errors import QuestionError
from guanxi.query.formula_test import read_formula_test

MOST_DEPTH = 8
MOST_TESTS = 200
MOST_LINKS = 4
MOST_VALUES = 1000
LONGEST_PATH = 63
#: Half way round the earth.
MOST_KM = 20_016
MOST_KEYS = 20
STAGE_KINDS = ("open", "won", "lost", "void")
OPERATOR_NAMES = frozenset(one.value for one in Operator)

MANY = {
    Operator.IN,
    Operator.NOT_IN,
    Operator.HAS_ANY,
    Operator.HAS_ALL,
    Operator.HAS_NONE,
    Operator.UNDER,
}
NO_VALUE = {
    Operator.IS_EMPTY,
    Operator.IS_NOT_EMPTY,
    Operator.IS_ME,
    Operator.IN_MY_DEPARTMENT,
    Operator.REPORTS_TO_ME,
}
TEXT_PARTS = {
    Operator.CONTAINS,
    Operator.NOT_CONTAINS,
    Operator.STARTS_WITH,
    Operator.ENDS_WITH,
}


class FieldAccess(Protocol):
    """Which fields may be asked about at all."""

    def may_read(self, object_name: str, field_name: str) -> bool: ...


class EveryField:
    """Access to all fields: for conditions written by designers."""

    def may_read(self, object_name: str, field_name: str) -> bool:
        return True


class QuestionReader:
    """Reads the parts of a question about one object.

    A field that may not be read is as unknown as one that does not exist. Raises QuestionError.
    """

    def __init__(
        self,
        catalog: Catalog,
        definition: ObjectDefinition,
        access: FieldAccess,
        context: ReadingContext,
    ) -> None:
        self._catalog = catalog
        self._definition = definition
        self._access = access
        self._context = context
        self._tests = 0

    def path(self, raw: object, pointer: str) -> Path:
        """A dotted path such as `account.industry`."""
        if not isinstance(raw, str) or not raw or len(raw) > LONGEST_PATH:
            raise _question(pointer, "not_a_field", "请给出字段名。", "Give the name of a field.")
        names = raw.split(".")
        if len(names) > MOST_LINKS + 1:
            raise _question(
                pointer,
                "path_too_long",
                f"最多跨 {MOST_LINKS} 层关联。",
                f"A path may cross at most {MOST_LINKS} links.",
            )
        definition = self._definition
        links: list[tuple[FieldDefinition, ObjectDefinition]] = []
        for name in names[:-1]:
            link = self._field(definition, name, raw, pointer)
            target = self._catalog.find(link.target) if link.target else None
            if target is None:
                raise _question(
                    pointer,
                    "not_a_link",
                    f"「{name}」不是关联字段，不能再往下取。",
                    f"'{name}' is not a link, so nothing lies behind it.",
                    raw,
                )
            links.append((link, target))
            definition = target
        return Path(tuple(links), self._field(definition, names[-1], raw, pointer))

    def _field(
        self, definition: ObjectDefinition, name: str, raw: str, pointer: str
    ) -> FieldDefinition:
        found = definition.fields.get(name)
        if found is None or not self._access.may_read(definition.name, name):
            label = text_of(definition.label)
            raise QuestionError(
                pointer,
                "unknown_field",
                Text(
                    zh="「{label}」没有字段「{name}」。", en="'{label}' has no field '{name}'."
                ).fill(label=label, name=name),
                raw,
            )
        return found

    def filter(self, raw: object, pointer: str = "/filter") -> Condition:
        """A filter as docs/reference/http-api.md describes; None and {} mean everything."""
        self._tests = 0
        if raw is None or raw == {}:
            return EVERYTHING
        return self._condition(raw, pointer, depth=1)

    def _condition(self, raw: object, pointer: str, depth: int) -> Condition:
        if depth > MOST_DEPTH:
            raise _question(
                pointer,
                "too_deep",
                f"条件最多嵌套 {MOST_DEPTH} 层。",
                f"Conditions may nest {MOST_DEPTH} deep.",
            )
        if not isinstance(raw, Mapping):
            raise _malformed(pointer)
        keys = set(raw)
        if keys == {"and"} or keys == {"or"}:
            word = next(iter(keys))
            parts = raw[word]
            if not isinstance(parts, Sequence) or isinstance(parts, str):
                raise _malformed(f"{pointer}/{word}")
            conditions = tuple(
                self._condition(part, f"{pointer}/{word}/{place}", depth + 1)
                for place, part in enumerate(parts)
            )
            if word == "and":
                return AllOf(conditions)
            return AnyOf(conditions) if conditions else EVERYTHING
        if keys == {"not"}:
            return Not(self._condition(raw["not"], f"{pointer}/not", depth + 1))
        if keys == {"formula"}:
            self._count_test(pointer)
            place = f"{pointer}/formula"
            return read_formula_test(
                self._catalog, self._definition, self._access.may_read, raw["formula"], place
            )
        if not {"field", "op"} <= keys <= {"field", "op", "value"}:
            raise _malformed(pointer)
        return self._test(raw, pointer)

    def _count_test(self, pointer: str) -> None:
        self._tests += 1
        if self._tests > MOST_TESTS:
            raise _question(
                pointer,
                "too_many",
                f"一个筛选最多 {MOST_TESTS} 个条件。",
                f"A filter may have {MOST_TESTS} conditions.",
            )

    def _test(self, raw: Mapping[str, Any], pointer: str) -> Test:
        self._count_test(pointer)
        path = self.path(raw["field"], f"{pointer}/field")
        name = raw["op"]
        operator = Operator(name) if isinstance(name, str) and name in OPERATOR_NAMES else None
        if operator is None or not may_test(self._catalog, path.field, operator):
            known = ", ".join(one.value for one in self._catalog.operators_of(path.field))
            raise _question(
                f"{pointer}/op",
                "unknown_operator",
                f"这个字段可用的比较方式：{known}。",
                f"This field can be tested with: {known}.",
                path.text,
            )
        values = self._values(path, operator, raw.get("value"), pointer)
        tree = None
        if operator is Operator.UNDER:
            tree = self._catalog.find(path.field.target or path.field.listed_target or "")
        return Test(path, operator, values, tree)

    def _values(
        self, path: Path, operator: Operator, raw: object, pointer: str
    ) -> tuple[object, ...]:
        place = f"{pointer}/value"
        if operator in NO_VALUE:
            return ()
        if operator is Operator.WITHIN:
            return (_relative(raw, place),)
        if operator is Operator.KIND_IN:
            return tuple(_listed(raw, place, allowed=STAGE_KINDS))
        if operator is Operator.NEAR:
            return self._near(path.field, raw, place)
        if operator is Operator.HAS_KEY:
            return (_keys(raw, place),)
        if operator in TEXT_PARTS:
            if not isinstance(raw, str) or not raw or len(raw) > 500 or "\x00" in raw:
                raise _question(
                    place, "not_text", "请填要找的文字。", "Give the text to look for.", path.text
                )
            return (raw,)
        if operator in MANY:
            above = operator is Operator.UNDER
            return tuple(
                self._value(path, one, f"{place}/{index}", above=above)
                for index, one in enumerate(_listed(raw, place))
            )
        if operator is Operator.BETWEEN:
            ends = _listed(raw, place)
            if len(ends) != 2:
                raise _question(
                    place, "not_two", "请填开始和结束两个值。", "Give two values: from and to."
                )
            return tuple(
                self._value(path, one, f"{place}/{index}") for index, one in enumerate(ends)
            )
        if raw is None and operator in {Operator.EQ, Operator.NE}:
            return (None,)
        return (self._value(path, raw, place),)

    def _near(self, field: FieldDefinition, raw: object, pointer: str) -> tuple[object, ...]:
        """`{"place": "31.23,121.47", "km": 5}`."""
        place, km = (
            (raw["place"], raw["km"])
            if isinstance(raw, Mapping) and set(raw) == {"place", "km"}
            else ("", 0)
        )
        is_figure = isinstance(km, int | float) and not isinstance(km, bool)
        if not is_figure or not 0 < km <= MOST_KM or not place:
            raise _question(
                pointer,
                "not_a_surrounding",
                f'请写成 {{"place": "31.230416,121.473701", "km": 5}}，距离在 0 到 {MOST_KM} 公里之间。',
                f'Write {{"place": "31.230416,121.473701", "km": 5}}, with up to {MOST_KM} kilometres.',
                field.name,
            )
        return (self._parse(field, place, f"{pointer}/place"), km)

    def _value(self, path: Path, raw: object, pointer: str, *, above: bool = False) -> object:
        kind = path.field.type
        if raw is None or raw == "":
            raise _question(
                pointer, "no_value", "请填要比较的值。", "Give a value to compare with."
            )
        if kind.value_kind not in (ValueKind.TEXTS, ValueKind.REFERENCES):
            return self._parse(path.field, raw, pointer, above=above)
        parsed = self._parse(path.field, [raw], pointer)
        return parsed[0] if isinstance(parsed, list) and parsed else raw

    def _parse(
        self, field: FieldDefinition, raw: object, pointer: str, *, above: bool = False
    ) -> object:
        read = field.type.parse_under if above else field.type.parse
        try:
            return read(raw, field.options, self._context)
        except InvalidValueError as error:
            raise QuestionError(pointer, error.code, error.message, field.name) from None

    def sort(self, raw: Sequence[object], pointer: str = "/sort") -> tuple[tuple[Path, bool], ...]:
        """`-amount`, `name` → paths with whether they fall."""
        if len(raw) > 4:
            raise _question(
                pointer, "too_many", "最多按 4 个字段排序。", "Sort by at most 4 fields."
            )
        keys: list[tuple[Path, bool]] = []
        for place, one in enumerate(raw):
            if not isinstance(one, str):
                raise _malformed(f"{pointer}/{place}")
            path = self.path(one.removeprefix("-"), f"{pointer}/{place}")
            if not path.field.sortable:
                raise _question(
                    f"{pointer}/{place}",
                    "not_sortable",
                    "这个字段不能用来排序。",
                    "This field cannot be sorted by.",
                    path.text,
                )
            if all(path.text != key.text for key, _ in keys):
                keys.append((path, one.startswith("-")))
        return tuple(keys)

    def fields(self, raw: Sequence[object], pointer: str = "/fields") -> tuple[Path, ...]:
        """The fields of an answer, each once."""
        if len(raw) > 600:
            raise _question(pointer, "too_many", "字段太多。", "Too many fields.")
        paths = [self.path(one, f"{pointer}/{place}") for place, one in enumerate(raw)]
        return tuple({path.text: path for path in paths}.values())


def may_test(catalog: Catalog, field: FieldDefinition, operator: Operator) -> bool:
    """Whether a field can be tested so."""
    return operator in catalog.operators_of(field)


def _listed(raw: object, pointer: str, allowed: Sequence[str] | None = None) -> list[object]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) > MOST_VALUES:
        raise _question(
            pointer,
            "not_a_list",
            f"请给出列表（最多 {MOST_VALUES} 项）。",
            f"Give a list of at most {MOST_VALUES} values.",
        )
    for one in raw:
        if allowed is not None and one not in allowed:
            known = ", ".join(allowed)
            raise _question(pointer, "unknown", f"可用的值：{known}。", f"Known values: {known}.")
    return list(raw)


def _keys(raw: object, pointer: str) -> str:
    """`a.b` → the path of PostgreSQL to what lies there."""
    keys = raw.split(".") if isinstance(raw, str) else []
    if (
        not keys
        or len(keys) > MOST_KEYS
        or not all(keys)
        or len(str(raw)) > 500
        or "\x00" in str(raw)
    ):
        raise _question(
            pointer,
            "not_a_path",
            "请填键名，下一级用点隔开，例如 customer.id。",
            "Give a key, and those below it behind dots, such as customer.id.",
        )
    return "$" + "".join(f".{json.dumps(key)}" for key in keys)


def _relative(raw: object, pointer: str) -> RelativeDays:
    if isinstance(raw, str) and raw in periods.NAMES:
        return RelativeDays(raw)
    if isinstance(raw, Mapping) and len(raw) == 1:
        name, days = next(iter(raw.items()))
        if (
            name in {"last_days", "next_days"}
            and isinstance(days, int)
            and not isinstance(days, bool)
            and 1 <= days <= periods.MOST_DAYS
        ):
            return RelativeDays(name, days)
    known = ", ".join(periods.NAMES)
    raise _question(
        pointer,
        "not_a_span",
        f'可用的时间段：{known}，或 {{"last_days": 30}}。',
        f'Known spans: {known}, or {{"last_days": 30}}.',
    )


def _question(pointer: str, code: str, zh: str, en: str, field: str | None = None) -> QuestionError:
    return QuestionError(pointer, code, Text(zh=zh, en=en), field)


def _malformed(pointer: str) -> QuestionError:
    return _question(
        pointer,
        "malformed",
        '条件应写成 {"field", "op", "value"} 或 {"formula": "…"}，或 {"and": […]}、{"or": […]}、{"not": …}。',
        'A condition is {"field", "op", "value"} or {"formula": "…"}, or {"and": […]}, {"or": […]}, {"not": …}.',
    )
