"""What a page waits for on the network, and what became of its own document."""

from typing import Any

import pytest

from webferry.adapters.browser.traffic import CHANNEL_PATIENCE_MS, POLLED_AFTER, Traffic

FRAME = "main"


def sent(request: str, kind: str, url: str = "https://a.example/", frame: str = FRAME) -> Any:
    return {"requestId": request, "type": kind, "frameId": frame, "request": {"url": url}}


@pytest.fixture
def traffic() -> Traffic:
    return Traffic(FRAME)


@pytest.mark.parametrize(
    ("kind", "waited_for"),
    [("Fetch", 1), ("XHR", 1), ("Script", 1), ("Document", 1), ("Image", 0), ("Ping", 0)],
)
def test_only_what_content_depends_on_is_waited_for(
    traffic: Traffic, kind: str, waited_for: int
) -> None:
    traffic.take("requestWillBeSent", sent("1", kind), 0)

    assert traffic.pending(0) == waited_for


@pytest.mark.parametrize("end", ["loadingFinished", "loadingFailed"])
def test_an_answer_and_a_failure_both_end_a_wait(traffic: Traffic, end: str) -> None:
    traffic.take("requestWillBeSent", sent("1", "Fetch"), 0)
    traffic.take(end, {"requestId": "1"}, 0)

    assert traffic.pending(0) == 0


def test_the_same_address_again_and_again_is_a_habit(traffic: Traffic) -> None:
    for n in range(POLLED_AFTER + 1):
        traffic.take("requestWillBeSent", sent(str(n), "Fetch"), 0)
    assert traffic.pending(0) == 0

    traffic.take("requestWillBeSent", sent("other", "Fetch", "https://a.example/other"), 0)
    assert traffic.pending(0) == 1


def test_a_channel_is_waited_for_until_it_speaks_or_is_silent_too_long(traffic: Traffic) -> None:
    traffic.take("webSocketCreated", {"requestId": "1"}, 0)
    traffic.take("requestWillBeSent", sent("2", "EventSource"), 0)
    assert traffic.pending(0) == 2

    traffic.take("webSocketFrameReceived", {"requestId": "1"}, 10)
    assert traffic.pending(20) == 1
    assert traffic.pending(CHANNEL_PATIENCE_MS) == 0


def test_the_next_document_takes_the_place_of_the_last(traffic: Traffic) -> None:
    traffic.take("requestWillBeSent", sent("1", "Document"), 0)
    response = {
        "url": "https://a.example/",
        "status": 403,
        "headers": {"Content-Type": "text/html"},
    }
    traffic.take(
        "responseReceived",
        {"requestId": "1", "type": "Document", "frameId": FRAME, "response": response},
        0,
    )
    assert traffic.document is not None
    assert (traffic.document.status, traffic.document.content_type) == (403, "text/html")

    traffic.take("requestWillBeSent", sent("2", "Document", "https://a.example/next"), 0)
    assert (traffic.document.url, traffic.document.status) == ("https://a.example/next", 0)
    assert traffic.navigations == 2


def test_a_frame_s_document_is_not_the_page_s(traffic: Traffic) -> None:
    traffic.take("requestWillBeSent", sent("1", "Document", frame="other"), 0)

    assert traffic.document is None
    assert traffic.pending(0) == 0


def test_a_page_that_gives_way_waits_for_nothing_any_more(traffic: Traffic) -> None:
    traffic.take("requestWillBeSent", sent("1", "Document"), 0)
    traffic.take("requestWillBeSent", sent("2", "Fetch"), 0)
    traffic.take("webSocketCreated", {"requestId": "3"}, 0)

    traffic.restart()

    assert traffic.pending(0) == 1
