"""The rules. Each looks at one file and says what is wrong in it."""

from collections.abc import Callable, Iterator

from tools.lint.database_place import database_place
from tools.lint.file_names import file_names
from tools.lint.finding import Finding
from tools.lint.module_sentence import module_sentence
from tools.lint.source import Source
from tools.lint.sql_from_text import sql_from_text

Rule = Callable[[Source], Iterator[Finding]]

RULES: tuple[Rule, ...] = (file_names, module_sentence, database_place, sql_from_text)
