"""House rules no linter knows: sizes, forbidden names, and a study that needs nothing else."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("shared", "functions", "local", "setup", "tests", "benchmarks")
FILE_LINES = 250
DOOR_FILE_LINES = 150
HANDLER_LINES = 60
FUNCTION_LINES = 40
SHAPELESS_NAMES = {"utils", "helpers", "common", "misc", "base", "manager"}
STUDY = Path("shared/webferry/domain")
STUDY_MAY_IMPORT = sys.stdlib_module_names | {"webferry"}


def findings(root: Path) -> list[str]:
    """Every broken rule of the tree, as `file:line: what is wrong and what to do`."""
    files = [path for room in ROOMS for path in sorted((root / room).rglob("*.py"))]
    return [
        f"{path.relative_to(root)}:{finding}"
        for path in files
        for finding in _findings_in(path, path.relative_to(root))
    ]


def _findings_in(path: Path, place: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    yield from _shapeless_name(place)
    yield from _long_file(place, len(text.splitlines()))
    yield from _long_functions(tree)
    if place.is_relative_to(STUDY):
        yield from _foreign_imports(tree)


def _shapeless_name(place: Path) -> Iterator[str]:
    for name in SHAPELESS_NAMES.intersection(place.with_suffix("").parts):
        yield f"1: the name {name} says nothing; name the noun that lives here"


def _long_file(place: Path, lines: int) -> Iterator[str]:
    limit = FILE_LINES
    if place.parts[0] == "functions":
        limit = HANDLER_LINES if place.name == "handler.py" else DOOR_FILE_LINES
    if lines > limit:
        yield f"{limit + 1}: {lines} lines, {limit} are allowed; split the noun"


def _long_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield (
                    f"{node.lineno}: function {node.name} has {lines} lines, "
                    f"{FUNCTION_LINES} are allowed; name its parts"
                )


def _foreign_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in _imported_names(node):
                if name.split(".")[0] not in STUDY_MAY_IMPORT:
                    yield f"{node.lineno}: the domain imports {name}; the standard library must do"


def _imported_names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]


def main() -> int:
    broken = findings(Path.cwd())
    print("\n".join(broken) or "Budgets: every file and function keeps its size.")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
