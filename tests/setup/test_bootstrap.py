"""Bootstrap: refuses what cannot work in one sentence, and does its work once."""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from setup import bootstrap

SCRIPT = Path(bootstrap.__file__)


@pytest.mark.promise("commands.setup.python")
def test_an_old_python_is_refused_with_its_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit) as stopped:
        bootstrap.use_a_python_that_is_new_enough()

    assert stopped.value.code == 1
    assert platform.python_version() in capsys.readouterr().err


def test_an_old_python_hands_over_to_a_newer_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text("#!/bin/sh\n[ $1 = -c ] || exit 7\n", "utf-8")
    newer.chmod(0o755)
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "local"])

    with pytest.raises(SystemExit) as handed_over:
        bootstrap.use_a_python_that_is_new_enough()

    assert handed_over.value.code == 7


@pytest.mark.promise("commands.setup.disk")
def test_too_little_disk_space_is_told_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "NEEDED_BYTES", 10**18)

    with pytest.raises(SystemExit):
        bootstrap.require_disk_space()

    assert "GB are free" in capsys.readouterr().err


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree whose virtual environment says that everything is installed."""
    (tmp_path / "setup").mkdir()
    shutil.copy(SCRIPT, tmp_path / "setup")
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/local.txt", "requirements/dev.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    stamp(tmp_path, "dev")
    return tmp_path


def stamp(tree: Path, lock: str) -> None:
    code = f"from setup.bootstrap import *; STAMP.write_text(fingerprint('{lock}'), 'utf-8')"
    subprocess.run([sys.executable, "-c", code], cwd=tree, check=True)


def run(tree: Path, lock: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up where it can reach nothing."""
    return subprocess.run(
        [sys.executable, "setup/bootstrap.py", lock],
        cwd=tree,
        env={"PATH": "", "PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.promise("commands.setup.once")
@pytest.mark.parametrize("lock", ["local", "dev"])
def test_a_second_start_does_nothing(tree: Path, lock: str) -> None:
    outcome = run(tree, lock)

    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_test_tools_are_missing_after_a_set_up_for_running_only(tree: Path) -> None:
    stamp(tree, "local")

    assert run(tree, "local").stdout == ""
    assert "fetching" in run(tree, "dev").stdout


def test_a_failed_installation_is_not_taken_for_a_finished_one(tree: Path) -> None:
    (tree / "requirements/dev.txt").write_text("no-such-package==1 --hash=sha256:00\n", "utf-8")

    outcomes = [run(tree, "dev") for _ in range(2)]

    assert [outcome.returncode for outcome in outcomes] == [1, 1]
    assert "Run the same command again" in outcomes[1].stderr
