"""Marks: which promises the suite says it keeps, read without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]


def marked_ids() -> set[str]:
    """The ids in every `pytest.mark.promise(...)` of every test file."""
    return {promise for path in TESTS.rglob("test_*.py") for promise in _ids_in(path)}


def _ids_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.promise":
            yield from (ast.literal_eval(argument) for argument in node.args)
