"""Where all work costs credits: what a caller waits for is paid like a job."""

from collections.abc import Iterator

import pytest

from flows_api.handler import handler as flows
from scrape_api.handler import handler as scrape
from tests.doors.knocking import knock
from tests.doors.scrape_jobs import submit, work
from tests.doors.tool_jobs import credits
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.wiring import house


@pytest.fixture(autouse=True)
def all_costs(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WEBFERRY_BILLING", "all")
    house.cache_clear()
    yield
    house.cache_clear()


def left(key: str) -> tuple[int, int]:
    told = credits(key)
    return told["balance"], told["held"]


@pytest.mark.promise("billing.modes")
def test_a_scrape_and_an_extraction_cost_a_credit_each_if_they_succeed(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    def sync(path: str) -> int:
        return knock(scrape, "scrape_sync", key=own, body={"urls": [site.url + path]}).status

    assert (sync("/lanterns"), left(own)) == (200, (49, 0))
    assert (sync("/lanterns"), left(own)) == (200, (48, 0))
    assert (sync("/forbidden"), left(own)) == (502, (48, 0))
    answer = knock(flows, "extract", key=own, body={"url": f"{site.url}/lanterns"})
    assert (answer.status, left(own)) == (200, (47, 0))
    assert submit(own, f"{site.url}/lanterns", f"{site.url}/forbidden").status == 202
    assert left(own) == (45, 2)
    work(furnished)
    assert left(own) == (46, 0)


def test_without_credits_the_answer_is_402_in_the_dialects_form(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    for _ in range(10):
        assert submit(own, *[f"{site.url}/lanterns"] * 5).status == 202
    before = len(site.requests)

    answer = knock(scrape, "scrape_sync", key=own, body={"urls": [f"{site.url}/"]})
    other = knock(flows, "extract", key=own, body={"url": f"{site.url}/lanterns"})

    assert (answer.status, answer.json["error"]["code"]) == (402, "INSUFFICIENT_CREDITS")
    assert (other.status, other.json["code"]) == (402, "INSUFFICIENT_CREDITS")
    assert len(site.requests) == before
    work(furnished)
