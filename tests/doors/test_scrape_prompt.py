"""A prompt of the scrape door: answered by a model, or refused before anything is fetched."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from scrape_api.handler import handler
from tests.adapters.stand_in_model import StandIn, stand_in_model
from tests.doors.knocking import Answer, knock
from tests.doors.scrape_jobs import letters, results_of, submit
from tests.doors.test_openapi import check_answer, document
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.wiring import house

PROMPT = "Which lanterns are there, and what do they cost?"


def scrape(key: str, site: RawSite, **more: Any) -> Answer:
    body = {"urls": [f"{site.url}/lanterns"], "prompt": PROMPT, **more}
    return knock(handler, "scrape_sync", key=key, body=body)


def test_without_a_model_a_prompt_is_refused_and_the_setting_named(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    before = len(site.requests)
    job = submit(key, f"{site.url}/lanterns", prompt=PROMPT)

    for answer in (scrape(key, site), job):
        assert (answer.status, answer.json["error"]["code"]) == (400, "INVALID_REQUEST")
        assert "WEBFERRY_MODEL" in answer.json["error"]["message"]
    assert len(site.requests) == before
    assert letters(furnished) == []


def said(answer: object) -> tuple[int, object]:
    content = json.dumps({"answer": answer})
    return 200, {"choices": [{"message": {"content": content}, "finish_reason": "stop"}]}


@contextmanager
def model(furnished: Furnished, *answers: tuple[int, object]) -> Iterator[StandIn]:
    """A house whose model gives these answers."""
    with stand_in_model(*answers) as server, pytest.MonkeyPatch.context() as patch:
        told = {"WEBFERRY_MODEL": "openai:small", "WEBFERRY_MODEL_URL": f"{server.url}/v1"}
        for name, value in told.items():
            patch.setenv(name, value)
        house.cache_clear()
        yield server
    house.cache_clear()


@pytest.mark.promise("scrape.prompt.extract")
def test_a_prompt_is_answered_in_extract_with_what_stands_in_the_page(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    tiers = [{"name": "Storm", "price": 12.5}, {"name": "Harbour", "price": 30}]
    with model(furnished, said([*tiers, {"name": "Never seen", "price": 7.77}])) as server:
        answer = scrape(key, site)

    assert answer.status == 200, answer.text
    check_answer(answer, "scrape_sync", document("scrape_openapi"))
    result = answer.json["result"]
    assert set(result) == {"url", "status", "cached", "markdown", "metadata", "extract"}
    assert result["extract"][:2] == tiers
    assert "Never seen" not in answer.text
    shown = server.asked[0].body["messages"][1]["content"]
    assert PROMPT in shown
    assert "Lanterns for every weather" in shown


def test_the_page_need_not_be_answered_to_be_read(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    schema = {"cheapest": "string"}
    with model(furnished, said({"cheapest": "Signal"})):
        result = scrape(key, site, formats=["links"], schema=schema).json["result"]

    assert result["extract"] == {"cheapest": "Signal"}
    assert "markdown" not in result


def test_a_job_answers_it_as_well(furnished: Furnished, key: str, site: RawSite) -> None:
    with model(furnished, said({"cheapest": "Signal"})):
        job_id = submit(key, f"{site.url}/lanterns", prompt=PROMPT).json["jobId"]
        batch = letters(furnished)
        worker = house().page_worker(batch, time_left_ms=125_000, memory_mb=1024)
        assert asyncio.run(worker) == set()
        (result,) = results_of(key, job_id).json["results"]

    assert result["extract"] == {"cheapest": "Signal"}


@pytest.mark.parametrize("status", [401, 503])
def test_a_model_that_fails_is_a_503_and_its_page_is_kept(
    furnished: Furnished, key: str, site: RawSite, status: int
) -> None:
    url = {"urls": [f"{site.url}/lanterns?failing={status}"]}
    with model(furnished, (status, {"error": {"message": "sk-secret is wrong"}})):
        answer = scrape(key, site, **url)
        job_id = submit(key, *url["urls"], prompt=PROMPT).json["jobId"]
        batch = letters(furnished)
        worker = house().page_worker(batch, time_left_ms=125_000, memory_mb=1024)
        assert asyncio.run(worker) == set()
        assert letters(furnished) == []
        (failed,) = results_of(key, job_id).json["results"]
    with model(furnished, said("Signal")):
        again = scrape(key, site, **url)

    assert (answer.status, answer.json["error"]["code"]) == (503, "UNAVAILABLE")
    assert failed["error"]["code"] == "UNAVAILABLE"
    assert "sk-secret" not in answer.text + json.dumps(failed)
    assert again.json["result"]["cached"] is True


@pytest.mark.promise("scrape.bounds")
@pytest.mark.parametrize(
    ("prompt", "ok"), [("", False), (" ", False), ("x" * 10_000, True), ("x" * 10_001, False)]
)
def test_a_prompt_has_one_to_ten_thousand_characters(
    furnished: Furnished, key: str, site: RawSite, prompt: str, *, ok: bool
) -> None:
    with model(furnished, said("Signal")):
        answer = scrape(key, site, prompt=prompt)

    assert answer.status == (200 if ok else 400), answer.text
