"""The web app knows the same functions and says the same words."""

from pathlib import Path

import pytest

from guanxi.formula.describe import FOLDER, files


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_web_apps_description_of_the_language_is_fresh(path: Path) -> None:
    assert FOLDER.is_dir()
    assert path.read_text(encoding="utf-8") == files()[path], (
        "run `python -m guanxi.formula.describe`"
    )
