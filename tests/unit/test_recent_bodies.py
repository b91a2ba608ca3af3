"""Bodies that a process has just seen: read once, and bounded."""

import asyncio

from tests.unit.canned_scraping import Canned
from tests.unit.test_scrape_page import CannedFetcher
from webferry.domain.parts import StoredBody
from webferry.domain.scrapes import ScrapeOptions
from webferry.usecases.recent_bodies import MAX_BYTES, RecentBodies


def test_a_body_that_was_just_read_is_not_read_again() -> None:
    large = b"".join(b"<p>%x</p>" % (n * n * 7919) for n in range(9000))
    canned = Canned(fetcher=CannedFetcher(large))
    scraping = canned.scraping()

    made = [asyncio.run(scraping.now("acc_1", "https://a/", ScrapeOptions())) for _ in range(3)]

    assert [each.cached for each in made] == [False, True, True]
    assert canned.shelf.calls == ["find", "store", "put", "find", "read", "find"]
    assert made[1] == made[2]


def test_recent_bodies_are_bounded() -> None:
    recent, size = RecentBodies(), MAX_BYTES // 4
    places = [StoredBody("k", n, size) for n in range(5)]
    for place in places[:4]:
        recent.put(place, b"x" * size)
    recent.get(places[0])
    recent.put(places[0], b"y" * size)
    recent.put(places[4], b"x" * size)

    assert [recent.get(place) is not None for place in places] == [True, False, True, True, True]
