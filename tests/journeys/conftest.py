"""One running product for all journeys of a test process."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.lantern_shop import LANTERN_SHOP
from tests.browser.live_site import live_site
from tests.journeys.pages import site
from tests.journeys.product import Product


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    with site() as url:
        yield url


@pytest.fixture(scope="session")
def shop() -> Iterator[str]:
    with live_site(LANTERN_SHOP) as running:
        yield running.url


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, pages: str, shop: str) -> Iterator[Product]:
    data = tmp_path_factory.mktemp("product") / "data"
    # Pages, a shop, and receivers of webhooks, which nobody knows yet.
    allowed = f"{urlsplit(pages).netloc},{urlsplit(shop).netloc},127.0.0.2"
    running = Product(data, egress_allow=allowed).start()
    yield running
    assert running.stop() == 0, running.output
