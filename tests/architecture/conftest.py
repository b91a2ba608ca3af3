"""The inspection's report: how many promises are kept and how many are still to come."""

import pytest

from tests.promises import PROMISES
from tests.promises.marks import marked_ids


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    marked = marked_ids()
    due = [promise for promise in PROMISES if promise.id not in marked]
    kept = len(PROMISES) - len(due)
    terminalreporter.write_line(f"promises: {kept} of {len(PROMISES)} kept, {len(due)} still due")
