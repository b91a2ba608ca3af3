"""What the scrape door takes beyond the document: every option's bounds, in both modes."""

from typing import Any

import pytest

from scrape_api.handler import handler
from tests.doors.knocking import Answer, knock
from tests.doors.scrape_jobs import letters, results_of, submit, work
from tests.furnished import JOBS_TABLE, Furnished
from tests.raw_site import RawSite
from webferry.domain.scrapes import ScrapeOptions

SECRET = "s3cr3t-of-a-caller"


def scrape(key: str, url: str, config: object, **more: Any) -> Answer:
    return knock(handler, "scrape_sync", key=key, body={"urls": [url], "config": config, **more})


@pytest.mark.promise("scrape.beyond.bounds")
@pytest.mark.parametrize(
    ("config", "ok"),
    [
        ({"engine": "auto"}, True),
        ({"engine": "http"}, True),
        ({"engine": "firefox"}, False),
        ({"engine": None}, False),
        ({"engine": "http", "javascript": False}, True),
        ({"engine": "http", "javascript": None}, True),
        ({"engine": "http", "javascript": True}, False),
        ({"engine": "browser", "javascript": False}, False),
        ({"engine": "auto", "javascript": False}, False),
        ({"engine": "http", "waitFor": 5}, False),
        ({"engine": "http", "waitFor": "p"}, False),
        ({"engine": "http", "waitFor": 0}, True),
        ({"javascript": False, "waitFor": 1}, False),
        ({"waitFor": -1}, False),
        ({"waitFor": 60_001}, False),
        ({"waitFor": ""}, False),
        ({"waitFor": "p" * 501}, False),
        ({"waitFor": True}, False),
        ({"waitFor": 1.5}, False),
        ({"waitFor": None}, True),
        ({"onlyMainContent": True}, True),
        ({"onlyMainContent": False}, True),
        ({"onlyMainContent": "article"}, True),
        ({"onlyMainContent": "main"}, False),
        ({"onlyMainContent": 1}, False),
        ({"onlyMainContent": None}, False),
        ({"includeSelectors": ["p", "h1 > a[href^='/']"]}, True),
        ({"includeSelectors": ["p"] * 20}, True),
        ({"includeSelectors": ["p"] * 21}, False),
        ({"includeSelectors": ["p".ljust(500)]}, True),
        ({"includeSelectors": ["p".ljust(501)]}, False),
        ({"includeSelectors": [""]}, False),
        ({"includeSelectors": ["p["]}, False),
        ({"includeSelectors": "p"}, False),
        ({"includeSelectors": [1]}, False),
        ({"excludeSelectors": ["nav", ".ad"]}, True),
        ({"excludeSelectors": ["p:has(a)"]}, False),
        ({"excludeSelectors": [":nth-last-child(2)"]}, False),
        ({"excludeSelectors": [":nth-child(2 of p)"]}, False),
        ({"excludeSelectors": ["a:nth-child(2)"]}, True),
        ({"excludeSelectors": [":"]}, False),
        ({"headers": {"X-Lamp": "lit"}}, True),
        ({"headers": {f"X-{n}": "" for n in range(50)}}, True),
        ({"headers": {f"X-{n}": "" for n in range(51)}}, False),
        ({"headers": {"Host": "elsewhere"}}, False),
        ({"headers": {"X": "a\r\nb: c"}}, False),
        ({"headers": {"X": 1}}, False),
        ({"headers": {"": "x"}}, False),
        ({"headers": ["X"]}, False),
        ({"headers": {"X-Long": "x" * 16_378}}, True),
        ({"headers": {"X-Long": "x" * 16_379}}, False),
        ({"cookies": {"a": "b"}}, True),
        ({"cookies": {"a": "b;c"}}, False),
        ({"cookies": {"a b": "c"}}, False),
        ({"cookies": [{"name": "a"}]}, False),
        ({"proxy": ""}, False),
        ({"proxy": 1}, False),
        ({"proxy": "socks5://example.com:1080"}, False),
        ({"proxy": "h" * 2001}, False),
        ({"noCache": True}, True),
        ({"noCache": False}, True),
        ({"noCache": "yes"}, False),
    ],
    ids=str,
)
def test_every_option_has_its_bounds(
    key: str, site: RawSite, config: dict[str, Any], *, ok: bool
) -> None:
    answer = scrape(key, site.url, config)

    assert answer.status == (200 if ok else 400), answer.text
    if not ok:
        assert answer.json["error"]["code"] == "INVALID_REQUEST"


@pytest.mark.parametrize(
    "config",
    [{"includeSelectors": ["p["]}, {"headers": {"Host": "x"}}, {"engine": "http", "waitFor": 9}],
    ids=str,
)
def test_what_is_refused_opens_no_job(furnished: Furnished, key: str, config: Any) -> None:
    assert submit(key, "ftp://never.fetched", config=config).status == 400
    assert letters(furnished) == []


@pytest.mark.parametrize(
    ("more", "ok"),
    [
        ({"formats": ["links", "links", "markdown"]}, True),
        ({"formats": []}, False),
        ({"formats": ["links"] * 9}, False),
        ({"formats": ["both"]}, False),
        ({"formats": "links"}, False),
        ({"formats": None}, True),
        ({"format": "links"}, False),
        ({"schema": {"name": "string"}}, False),
        ({"schema": {"name": "string"}, "formats": ["records"]}, True),
        ({"schema": {"name": "no such type"}, "formats": ["records"]}, False),
        ({"schema": {}, "formats": ["records"]}, False),
        ({"schema": "name", "formats": ["records"]}, False),
        ({"schema": {"n" * 19_986: "string"}, "formats": ["records"]}, True),
        ({"schema": {"n" * 19_987: "string"}, "formats": ["records"]}, False),
        ({"formats": ["pdf"], "config": {"engine": "http"}}, False),
        ({"formats": ["screenshot"], "config": {"javascript": False}}, False),
    ],
    ids=lambda value: str(value)[:60],
)
def test_formats_and_schema_have_their_bounds(
    key: str, site: RawSite, more: dict[str, Any], *, ok: bool
) -> None:
    answer = scrape(key, site.url, more.pop("config", {}), **more)

    assert answer.status == (200 if ok else 400), answer.text
    if not ok:
        assert answer.json["error"]["code"] == "INVALID_REQUEST"


@pytest.mark.promise("scrape.beyond.headers")
def test_headers_and_cookies_reach_the_site_now_and_by_a_job(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    config = {"headers": {"X-Lamp": SECRET}, "cookies": {"sid": SECRET}}
    assert scrape(key, site.url, config).status == 200
    now = site.requests[-1]
    job_id = submit(key, site.url, config=config).json["jobId"]
    table: Any = furnished.session.client("dynamodb")
    stored = repr(table.scan(TableName=JOBS_TABLE)["Items"])
    work(furnished)

    for head in (now, site.requests[-1]):
        assert f"X-Lamp: {SECRET}\r\n" in head
        assert f"Cookie: sid={SECRET}\r\n" in head
    assert job_id in stored
    assert SECRET not in stored


def test_an_option_that_only_the_fetch_can_judge_fails_its_page(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    config = {"proxy": "socks5://example.com:1080"}
    job_id = submit(key, site.url, config=config).json["jobId"]
    work(furnished)

    (result,) = results_of(key, job_id).json["results"]

    assert (result["status"], result["error"]["code"]) == ("error", "INVALID_REQUEST")
    assert result["error"]["message"].startswith("proxy: ")


def test_a_private_proxy_is_refused(key: str, site: RawSite) -> None:
    answer = scrape(key, site.url, {"proxy": "http://169.254.169.254:80"})

    assert (answer.status, answer.json["error"]["code"]) == (400, "PRIVATE_NETWORK_TARGET")


def test_options_of_the_first_version_can_still_be_read() -> None:
    old = (
        '{"format":"both","timeout_ms":5,"cache_ttl_seconds":60,"profile":"mobile",'
        '"javascript":null,"names_engines":true}'
    )

    read = ScrapeOptions.of(old)

    assert (read.formats, read.timeout_ms, read.profile) == (("markdown", "html"), 5, "mobile")
    assert ScrapeOptions.of(read.text()) == read
