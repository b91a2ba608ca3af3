"""The memory of pages: what makes two requests the same page, how long, and what if it breaks."""

import asyncio
from dataclasses import dataclass, replace
from zlib import decompress

import pytest

from tests.unit.canned_scraping import Canned
from tests.unit.test_scrape_page import SHELL, CannedFetcher, CannedRenderer
from webferry.domain.errors import FetchFailed, Unavailable
from webferry.domain.kept_pages import KeptPage, KeptPlace, name_of_page
from webferry.domain.pages import Engine, Format, Page, PagePart, PageRequest, UserAgentProfile
from webferry.domain.parts import InlineBody
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.domain.scrapes import PrivateWords, Scrape, ScrapeOptions

ME, URL = "acc_1", "https://example.com"
FETCHED_MS = 1_710_800_000_000
PLAIN = ScrapeOptions()


def scrape(canned: Canned, options: ScrapeOptions = PLAIN, account: str = ME) -> Scrape:
    return asyncio.run(canned.scraping().now(account, URL, options))


@pytest.mark.promise("scrape.cache.hit")
def test_a_page_is_remembered_with_its_first_moment() -> None:
    canned = Canned()
    first = scrape(canned)
    canned.clock.at_ms += 60_000
    again = scrape(canned)

    assert (first.cached, again.cached) == (False, True)
    assert len(canned.fetcher.asked) == 1
    assert replace(again, cached=False, received_bytes=first.received_bytes) == first
    assert again.fetched_at_ms == FETCHED_MS


@pytest.mark.promise("scrape.config.cache-ttl", "scrape.cache.ttl")
def test_the_time_to_live_is_the_age_that_a_caller_accepts() -> None:
    canned = Canned()
    scrape(canned)
    canned.clock.at_ms = FETCHED_MS + 59_999
    young = scrape(canned, ScrapeOptions(cache_ttl_seconds=60))
    canned.clock.at_ms = FETCHED_MS + 60_000
    old = scrape(canned, ScrapeOptions(cache_ttl_seconds=60))
    patient = scrape(canned)

    assert (young.cached, young.expires_at_ms) == (True, FETCHED_MS + 60_000)
    assert not old.cached
    assert (patient.cached, patient.expires_at_ms) == (True, FETCHED_MS + 3_600_000)


@pytest.mark.promise("scrape.cache.hit")
def test_any_format_is_made_of_the_same_kept_page() -> None:
    canned = Canned()
    scrape(canned)

    made = scrape(canned, ScrapeOptions(formats=(Format.HTML, Format.LINKS, Format.MARKDOWN)))

    fresh = scrape(Canned(), ScrapeOptions(formats=(Format.HTML, Format.LINKS, Format.MARKDOWN)))
    assert made.cached
    assert (made.html, made.links, made.markdown) == (fresh.html, fresh.links, fresh.markdown)


def test_what_was_made_of_a_page_serves_only_who_wants_it_read_so() -> None:
    canned = Canned()
    scrape(canned)
    [place] = canned.shelf.places.values()
    assert isinstance(place.body, InlineBody)
    kept = KeptPage.of(decompress(place.body.content))

    assert kept.made_for(PLAIN) == kept.made
    both = kept.made_for(ScrapeOptions(formats=(Format.HTML, Format.MARKDOWN)))
    assert both == {**kept.made, "html": kept.html}
    for other in (
        ScrapeOptions(formats=(Format.LINKS,)),
        ScrapeOptions(part=PagePart.MAIN),
        ScrapeOptions(include=("h1",)),
        ScrapeOptions(exclude=("h1",)),
    ):
        assert kept.made_for(other) is None
    assert scrape(canned, ScrapeOptions(exclude=("h1",))).markdown.startswith("[on](")  # type: ignore[union-attr]


@pytest.mark.promise("scrape.cache.key")
@pytest.mark.parametrize(
    "other",
    [
        ScrapeOptions(profile=UserAgentProfile.MOBILE),
        ScrapeOptions(javascript=False),
        ScrapeOptions(javascript=True),
        ScrapeOptions(wait_ms=1),
        ScrapeOptions(wait_selector="p"),
    ],
    ids=repr,
)
def test_what_may_change_the_page_is_another_page(other: ScrapeOptions) -> None:
    assert name_of_page(ME, URL, other) not in {None, name_of_page(ME, URL, PLAIN)}
    assert name_of_page(ME, URL, other) == name_of_page(ME, URL, replace(other, timeout_ms=9))


@pytest.mark.promise("scrape.cache.key")
def test_an_account_and_an_address_have_pages_of_their_own() -> None:
    canned = Canned()
    scrape(canned)

    assert not scrape(canned, account="acc_2").cached
    names = {name_of_page(account, url, PLAIN) for account in "ab" for url in "xy"}
    assert len(names) == 4


@pytest.mark.promise("scrape.cache.private")
@pytest.mark.parametrize(
    "private",
    [PrivateWords((("X", "1"),)), PrivateWords((), (("s", "1"),)), PrivateWords(proxy="http://p")],
)
def test_what_was_fetched_in_a_callers_name_is_not_remembered(private: PrivateWords) -> None:
    canned = Canned()

    assert not scrape(canned, ScrapeOptions(private=private)).cached
    assert not scrape(canned, ScrapeOptions(private=private)).cached
    assert canned.shelf.calls == []
    assert not scrape(canned).cached


@pytest.mark.promise("scrape.cache.no-cache")
def test_no_cache_fetches_anew_and_takes_the_place_of_what_was_kept() -> None:
    canned = Canned()
    scrape(canned)
    canned.fetcher.body = b"<p>new"

    fresh = scrape(canned, ScrapeOptions(no_cache=True))
    after = scrape(canned)

    assert (fresh.cached, fresh.markdown) == (False, "new")
    assert (after.cached, after.markdown) == (True, "new")


@pytest.mark.promise("scrape.cache.failures")
def test_failures_and_empty_pages_are_not_remembered() -> None:
    class Failing(CannedFetcher):
        async def fetch(self, request: PageRequest) -> Page:
            await super().fetch(request)
            raise FetchFailed("Target URL returned 500")

    failing = Canned(fetcher=Failing())
    for _ in range(2):
        with pytest.raises(FetchFailed):
            scrape(failing)
    empty = Canned(fetcher=CannedFetcher(b""))

    assert len(failing.fetcher.asked) == 2
    assert [scrape(empty).cached, scrape(empty).cached] == [False, False]


def test_half_a_page_is_not_remembered() -> None:
    class Hasty(CannedRenderer):
        async def render(self, order: RenderOrder) -> Rendering:
            return replace(await super().render(order), settled=False)

    class Broken(CannedRenderer):
        async def render(self, order: RenderOrder) -> Rendering:
            raise Unavailable("broken")

    hasty = Canned(renderer=Hasty())
    broken = Canned(fetcher=CannedFetcher(b"<p>a</p>" + SHELL), renderer=Broken())

    assert not [scrape(hasty, ScrapeOptions(javascript=True)).cached for _ in range(2)][1]
    assert not [scrape(broken).cached for _ in range(2)][1]


@pytest.mark.promise("scrape.cache.faults")
@pytest.mark.parametrize("part", ["find", "put", "read", "store"])
def test_a_broken_memory_fails_no_scrape(part: str) -> None:
    large = b"".join(b"<p>%x</p>" % (n * n * 7919) for n in range(9000))
    canned = Canned(fetcher=CannedFetcher(large))
    if part == "read":
        scrape(canned)
    canned.shelf.broken = {part}

    made = scrape(canned)

    assert (made.cached, made.title) == (False, None)
    assert made.markdown


def test_what_cannot_be_read_is_fetched_anew() -> None:
    canned = Canned()
    scrape(canned)
    [name] = canned.shelf.places
    canned.shelf.places[name] = KeptPlace(FETCHED_MS, InlineBody(b"rotten"))

    assert not scrape(canned).cached
    with pytest.raises(ValueError, match="version"):
        KeptPage.of(b'{"v":2}\n')


def test_a_large_page_lies_in_an_object_and_a_small_one_in_its_item() -> None:
    large = b"".join(b"<p>%x</p>" % (n * n * 7919) for n in range(9000))
    small, big = Canned(), Canned(fetcher=CannedFetcher(large))

    assert [scrape(small).cached, scrape(small).cached] == [False, True]
    assert [scrape(big).cached, scrape(big).cached] == [False, True]
    assert small.shelf.calls == ["find", "put", "find"]
    assert big.shelf.calls == ["find", "store", "put", "find", "read"]


def test_who_asks_together_asks_once() -> None:
    canned = Canned()
    urls = [f"https://example.com/{n}" for n in range(10)]

    @dataclass
    class Batch:
        cached: list[bool]

    async def batch() -> Batch:
        scraping = canned.scraping()
        made = await asyncio.gather(*(scraping.task.scrape_url(ME, url, PLAIN) for url in urls))
        await scraping._cache.flush()
        return Batch([each.cached for each in made])

    assert asyncio.run(batch()).cached == [False] * 10
    assert asyncio.run(batch()).cached == [True] * 10
    assert canned.shelf.calls == ["find", "put", "find"]


def test_a_rendered_page_remembers_its_engines() -> None:
    canned = Canned(fetcher=CannedFetcher(SHELL))
    scrape(canned)

    again = scrape(canned)

    assert (again.cached, again.engines) == (True, (Engine.HTTP, Engine.BROWSER))
    assert again.markdown == "built by script"
