"""Lint: ruff, formatting, rooms and budgets in one go, all findings at once."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE_ROOTS = ("shared", "functions", "local")
IMPORT_LINTER = "from importlinter.cli import lint_imports_command as run; run()"
CHECKS = (
    ("-m", "ruff", "check", "--quiet", "--output-format", "concise"),
    ("-m", "ruff", "format", "--check", "--quiet", "--output-format", "concise"),
    ("-c", IMPORT_LINTER, "--no-logo"),
    ("-m", "tests.architecture.budgets"),
)


def main() -> int:
    """Check the tree in the current directory, whatever tree is installed."""
    here = Path.cwd()
    paths = [str(here), *(str(here / root) for root in SOURCE_ROOTS)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    codes = [
        subprocess.run([sys.executable, *check], env=environment, check=False).returncode
        for check in CHECKS
    ]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
