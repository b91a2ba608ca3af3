"""Rooms: every house rule is broken once in a copy of the tree, and lint says so."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.planted import PLANTS, Plant

ROOT = Path(__file__).parents[2]
COPIED = ("pyproject.toml", "shared", "functions", "local", "setup", "tests", "benchmarks")
NOT_COPIED = shutil.ignore_patterns("__pycache__", ".*")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """What `make lint` runs, in another tree."""
    return subprocess.run(
        [sys.executable, "setup/lint.py"], cwd=tree, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Lint's words about a copy of this tree in which every rule is broken once."""
    copy = tmp_path_factory.mktemp("tree")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=NOT_COPIED)
        elif (ROOT / name).is_file():
            shutil.copy(ROOT / name, copy / name)
    for plant in PLANTS:
        (copy / plant.path).parent.mkdir(exist_ok=True)
        (copy / plant.path).write_text(plant.source, "utf-8")
    outcome = lint(copy)
    assert outcome.returncode == 1
    return " ".join((outcome.stdout + outcome.stderr).split())


def test_the_tree_itself_passes_lint() -> None:
    outcome = lint(ROOT)

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.promise("commands.lint.rooms", "commands.lint.budgets", "commands.lint.environment")
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.rule)
def test_lint_refuses(plant: Plant, answers: str) -> None:
    assert plant.answer in answers
