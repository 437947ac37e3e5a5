"""The gates are counted as what they are: nothing that fails is lost in the sum."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import gates
import preparing


def gate(command: str, folder: Path, **more: object) -> gates.Gate:
    return gates.Gate("one", [sys.executable, "-c", command], folder, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "counts"), [(0, "1 passed, 0 failed"), (3, "0 passed, 1 failed")])
def test_a_gate_that_counts_nothing_counts_as_one(tmp_path: Path, code: int, counts: str) -> None:
    assert str(gate(f"raise SystemExit({code})", tmp_path).run()) == f"{counts}, 0 skipped"


def test_a_gate_that_crashes_after_its_tests_has_failed(tmp_path: Path) -> None:
    one = gate("raise SystemExit(1)", tmp_path, count=lambda: gates.Counts(passed=5))
    assert one.run() == gates.Counts(passed=5, failed=1)


def test_a_gate_that_cannot_run_is_skipped_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate("", tmp_path, left_out="no browser").run() == gates.Counts(skipped=1)
    assert "no browser" in capsys.readouterr().out


def test_pytest_is_counted_by_its_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert gates.counted_by_pytest(report) is None
    report.write_text(
        '<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>'
    )
    assert gates.counted_by_pytest(report) == gates.Counts(4, 3, 3)


def test_a_file_vitest_cannot_load_counts_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    said = {
        "numPassedTests": 7,
        "numFailedTests": 0,
        "numPendingTests": 1,
        "testResults": [{"status": "failed", "assertionResults": []}],
    }
    report.write_text(json.dumps(said))
    assert gates.counted_by_vitest(report) == gates.Counts(7, 1, 1)


def test_a_command_that_takes_too_long_ends_with_all_it_started(tmp_path: Path) -> None:
    code = preparing.run_in_group(
        ["sh", "-c", "sleep 60 & sleep 60"], folder=tmp_path, environment={}, seconds=0.2
    )
    assert code == 124


def test_the_web_app_is_stale_when_a_source_changes_or_is_renamed(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("one")
    before = preparing.digest_of(tmp_path.glob("*"), tmp_path)
    (tmp_path / "a.ts").write_text("two")
    changed = preparing.digest_of(tmp_path.glob("*"), tmp_path)
    (tmp_path / "a.ts").rename(tmp_path / "b.ts")
    renamed = preparing.digest_of(tmp_path.glob("*"), tmp_path)
    assert len({before, changed, renamed}) == 3
