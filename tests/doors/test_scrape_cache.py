"""The memory of pages behind the scrape door: what is asked of the cloud, and whose it is."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from scrape_api.handler import handler
from tests.doors.knocking import knock
from tests.doors.scrape_jobs import letters, results_of, submit, work
from tests.doors.test_scrape_job_requests import counted_calls
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.wiring import House, house


def scrape(key: str, url: str, **config: Any) -> Any:
    body = {"urls": [url], "config": config}
    answer = knock(handler, "scrape_sync", key=key, body=body)
    assert answer.status == 200, answer.text
    return answer.json["result"]


@pytest.mark.promise("scrape.cache.hit", "scrape.cache.ttl")
def test_the_second_answer_is_the_first_page(key: str, site: RawSite) -> None:
    url = f"{site.url}/?second"
    first, second = scrape(key, url), scrape(key, url, cacheTtlSeconds=60)

    assert (first["cached"], second["cached"]) == (False, True)
    assert second["markdown"] == first["markdown"]
    assert second["metadata"]["fetchedAt"] == first["metadata"]["fetchedAt"]
    assert second["metadata"]["expiresAt"] - second["metadata"]["fetchedAt"] == 60_000
    assert scrape(key, url, noCache=True)["cached"] is False
    assert len([head for head in site.requests if "/?second" in head]) == 2


@pytest.mark.promise("scrape.cache.key")
def test_another_accounts_page_is_not_mine(furnished: Furnished, key: str, site: RawSite) -> None:
    url = f"{site.url}/?mine"
    scrape(key, url)

    assert scrape(furnished.key_of("cache-other@example.com"), url)["cached"] is False


def test_jobs_and_waiting_callers_share_what_is_kept(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    urls = [f"{site.url}/?shared{n}" for n in range(3)]
    scrape(key, urls[0])
    job_id = submit(key, *urls).json["jobId"]
    work(furnished)

    results = results_of(key, job_id).json["results"]

    assert [result["cached"] for result in results] == [True, False, False]
    assert scrape(key, urls[2])["cached"] is True


def test_a_cached_page_costs_two_reads_and_a_new_one_a_write_more(
    furnished: Furnished, key: str, site: RawSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = "dynamodb.BatchGetItem"
    with counted_calls(monkeypatch) as calls:
        # After some requests the next ones are taken of the key's limit in advance.
        for n in range(8):
            scrape(key, f"{site.url}/?warm{n}")
        calls.clear()
        scrape(key, f"{site.url}/?counted")
        fresh = list(calls)
        calls.clear()
        scrape(key, f"{site.url}/?counted")
    # The key, and the page.
    assert calls == [read, read]
    assert fresh == [read, read, "dynamodb.BatchWriteItem"]


def test_a_batch_of_ten_pages_asks_for_them_at_once_and_keeps_them_at_once(
    furnished: Furnished, key: str, site: RawSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for batch in range(2):
        urls = [f"{site.url}/?batch{batch}-{n}" for n in range(5)]
        submit(key, *urls, config={"maxConcurrency": 5})
    taken = letters(furnished)
    assert len(taken) == 10
    with counted_calls(monkeypatch) as calls:
        assert not asyncio.run(house().page_worker(taken, time_left_ms=99_000, memory_mb=1024))

    # Read, claim, find, record, keep.
    assert len(calls) <= 8
    assert calls.count("dynamodb.BatchWriteItem") == 1
    assert calls.count("dynamodb.BatchGetItem") == 2


@pytest.mark.promise("scrape.cache.faults")
@pytest.mark.parametrize("lost", ["WEBFERRY_TRAFFIC_TABLE", "WEBFERRY_PAGES_BUCKET"])
def test_without_table_or_bucket_pages_come_all_the_same(
    furnished: Furnished, site: RawSite, lost: str
) -> None:
    settings = furnished.house.settings
    crippled = House.of(replace(settings, env={**settings.env, lost: "gone"}), furnished.session)
    options = crippled.scraping.options.read('{"v":2,"formats":["html"]}', "acc_1")

    for _ in range(2):
        url = f"{site.url}/noise"
        made = asyncio.run(crippled.scraping.now("acc_lost", url, options))
        assert (made.cached, len(made.html or "")) == (False, 39_999)
