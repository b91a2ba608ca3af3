"""What may be asked of scrape jobs, and what each asking costs in requests to the cloud."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.doors.scrape_jobs import letters, status_of, submit
from tests.furnished import Furnished
from webferry.adapters import aws
from webferry.wiring import House, house


@pytest.mark.promise("scrape.bounds")
@pytest.mark.parametrize(
    ("config", "status"),
    [
        *(({"maxConcurrency": n}, 202 if 1 <= n <= 5 else 400) for n in (0, 1, 5, 6)),
        *(({"timeoutMs": n}, 202 if 1 <= n <= 120_000 else 400) for n in (0, 1, 120_000, 120_001)),
        *(({"cacheTtlSeconds": n}, 202 if 60 <= n <= 3600 else 400) for n in (59, 60, 3600, 3601)),
        ({"jitterMs": {"min": 0, "max": 0}}, 202),
        ({"jitterMs": {"min": 60_000, "max": 60_000}}, 202),
        ({"jitterMs": {"min": -1, "max": 0}}, 400),
        ({"jitterMs": {"min": 0, "max": 60_001}}, 400),
        ({"jitterMs": {"min": 2, "max": 1}}, 400),
        ({"jitterMs": {"min": 1.5}}, 400),
        ({"userAgentProfile": "tablet"}, 202),
        ({"userAgentProfile": "fridge"}, 400),
    ],
    ids=str,
)
def test_every_bound_is_checked_on_both_sides(
    furnished: Furnished, key: str, config: dict[str, Any], status: int
) -> None:
    assert submit(key, "ftp://never.fetched", config=config).status == status
    letters(furnished)


@pytest.mark.parametrize("count", range(7))
def test_a_job_has_one_to_five_urls(furnished: Furnished, key: str, count: int) -> None:
    answer = submit(key, *["ftp://never.fetched"] * count)

    assert answer.status == (202 if 1 <= count <= 5 else 400)
    if count > 5:
        assert answer.json["error"]["code"] == "TOO_MANY_URLS"
    letters(furnished)


def test_urls_too_long_to_be_any_are_refused_at_once(furnished: Furnished, key: str) -> None:
    longest = "ftp://a/".ljust(8192, "x")
    answer = submit(key, *[longest] * 4, longest + "x")

    assert (answer.status, answer.json["error"]["code"]) == (400, "INVALID_URL")
    assert submit(key, *[longest] * 5).status == 202
    letters(furnished)


@contextmanager
def counted_calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every request to the cloud in a house built anew."""
    calls: list[str] = []
    make = aws.client

    def counting(service: str, session: Any = None) -> Any:
        client = make(service, session)
        client.meta.events.register(
            "before-send", lambda **event: calls.append(event["event_name"].split(".", 1)[1])
        )
        return client

    with monkeypatch.context() as patch:
        patch.setattr(aws, "client", counting)
        house.cache_clear()
        yield calls
    house.cache_clear()


def test_submitting_and_polling_ask_little_of_the_cloud(
    furnished: Furnished, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = ["dynamodb.BatchGetItem", "dynamodb.TransactWriteItems", "sqs.SendMessageBatch"]
    # The key, and the job.
    polling = ["dynamodb.BatchGetItem", "dynamodb.GetItem"]
    with counted_calls(monkeypatch) as calls:
        job_id = submit(key, "ftp://never.fetched").json["jobId"]
        status_of(key, job_id)
        # The key's limit is asked once at first, and then once for more and more requests.
        pepper, limit = "secrets-manager.GetSecretValue", "dynamodb.UpdateItem"
        assert [call for call in calls if call not in (pepper, limit)] == opening + polling
        assert calls.count(limit) == 2
        for _ in range(6):
            submit(key, "ftp://never.fetched")
            status_of(key, job_id)
        calls.clear()
        for _ in range(32):
            submit(key, "ftp://never.fetched")
            status_of(key, job_id)
        assert [call for call in calls if call != limit] == (opening + polling) * 32
        assert calls.count(limit) <= 8
    assert isinstance(house(), House)
    while letters(furnished):
        pass
