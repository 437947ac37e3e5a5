"""All functions of the language, family by family."""

from functools import cache

from guanxi.formula.function import Functions
from guanxi.formula.functions.asker import asker
from guanxi.formula.functions.chinese import chinese
from guanxi.formula.functions.date_making import date_making
from guanxi.formula.functions.date_parts import date_parts
from guanxi.formula.functions.date_reckoning import date_reckoning
from guanxi.formula.functions.date_text import date_text
from guanxi.formula.functions.keep_empty import keep_empty, keeping_empty
from guanxi.formula.functions.links import links
from guanxi.formula.functions.lists import lists
from guanxi.formula.functions.logic import logic
from guanxi.formula.functions.numbers import numbers
from guanxi.formula.functions.operators import operators
from guanxi.formula.functions.ranking import ranking
from guanxi.formula.functions.regex import regex
from guanxi.formula.functions.system_fields import system_fields
from guanxi.formula.functions.text import text
from guanxi.formula.functions.text_lists import text_lists
from guanxi.formula.functions.text_patterns import text_patterns
from guanxi.formula.functions.text_search import text_search
from guanxi.formula.functions.totals import totals
from guanxi.formula.functions.work_time import work_time


@cache
def builtin_functions() -> Functions:
    """Made once: it is the same for everybody."""
    return Functions(
        (
            *keeping_empty(operators()),
            *logic(),
            *keep_empty(),
            *keeping_empty(numbers()),
            *keeping_empty(totals()),
            *ranking(),
            *lists(),
            *text(),
            *text_search(),
            *text_lists(),
            *text_patterns(),
            *links(),
            *regex(),
            *chinese(),
            *work_time(),
            *date_making(),
            *date_parts(),
            *date_reckoning(),
            *date_text(),
            *asker(),
            *system_fields(),
        )
    )
