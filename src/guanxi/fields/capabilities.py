"""What can be asked of a field: operators, aggregates, and the kind of value it has."""

from enum import StrEnum


class ValueKind(StrEnum):
    """What a value is to the expression language."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATE_TIME = "date_time"
    TEXTS = "texts"
    REFERENCE = "reference"
    REFERENCES = "references"
    #: Files; formulas know nothing of them.
    FILES = "files"
    #: Data of programs; formulas know nothing of it.
    DATA = "data"
    #: A sealed text; nothing can be asked of it but whether there is one.
    SECRET = "secret"  # noqa: S105 -- a kind, not a password


class Family(StrEnum):
    """Among which types a designer looks for it."""

    WORDS = "words"
    FIGURES = "figures"
    CHOICES = "choices"
    TIME = "time"
    RELATIONS = "relations"
    CODES = "codes"
    FILES = "files"


class Operator(StrEnum):
    """The tests of a condition; see docs/reference/http-api.md, Filters."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    BETWEEN = "between"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    IS_EMPTY = "is_empty"
    IS_NOT_EMPTY = "is_not_empty"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"
    HAS_NONE = "has_none"
    WITHIN = "within"
    IS_ME = "is_me"
    IN_MY_DEPARTMENT = "in_my_department"
    REPORTS_TO_ME = "reports_to_me"
    KIND_IN = "kind_in"
    #: What it holds is one of the values or lies below one.
    UNDER = "under"
    #: No farther from a place than so many kilometres.
    NEAR = "near"
    #: Data that has something at a path of keys.
    HAS_KEY = "has_key"


class Aggregate(StrEnum):
    """The measures of a group."""

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    COUNT_DISTINCT = "count_distinct"
    COUNT_FILLED = "count_filled"


EMPTINESS = (Operator.IS_EMPTY, Operator.IS_NOT_EMPTY)
EQUALITY = (Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN)
ORDER = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE, Operator.BETWEEN)
PARTS = (Operator.CONTAINS, Operator.NOT_CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH)

TEXT_OPERATORS = (Operator.CONTAINS, *EQUALITY, *PARTS[1:], *EMPTINESS)
NUMBER_OPERATORS = (*EQUALITY, *ORDER, *EMPTINESS)
DATE_OPERATORS = (Operator.WITHIN, Operator.EQ, Operator.NE, *ORDER, *EMPTINESS)

COUNTING = (Aggregate.COUNT_DISTINCT, Aggregate.COUNT_FILLED)
NUMBER_AGGREGATES = (
    Aggregate.SUM,
    Aggregate.AVERAGE,
    Aggregate.MINIMUM,
    Aggregate.MAXIMUM,
    *COUNTING,
)
DATE_AGGREGATES = (Aggregate.MINIMUM, Aggregate.MAXIMUM, *COUNTING)
