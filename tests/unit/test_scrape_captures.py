"""Pictures and waiting: what of a scrape only a browser can do, with one that is canned."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from tests.unit.canned_scraping import Album, Canned, Reversing
from tests.unit.test_scrape_page import CannedRenderer
from webferry.domain.errors import Unavailable
from webferry.domain.pages import Engine, Format
from webferry.domain.rendering import CaptureKind, Rendering, RenderOrder
from webferry.domain.scrapes import PrivateWords, Scrape, ScrapeOptions
from webferry.usecases.store_options import StoreOptions

URL = "https://example.com"


@dataclass
class Photographer(CannedRenderer):
    """Takes the pictures it is asked for, and remembers the orders."""

    orders: list[RenderOrder] = field(default_factory=list)

    async def render(self, order: RenderOrder) -> Rendering:
        self.orders.append(order)
        rendering = await super().render(order)
        picture = order.capture.kind.encode() if order.capture else None
        return replace(rendering, picture=picture)


def scrape(renderer: Photographer, album: Album, **options: object) -> Scrape:
    scraping = Canned(renderer=renderer, album=album).scraping()
    return asyncio.run(scraping.now("acc_1", URL, ScrapeOptions(**options)))  # type: ignore[arg-type]


@pytest.mark.promise("scrape.beyond.pictures")
def test_pictures_are_kept_and_named_in_the_scrape() -> None:
    renderer, album = Photographer(), Album()

    made = scrape(renderer, album, formats=(Format.FULL_SCREENSHOT, Format.PDF, Format.MARKDOWN))

    assert {order.capture.kind for order in renderer.orders if order.capture} == {
        CaptureKind.FULL_PAGE,
        CaptureKind.PDF,
    }
    assert made.engines == (Engine.BROWSER,)
    assert made.markdown == "built by script"
    assert made.screenshot is not None
    assert made.pdf is not None
    assert album.kept[made.screenshot] == b"full-page"
    assert album.kept[made.pdf] == b"pdf"


@pytest.mark.promise("scrape.beyond.wait")
def test_waiting_asks_the_browser_and_takes_no_picture() -> None:
    renderer = Photographer()

    scrape(renderer, Album(), wait_selector="#late", wait_ms=700)

    (order,) = renderer.orders
    assert (order.readiness.selector, order.readiness.delay_ms) == ("#late", 700)
    assert order.capture is None


def test_without_a_browser_there_is_no_picture() -> None:
    with pytest.raises(Unavailable):
        scrape(Photographer(missing="install one"), Album(), formats=(Format.PDF,))


def test_private_words_go_to_the_fetch_and_are_stored_sealed_only() -> None:
    private = PrivateWords((("X-A", "ä"),), (("sid", "1"),), "http://u:p@proxy:1")
    options, store = ScrapeOptions(private=private), StoreOptions(Reversing())

    text = store.write(options, "acc_1")

    assert store.read(text, "acc_1") == options
    assert ScrapeOptions.of(text).private == PrivateWords()
    assert "proxy:1" not in text
    canned = Canned()
    asyncio.run(canned.scraping().now("acc_1", URL, options))
    (asked,) = canned.fetcher.asked
    assert (asked.headers, asked.cookies, asked.proxy) == (
        private.headers,
        private.cookies,
        private.proxy,
    )
