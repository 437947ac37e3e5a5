"""Scaffolds write what a new kind needs, and nothing when they cannot write all of it."""

import ast
import shutil
from pathlib import Path

import pytest
from tools.new.__main__ import ROOT, main

LISTS = ("src/guanxi/fields/builtin.py", "frontend/src/app/field_kinds.ts")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the lists a new field type is entered into, and of the decisions."""
    for path in LISTS:
        (tmp_path / path).parent.mkdir(parents=True)
        shutil.copy(ROOT / path, tmp_path / path)
    shutil.copytree(ROOT / "docs" / "decisions", tmp_path / "docs" / "decisions")
    return tmp_path


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_field_type_gets_both_halves_and_its_place_in_the_lists(checkout: Path) -> None:
    before = files_in(checkout)
    assert main(["field-type", "star-rating"], checkout) == 0
    assert files_in(checkout) - before == {
        "src/guanxi/fields/types/star_rating.py",
        "frontend/src/fields/star_rating/index.tsx",
        "tests/fields/test_star_rating.py",
    }
    builtin = (checkout / LISTS[0]).read_text()
    ast.parse(builtin)
    assert "from guanxi.fields.types.star_rating import StarRating\n" in builtin
    assert "        StarRating(),\n    ):" in builtin
    kinds = (checkout / LISTS[1]).read_text()
    assert "import { star_rating } from '@/fields/star_rating'\n" in kinds
    assert kinds.rstrip().endswith(", star_rating]")
    ast.parse((checkout / "src/guanxi/fields/types/star_rating.py").read_text())


def test_what_exists_is_never_written_over(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["field-type", "colour"], checkout)
    builtin = (checkout / LISTS[0]).read_text()
    assert main(["field-type", "colour"], checkout) == 1
    assert "exists already" in capsys.readouterr().err
    assert (checkout / LISTS[0]).read_text() == builtin


@pytest.mark.parametrize("name", ["Colour", "2d", "a b", "../x", "颜色"])
def test_a_name_that_is_no_identifier_is_refused(checkout: Path, name: str) -> None:
    before = files_in(checkout)
    assert main(["field-type", name], checkout) == 1
    assert files_in(checkout) == before


def test_a_decision_gets_the_next_number(checkout: Path) -> None:
    last = max(int(path.name[:4]) for path in (checkout / "docs" / "decisions").glob("*.md"))
    assert main(["decision", "Keep it simple"], checkout) == 0
    assert (checkout / f"docs/decisions/{last + 1:04d}-keep-it-simple.md").exists()


def test_an_unknown_kind_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spaceship", "x"]) == 2
    assert "field-type" in capsys.readouterr().err
