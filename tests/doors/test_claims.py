"""Claims of an Idempotency-Key: how long one lasts when the function that had it dies."""

from fastapi import Request

from webferry.web.once import _lasts_ms


def test_who_only_wants_a_job_does_not_wait_as_long_as_who_waits_for_a_page() -> None:
    request = Request({"type": "http"})

    job, page = (_lasts_ms(request, {"mode": mode}) for mode in ("async", "sync"))

    assert (job, page) == (10_000, 131_000)
