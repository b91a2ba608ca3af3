"""Idempotency-Key: the same request again is answered with the first answer, word for word."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import flows_api.handler
import scrape_api.handler
import tools_api.handler
from tests.doors.all_doors import every_door, message_of
from tests.doors.knocking import Answer, Handler, knock
from tests.doors.scrape_jobs import NO_JITTER, letters
from tests.furnished import TRAFFIC_TABLE, Furnished
from tests.raw_site import RawSite
from webferry.usecases.issue_key import IssueKey
from webferry.web import once as hallway
from webferry.web.body import JsonRoute
from webferry.web.lambda_door import Dialect, lambda_door
from webferry.wiring import house

JOB = {"urls": ["ftp://never.fetched"], "mode": "async", "config": NO_JITTER}


def post_job(key: str, name: str, **more: Any) -> Answer:
    body = more.pop("body", JOB)
    headers = {"idempotency-key": name}
    return knock(scrape_api.handler.handler, "scrape_async", key=key, body=body, headers=headers)


def make_key(key: str, name: str, handler: Handler = flows_api.handler.handler) -> Answer:
    headers = {"idempotency-key": name}
    return knock(handler, "keys_create", key=key, body={"name": "Made once"}, headers=headers)


def elsewhere(dialect: Dialect, ask: Callable[[Handler], Answer]) -> Answer:
    """In an environment of its own: its thread, its loop, its application."""
    handler = lambda_door(dialect)
    try:
        return ask(handler)
    finally:
        asyncio.get_event_loop().close()


def said(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.headers["content-type"], answer.text


def is_replayed(answer: Answer) -> bool:
    return answer.headers.get("idempotent-replayed") == "true"


@pytest.mark.promise("request.idempotency")
def test_a_job_posted_again_is_the_same_job_word_for_word(furnished: Furnished, key: str) -> None:
    first, again = post_job(key, "again"), post_job(key, "again")

    assert (first.status, is_replayed(first), is_replayed(again)) == (202, False, True)
    assert said(first) == said(again)
    assert first.headers["x-request-id"] == again.headers["x-request-id"]
    assert "ratelimit-remaining" in again.headers
    assert len(letters(furnished)) == 1
    reordered = {name: JOB[name] for name in reversed(JOB)}
    assert said(post_job(key, "again", body=reordered)) == said(first)
    assert post_job(key, "another").json["jobId"] != first.json["jobId"]
    letters(furnished)


@pytest.mark.promise("request.idempotency.conflict")
def test_the_same_key_with_another_request_is_a_409(furnished: Furnished, key: str) -> None:
    first = post_job(key, "conflict")

    other_body = post_job(key, "conflict", body=JOB | {"format": "html"})
    other_path = make_key(key, "conflict")

    assert (other_body.status, other_path.status) == (409, 409)
    assert other_body.json["error"]["code"] == other_path.json["code"] == "CONFLICT"
    assert "another request" in message_of(other_body)
    assert said(post_job(key, "conflict")) == said(first)
    assert len(letters(furnished)) == 1


def test_a_key_is_its_own_accounts_alone(furnished: Furnished, key: str) -> None:
    other = furnished.key_of("other-idempotency@example.com")

    mine, theirs = post_job(key, "shared"), post_job(other, "shared")

    assert mine.json["jobId"] != theirs.json["jobId"]
    second = furnished.house.issue_key(furnished.house.authenticate(key), "Second").text
    assert said(post_job(second, "shared")) == said(mine)
    letters(furnished)


def test_a_new_key_is_made_once_and_lies_nowhere_in_the_clear(
    furnished: Furnished, key: str
) -> None:
    first, again = make_key(key, "secret"), make_key(key, "secret")

    assert first.status == 201
    assert said(first) == said(again)
    text = first.json["data"]["key"]
    listed = knock(flows_api.handler.handler, "keys_list", key=key).json["data"]
    assert [each["name"] for each in listed].count("Made once") == 1
    stored = furnished.session.client("dynamodb").scan(TableName=TRAFFIC_TABLE)["Items"]
    assert text[9:20] not in repr(stored)
    assert any("sealed" in item for item in stored)


@pytest.mark.parametrize("name", ["", "x" * 256, "a\tb", "ключ", "a\x00", "\x7f"])
@every_door
def test_what_is_no_key_is_a_400_and_nothing_is_done(
    furnished: Furnished, key: str, handler: Handler, event: str, with_body: str, name: str
) -> None:
    answer = knock(handler, with_body, key=key, headers={"idempotency-key": name})

    assert (answer.status, message_of(answer)[:15]) == (400, "Idempotency-Key")
    assert letters(furnished) == []


@every_door
def test_a_request_that_is_refused_leaves_its_key_free(
    furnished: Furnished, key: str, handler: Handler, event: str, with_body: str
) -> None:
    headers = {"idempotency-key": f"refused {with_body}"}
    good = {
        "scrape_sync": JOB,
        "tool_execute": {"input": {"url": "https://example.com"}},
        "keys_create": {"name": "After all"},
    }[with_body]

    refused = knock(handler, with_body, key=key, body={"nobody": "knows"}, headers=headers)
    accepted = knock(handler, with_body, key=key, body=good, headers=headers)

    assert (refused.status, accepted.status in (201, 202)) == (400, True)
    letters(furnished)


def test_a_page_is_scraped_once_and_its_failure_too(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    for path, status in (("/?once", 200), ("/forbidden?once", 502)):
        body = {"urls": [site.url + path], "config": {"noCache": True}}
        before = len(site.requests)

        answers = [post_job(key, path, body=body) for _ in range(3)]

        assert [answer.status for answer in answers] == [status] * 3
        assert len({said(answer) for answer in answers}) == 1
        assert len(site.requests) == before + 1


def test_an_answer_too_large_for_an_item_is_repeated_too(
    furnished: Furnished, key: str, monkeypatch: pytest.MonkeyPatch, site: RawSite
) -> None:
    monkeypatch.setattr("webferry.adapters.dynamodb.answers.MAX_INLINE_BYTES", 100)
    body = {"urls": [f"{site.url}/?too-large"], "format": "html"}

    first, again = post_job(key, "large", body=body), post_job(key, "large", body=body)

    assert (first.status, is_replayed(again)) == (200, True)
    assert said(first) == said(again)
    bucket = furnished.environment["WEBFERRY_PAGES_BUCKET"]
    s3 = furnished.session.client("s3")
    [stored] = s3.list_objects_v2(Bucket=bucket, Prefix="answers/")["Contents"]
    s3.delete_object(Bucket=bucket, Key=stored["Key"])
    assert post_job(key, "large", body=body).status == 503


@pytest.mark.promise("request.idempotency.parallel")
def test_twenty_at_once_are_one_job_with_one_answer(furnished: Furnished, key: str) -> None:
    """Each in a thread with a loop of its own, as environments are."""
    headers = {"idempotency-key": "twenty"}

    def ask(handler: Handler) -> Answer:
        return knock(handler, "scrape_async", key=key, body=JOB, headers=headers)

    def environment(_: int) -> Answer:
        return elsewhere(scrape_api.handler.DIALECT, ask)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(environment, range(20)))

    assert {said(answer) for answer in answers} == {said(answers[0])}
    assert [is_replayed(answer) for answer in answers].count(False) == 1
    assert len(letters(furnished)) == 1


def test_while_the_first_is_being_answered_the_others_are_told_to_wait(
    furnished: Furnished, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hallway, "_PAUSES_S", (0.01,))
    inner: list[Answer] = []
    issue = IssueKey.__call__

    def ask(handler: Handler) -> Answer:
        return make_key(key, "slow", handler)

    def slowly(self: IssueKey, *asked: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:
            inner.append(pool.submit(elsewhere, flows_api.handler.DIALECT, ask).result())
        return issue(self, *asked)

    monkeypatch.setattr(IssueKey, "__call__", slowly)
    outer = make_key(key, "slow")

    assert (outer.status, inner[0].status) == (201, 409)
    assert inner[0].headers["retry-after"] == "1"
    assert "still being answered" in message_of(inner[0])


def test_who_dies_in_between_leaves_a_claim_that_lapses_and_no_second_job(
    furnished: Furnished, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(*_: object) -> None:
        raise Died

    reception = house().reception
    monkeypatch.setattr(hallway, "_PAUSES_S", ())
    monkeypatch.setattr(hallway, "_LONGEST_MS", -2000)
    with monkeypatch.context() as dying:
        dying.setattr(type(reception.answer_once), "keep", die)
        dying.setattr(type(reception.answer_once), "release", lambda *_: None)
        assert post_job(key, "died").status == 500

    again = post_job(key, "died")

    assert again.status == 202
    assert len(letters(furnished)) == 1


def test_a_fault_frees_the_key_and_an_answer_that_cannot_be_kept_is_still_given(
    furnished: Furnished, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(IssueKey, "__call__", lambda *_: 1 / 0)
        assert make_key(key, "fault").status == 500
    assert make_key(key, "fault").status == 201


def test_every_route_that_makes_work_is_one_that_can_be_repeated() -> None:
    for module in (scrape_api.handler, tools_api.handler, flows_api.handler):
        routes = module.DIALECT.router.routes
        assert routes
        assert all(isinstance(route, JsonRoute) for route in routes), module
