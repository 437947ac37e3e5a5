"""Filters in plain Python, and who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Somebody:
    """A person and where they stand."""

    id: UUID
    name: str
    department: UUID
    below: frozenset[UUID]
    subordinates: frozenset[UUID]


def fulfils(condition: Any, value_of: Callable[[str], Any], me: Somebody) -> bool:
    """Whether a filter holds; a test of something empty is false unless it asks for emptiness."""
    if not condition:
        return True
    if "and" in condition:
        return all(fulfils(one, value_of, me) for one in condition["and"])
    if "or" in condition:
        return any(fulfils(one, value_of, me) for one in condition["or"])
    if "not" in condition:
        return not fulfils(condition["not"], value_of, me)
    return _TESTS[condition["op"]](value_of(condition["field"]), condition.get("value"), me)


_TESTS: dict[str, Callable[[Any, Any, Somebody], bool]] = {
    "is_empty": lambda value, wish, me: value is None,
    "is_not_empty": lambda value, wish, me: value is not None,
    "ne": lambda value, wish, me: value != wish,
    "not_in": lambda value, wish, me: value not in wish,
    "eq": lambda value, wish, me: value is not None and value == wish,
    "in": lambda value, wish, me: value is not None and value in wish,
    "gt": lambda value, wish, me: value is not None and value > Decimal(wish),
    "lte": lambda value, wish, me: value is not None and value <= Decimal(wish),
    "contains": lambda value, wish, me: value is not None and wish.lower() in value.lower(),
    "is_me": lambda value, wish, me: value == me.id,
    "reports_to_me": lambda value, wish, me: value in me.subordinates,
}
