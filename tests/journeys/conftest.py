"""One running product for all journeys of a test process."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.journeys.pages import site
from tests.journeys.product import Product


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    with site() as url:
        yield url


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, pages: str) -> Iterator[Product]:
    data = tmp_path_factory.mktemp("product") / "data"
    # Pages, and receivers of webhooks, which nobody knows yet.
    running = Product(data, egress_allow=f"{urlsplit(pages).netloc},127.0.0.2").start()
    yield running
    assert running.stop() == 0, running.output
