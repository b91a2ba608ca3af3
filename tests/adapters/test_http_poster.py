"""Webhooks meet every kind of receiver: one attempt has one outcome, in bounded time and memory."""

import asyncio
import gzip
import socket
import time
from pathlib import Path

import pytest

from tests.adapters.scripted_network import ScriptedResolver, WatchedNetwork
from tests.receivers import (
    Behaviour,
    Receiver,
    dripping,
    endless,
    receiver,
    resetting,
    says,
    silent,
)
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_poster import ATTEMPT_S, SAMPLE_BYTES, HttpPoster
from webferry.adapters.system import SystemClock
from webferry.domain.errors import InvalidRequest
from webferry.webhook_ports import Posted

BODY = '{"event":"job.completed","text":"Grüße"}'.encode()
HEADERS = {"Content-Type": "application/json", "webhook-id": "msg_1"}
SHORT_S = 0.4


def poster(allow: str = "", *, attempt_s: float = 5.0, roots: Path | None = None) -> HttpPoster:
    resolver = ScriptedResolver(
        {
            "public.test": [["93.184.216.34"]],
            "private.test": [["10.0.0.7"]],
            "rebind.test": [["93.184.216.34"], ["169.254.169.254"]],
            "local.test": [["127.0.0.1"]],
        }
    )
    guard = EgressGuard(Allowance.parse(allow), resolver)
    network = WatchedNetwork({("127.0.0.1", int(allow.rpartition(":")[2]))} if allow else set())
    return HttpPoster(guard, SystemClock(), network, roots, attempt_s)


def post(to: HttpPoster, url: str) -> Posted:
    return asyncio.run(to.post(url, HEADERS, BODY))


def post_to(behaviour: Behaviour, attempt_s: float = 5.0) -> tuple[Posted, Receiver]:
    with receiver(behaviour) as running:
        return post(poster(running.host, attempt_s=attempt_s), running.url), running


def test_a_receiver_hears_the_very_bytes_and_every_header_once() -> None:
    posted, running = post_to(says("200 OK", body=b"thanks"))

    (heard,) = running.heard
    assert heard.path == "/webhooks/mapiok"
    assert heard.body == BODY
    assert heard.headers["content-type"] == "application/json"
    assert heard.headers["content-length"] == str(len(BODY))
    assert heard.headers["webhook-id"] == "msg_1"
    assert (posted.status, posted.error, posted.sample) == (200, "", b"thanks")


@pytest.mark.promise("webhook.failure")
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Elsewhere", "308 Gone on"])
def test_a_redirect_is_an_outcome_and_its_target_is_never_asked(status: str) -> None:
    with receiver(says("200 OK")) as elsewhere:
        posted, running = post_to(says(status, f"Location: {elsewhere.url}"))

        assert posted.status == int(status[:3])
        assert len(running.heard) == 1
        assert elsewhere.heard == []


@pytest.mark.parametrize("status", [204, 400, 404, 410, 429, 500, 503])
def test_a_status_is_passed_on_as_it_is(status: int) -> None:
    posted, _ = post_to(says(f"{status} Whatever"))

    assert (posted.status, posted.error) == (status, "")


@pytest.mark.promise("tools.webhook.deadline")
def test_a_receiver_has_ten_seconds_and_no_more() -> None:
    started_s = time.monotonic()

    posted, running = post_to(silent, SHORT_S)

    assert ATTEMPT_S == 10
    assert (posted.status, len(running.heard)) == (None, 1)
    assert posted.error == "The receiver did not answer within 0.4 seconds"
    assert SHORT_S <= time.monotonic() - started_s < SHORT_S + 5


def test_headers_that_drip_are_no_answer() -> None:
    posted, _ = post_to(dripping(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"), SHORT_S)

    assert posted.status is None


def test_a_status_counts_though_its_body_drips() -> None:
    posted, _ = post_to(dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"x"))

    assert (posted.status, posted.error) == (200, "")
    assert posted.duration_ms < 4000


def test_an_endless_body_is_left_after_its_beginning() -> None:
    posted, _ = post_to(endless)

    assert posted.status == 200
    assert posted.sample == b"x" * SAMPLE_BYTES


def test_a_compressed_answer_is_never_unpacked() -> None:
    bomb = gzip.compress(b"0" * 20_000_000)

    posted, _ = post_to(says("200 OK", "Content-Encoding: gzip", body=bomb))

    assert posted.status == 200
    assert posted.sample == bomb[:SAMPLE_BYTES]


def test_an_unknown_encoding_is_no_trouble() -> None:
    posted, _ = post_to(says("200 OK", "Content-Encoding: squeezed", body=b"??"))

    assert (posted.status, posted.sample) == (200, b"??")


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (resetting, "The receiver broke off its answer"),
        (lambda connection, _: connection.sendall(b"what?\r\n\r\n"), "broke off"),
        (lambda connection, _: connection.close(), "broke off"),
    ],
    ids=["reset", "nonsense", "closed"],
)
def test_what_is_no_answer_is_a_failure(behaviour: Behaviour, error: str) -> None:
    posted, _ = post_to(behaviour)

    assert posted.status is None
    assert error in posted.error


def test_a_refused_connection_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        host = f"127.0.0.1:{gone.getsockname()[1]}"

    posted = post(poster(host), f"http://{host}/")

    assert posted.status is None
    assert posted.error == "The receiver could not be connected to"


def test_a_name_that_nobody_knows_is_a_failure() -> None:
    posted = post(poster(), "https://nowhere.test/hook")

    assert (posted.status, posted.error) == (None, "The receiver host could not be found")


@pytest.mark.promise("egress.webhooks")
@pytest.mark.parametrize(
    "url",
    [
        "https://private.test/",
        "https://10.0.0.7/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://localhost/",
        "https://2130706433/",
        "http://public.test/",
        "ftp://public.test/",
    ],
)
def test_what_may_not_be_posted_to_is_never_dialled(url: str) -> None:
    to = poster()

    posted = post(to, url)

    assert posted.status is None
    assert isinstance(to.dial, WatchedNetwork)
    assert to.dial.dialled == []


def test_a_name_that_rebinds_is_dialled_only_where_the_guard_has_looked() -> None:
    to = poster()
    asyncio.run(to.check("https://rebind.test/"))

    posted = post(to, "https://rebind.test/")

    assert posted.error == "must not lead to a private or internal address"
    assert isinstance(to.dial, WatchedNetwork)
    assert to.dial.dialled == []


@pytest.mark.promise("tools.webhook.https", "tool.webhook-url.public")
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://public.test/", "HTTPS"),
        ("ftp://public.test/", "HTTPS"),
        ("https://private.test/", "private or internal"),
        ("https://127.0.0.1/", "private or internal"),
        ("https://user:secret@public.test/", "malformed"),
        ("nonsense", "malformed"),
    ],
)
def test_a_url_that_could_never_be_posted_to_is_refused_at_once(url: str, why: str) -> None:
    with pytest.raises(InvalidRequest, match=why) as refusal:
        asyncio.run(poster().check(url))

    assert set(refusal.value.details) == {"webhookUrl"}


@pytest.mark.parametrize("url", ["https://public.test/", "https://not-yet.test/hook?a=1"])
def test_an_https_url_in_public_is_accepted(url: str) -> None:
    asyncio.run(poster().check(url))


@pytest.mark.promise("egress.allow.webhooks")
def test_plain_http_is_for_hosts_that_the_operator_has_named() -> None:
    to = poster("127.0.0.1:8123")

    asyncio.run(to.check("http://127.0.0.1:8123/"))
    asyncio.run(to.check("http://local.test:8123/"))
    with pytest.raises(InvalidRequest):
        asyncio.run(to.check("http://127.0.0.1:8124/"))
    for name in ("public.test", "not-yet.test"):
        with pytest.raises(InvalidRequest, match="HTTPS"):
            asyncio.run(to.check(f"http://{name}:8123/"))
