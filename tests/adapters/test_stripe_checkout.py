"""Stripe Checkout: the library's own signatures are read, all others refused; a stand-in sells."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
import stripe

from tests.furnished import Furnished
from tests.jobs.workshop import MovableClock
from webferry.adapters.dynamodb.refunds import DynamoRefunds
from webferry.adapters.dynamodb.wallets import DynamoWallets
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.stripe_checkout import StripeCheckout
from webferry.domain.errors import Conflict, InvalidRequest, NotFound, Unavailable
from webferry.domain.packs import PACKS, Purchase, pack_of
from webferry.usecases.refund_credits import RefundCredits
from webferry.usecases.sell_credits import SellCredits

SECRET = json.dumps({"key": "sk_test_1", "webhookSecret": "whsec_test_1"})
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "data": {
        "object": {
            "id": "cs_test_1",
            "object": "checkout.session",
            "payment_status": "paid",
            "metadata": {"webferry_account": "acc_1", "webferry_credits": "500"},
        }
    },
}


def checkout(url: str = "http://127.0.0.1:9", *, ahead_ms: int = 0) -> StripeCheckout:
    return StripeCheckout(lambda: SECRET, MovableClock(ahead_ms), url)


def signed(message: bytes, secret: str = "whsec_test_1") -> str:
    """A header as Stripe's own library writes it."""
    header = stripe.WebhookSignature.generate_signature_header(message.decode(), secret)
    stripe.WebhookSignature.verify_header(message, header, secret)
    return str(header)


def seller(furnished: Furnished) -> SellCredits:
    house = furnished.house
    table = WideTable(house.dynamodb, house.settings.accounts_table)
    refund = RefundCredits(DynamoRefunds(table), MovableClock())
    return SellCredits(checkout(), DynamoWallets(table), refund, MovableClock())


def changed(**session: Any) -> bytes:
    data = {"object": {**EVENT["data"]["object"], **session}}  # type: ignore[index]
    return json.dumps({**EVENT, "data": data}).encode()


def test_a_message_signed_by_the_library_is_believed() -> None:
    message = json.dumps(EVENT, indent=2).encode()

    assert checkout().read(message, signed(message)) == Purchase("acc_1", 500, "cs_test_1")
    rotated = f"{signed(message)},v1={'0' * 64},v0=x"
    assert checkout().read(message, rotated) is not None


@pytest.mark.parametrize(
    "header",
    ["", "t=1", "t=,v1=", "v1=" + "0" * 64, "t=99999999999999999,v1=00", "t=1,v1=é", "t=²,v1=0"],
)
def test_a_message_that_is_not_signed_is_refused(header: str) -> None:
    with pytest.raises(InvalidRequest):
        checkout().read(json.dumps(EVENT).encode(), header)


def test_another_secret_another_body_and_an_old_message_are_refused() -> None:
    message = json.dumps(EVENT).encode()
    header = signed(message)

    with pytest.raises(InvalidRequest, match="not signed"):
        checkout().read(message, signed(message, "whsec_other"))
    with pytest.raises(InvalidRequest, match="not signed"):
        checkout().read(message + b" ", header)
    with pytest.raises(InvalidRequest, match="too old"):
        checkout(ahead_ms=301_000).read(message, header)


@pytest.mark.parametrize(
    "message",
    [
        changed(payment_status="unpaid"),
        changed(metadata={}),
        changed(metadata=None),
        json.dumps({**EVENT, "type": "checkout.session.expired"}).encode(),
    ],
)
def test_a_message_that_is_no_sale_of_ours_buys_nothing(message: bytes) -> None:
    assert checkout().read(message, signed(message)) is None


@pytest.mark.parametrize(
    "message", [b"[]", b"{}", b"no", changed(metadata={"webferry_account": "acc_1"})]
)
def test_a_signed_message_that_makes_no_sense_is_a_400(message: bytes) -> None:
    with pytest.raises(InvalidRequest):
        checkout().read(message, signed(message))


@pytest.mark.promise("tools.credits.packs")
def test_a_payment_counts_once_however_often_it_is_told(furnished: Furnished) -> None:
    account_id = furnished.open_account("ada@example.com").account_id
    sell = seller(furnished)
    of_ada = {"webferry_account": account_id, "webferry_credits": "500"}
    message = changed(metadata=of_ada)

    for _ in range(3):
        assert sell.confirm(message, signed(message)) == Purchase(account_id, 500, "cs_test_1")

    assert furnished.house.read_credits(account_id).balance == 550
    for metadata, refusal in (
        (of_ada | {"webferry_credits": "501"}, Conflict),
        (of_ada | {"webferry_credits": "-1"}, InvalidRequest),
        (of_ada | {"webferry_account": "acc_none"}, NotFound),
    ):
        other = changed(metadata=metadata)
        with pytest.raises(refusal):
            sell.confirm(other, signed(other))
    assert furnished.house.read_credits(account_id).balance == 550


class StandIn(BaseHTTPRequestHandler):
    """Answers as Stripe does, or as the test wants."""

    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        server.asked.append((self.path, self.headers["Authorization"], parse_qs(body)))
        status, answer = server.answers.pop(0)
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@contextmanager
def stand_in(*answers: tuple[int, bytes]) -> Iterator[tuple[str, list[Any]]]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.asked, server.answers = [], list(answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_pack_is_sold_by_an_address_to_pay_at() -> None:
    pack = pack_of("small")
    with stand_in((200, b'{"id":"cs_1","url":"https://pay.example/cs_1"}')) as (url, asked):
        address = asyncio.run(checkout(url).checkout(pack, "acc_1", "https://back.example/"))

    assert address == "https://pay.example/cs_1"
    ((path, key, form),) = asked
    assert (path, key) == ("/v1/checkout/sessions", "Bearer sk_test_1")
    assert form["mode"] == ["payment"]
    assert form["line_items[0][price_data][unit_amount]"] == [str(pack.price_cents)]
    assert form["metadata[webferry_account]"] == ["acc_1"]
    assert form["metadata[webferry_credits]"] == [str(pack.credits)]
    assert form["payment_intent_data[metadata][webferry_account]"] == ["acc_1"]
    assert form["success_url"] == ["https://back.example/"]


@pytest.mark.parametrize(
    "answer", [(401, b'{"error":"sk_test_1"}'), (200, b"no"), (200, b"{}"), (200, b'{"url":1}')]
)
def test_a_service_that_refuses_is_unavailable_and_its_words_are_kept_to_us(
    answer: tuple[int, bytes],
) -> None:
    with stand_in(answer) as (url, _), pytest.raises(Unavailable) as refusal:
        asyncio.run(checkout(url).checkout(PACKS[0], "acc_1", "https://back.example/"))

    assert "sk_test" not in refusal.value.message
    with pytest.raises(Unavailable):
        asyncio.run(checkout().checkout(PACKS[0], "acc_1", "https://back.example/"))
