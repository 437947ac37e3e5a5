"""All functions of the language, family by family."""

from functools import cache

from guanxi.formula.function import Functions
from guanxi.formula.functions.logic import logic
from guanxi.formula.functions.operators import operators


@cache
def builtin_functions() -> Functions:
    """Made once: it is the same for everybody."""
    return Functions((*operators(), *logic()))
