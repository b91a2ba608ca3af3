"""Budgets: the whole tree keeps its sizes and names."""

from pathlib import Path

from tests.architecture.budgets import findings

ROOT = Path(__file__).parents[2]


def test_every_file_and_function_keeps_its_budget() -> None:
    assert findings(ROOT) == []
