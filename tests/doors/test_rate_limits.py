"""Limits: every answer to a known key says where it stands, and too much is a 429."""

from collections.abc import Iterator

import pytest

from scrape_api.handler import handler as scrape
from tests.doors.all_doors import every_door, message_of
from tests.doors.knocking import Answer, Handler, knock
from tests.doors.mcp_client import ask
from tests.furnished import Engine, Furnished, furnish
from webferry.wiring import house


@pytest.fixture(scope="module")
def furnished(engine: Engine) -> Iterator[Furnished]:
    furnished = furnish(engine)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (furnished.environment | {"WEBFERRY_RATE_LIMITS": "1/2,1/3"}).items():
            patch.setenv(name, value)
        house.cache_clear()
        yield furnished
    house.cache_clear()


def limits_of(answer: Answer) -> list[int]:
    return [int(answer.headers[f"ratelimit-{name}"]) for name in ("limit", "remaining", "reset")]


@pytest.mark.promise("request.rate-limit", "scrape.code.rate-limited", "tools.rate-limit")
@every_door
def test_too_many_requests_are_a_429_that_says_when_to_come_back(
    furnished: Furnished, handler: Handler, event: str, with_body: str
) -> None:
    own, other = (furnished.key_of(f"{name}-{event}@example.com") for name in ("own", "other"))
    bad = {"nobody": "knows"}

    answers = [knock(handler, with_body, key=own, body=bad) for _ in range(3)]

    assert [answer.status for answer in answers[:2]] == [400, 400]
    assert [limits_of(answer)[:2] for answer in answers] == [[2, 1], [2, 0], [2, 0]]
    refused = answers[2]
    assert refused.status == 429
    assert message_of(refused).startswith("Too many requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert 60 < limits_of(refused)[2] <= 120
    assert knock(handler, with_body, key=other, body=bad).status == 400


@every_door
def test_requests_that_read_have_a_limit_of_their_own(
    furnished: Furnished, handler: Handler, event: str, with_body: str
) -> None:
    key = furnished.key_of(f"reader-{event}@example.com")
    path = {"scrape_sync": "/v1/jobs/none"}.get(event)

    answers = [knock(handler, event, key=key, method="GET", path=path) for _ in range(4)]

    assert [answer.status == 429 for answer in answers] == [False, False, False, True]
    assert [limits_of(answer)[:2] for answer in answers] == [[3, 2], [3, 1], [3, 0], [3, 0]]
    assert knock(handler, with_body, key=key, body={"nobody": "knows"}).status == 400


def test_what_needs_no_key_is_not_limited_and_who_is_not_known_is_told_nothing(
    furnished: Furnished,
) -> None:
    for _ in range(10):
        health, nowhere = knock(scrape, "health"), knock(scrape, "unknown_path")
        stranger = knock(scrape, "scrape_sync", key="nobody's")
        assert (health.status, nowhere.status, stranger.status) == (200, 404, 401)
        for answer in (health, nowhere, stranger):
            assert "ratelimit-limit" not in answer.headers


@pytest.mark.promise("request.rate-limit")
def test_agents_have_the_same_limits_for_what_they_read_and_for_work(furnished: Furnished) -> None:
    reader, worker = (furnished.key_of(f"{name}-agent@example.com") for name in ("read", "work"))
    page = {"name": "scrape_url", "arguments": {"url": "nonsense"}}

    read = [ask(reader, "tools/list") for _ in range(4)]
    worked = [ask(worker, "tools/call", page) for _ in range(3)]

    assert [answer.status for answer in read] == [200, 200, 200, 429]
    assert [limits_of(answer)[:2] for answer in read] == [[3, 2], [3, 1], [3, 0], [3, 0]]
    assert [answer.status for answer in worked] == [200, 200, 429]
    assert [limits_of(answer)[:2] for answer in worked] == [[2, 1], [2, 0], [2, 0]]
    for refused in (read[-1], worked[-1]):
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert refused.json["error"]["message"].startswith("Too many requests")
