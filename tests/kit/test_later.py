"""Large libraries wait until they are used."""

import subprocess
import sys

from guanxi.kit.later import later

LARGE = ("alembic", "openpyxl", "pypinyin", "xlsxwriter")


def test_a_module_named_for_later_is_loaded_at_its_first_use() -> None:
    fractions = later("fractions")
    assert str(fractions.Fraction(1, 2)) == "1/2"  # type: ignore[operator]


def test_the_command_line_starts_without_large_libraries() -> None:
    asked = f"import sys, guanxi.cli.main; print([one for one in {LARGE!r} if one in sys.modules])"
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
