"""A new field type: both halves, their lines in the lists, and a test that fails until it says what is promised."""

import re
from pathlib import Path

from tools.new.scaffold import Scaffold, ScaffoldError

PYTHON = '''"""{Title}: say in one sentence what it holds."""

import sqlalchemy as sa

from guanxi.fields.capabilities import EMPTINESS, EQUALITY, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.kit.text import Locale, Text


class {Class}(FieldType[FieldOptions]):
    """Say in one sentence what it holds."""

    name = "{name}"
    label = Text(zh="{name}", en="{Title}")
    icon = "shapes"
    value_kind = ValueKind.TEXT
    operators = (*EQUALITY, *EMPTINESS)

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str):
            raise InvalidValueError("not_text", Text(zh="请填写文字。", en="Enter text."))
        return raw.strip() or None

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)
'''

TYPESCRIPT = """/** Say in one sentence what it holds. */
import {{ Shapes }} from 'lucide-react'
import {{ fieldKind }} from '@/registry/field_kind'
import type {{ CellProps, InputProps }} from '@/registry/field_kind'
import {{ TextBox }} from '@/ui/inputs/TextBox'
import {{ TextFilterValue }} from '@/ui/inputs/filter_values'

function {Class}Cell({{ value }}: CellProps<string>) {{
  return <>{{value}}</>
}}

function {Class}Input(props: InputProps<string>) {{
  return <TextBox {{...props}} mode="text" />
}}

export const {name} = fieldKind<string>({{
  type: '{name}',
  label: {{ 'zh-CN': '{name}', en: '{Title}' }},
  icon: Shapes,
  align: 'left',
  width: 140,
  Cell: {Class}Cell,
  Input: {Class}Input,
  FilterValue: TextFilterValue,
  Settings: null,
  format: (value) => value,
  parse: (text) => ({{ value: text.trim() === '' ? null : text.trim() }}),
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{{ value: 'a', typed: ' a', shown: {{ 'zh-CN': 'a', en: 'a' }} }}],
}})
"""

TEST = '''"""{Title}."""

import pytest


def test_it_keeps_its_promise() -> None:
    pytest.fail("Say what {name} promises, and give its examples in tests/kinds/test_field_types.py.")
'''


def new_field_type(root: Path, name: str) -> Scaffold:
    name = name.replace("-", "_")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ScaffoldError(
            "A field type is named in small Latin letters, e.g. colour or star_rating."
        )
    words = {
        "name": name,
        "Class": "".join(word.capitalize() for word in name.split("_")),
        "Title": name.replace("_", " ").capitalize(),
    }
    return Scaffold(
        {
            f"src/guanxi/fields/types/{name}.py": PYTHON.format(**words),
            f"frontend/src/fields/{name}/index.tsx": TYPESCRIPT.format(**words),
            f"tests/fields/test_{name}.py": TEST.format(**words),
        },
        {
            "src/guanxi/fields/builtin.py": (
                (
                    "from guanxi.kit.registry import Registry\n",
                    "from guanxi.fields.types.{name} import {Class}\n".format(**words),
                ),
                ("    ):\n        registry.register", "        {Class}(),\n".format(**words)),
            ),
            "frontend/src/app/field_kinds.ts": (
                (
                    "\nexport const fieldKinds",
                    "import {{ {name} }} from '@/fields/{name}'\n".format(**words),
                ),
                ("]\n", ", {name}".format(**words)),
            ),
        },
        next_step="Now make its test say what it promises; `just tidy` sorts the lists.",
    )
