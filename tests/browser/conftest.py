"""A real Chromium, in both process models; without one these tests say so, and fail in CI."""

import os
from pathlib import Path

import pytest

from webferry.adapters.browser.finder import NO_BROWSER, find_browser
from webferry.adapters.browser.process import harden_this_process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def program() -> Path:
    found = find_browser(os.environ)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    return found


@pytest.fixture(scope="session", autouse=True)
def undertaker() -> None:
    """As the worker does: what a browser leaves behind is adopted, and buried."""
    harden_this_process()
