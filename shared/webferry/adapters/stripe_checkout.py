"""Stripe Checkout: one request that opens a payment, and signed messages of what became of it.

The address is Stripe's, or the operator's stand-in: it does not pass the egress guard.
"""

import asyncio
import hmac
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import certifi
import urllib3
from urllib3.exceptions import HTTPError

from webferry.domain.credits import Refund
from webferry.domain.errors import InvalidRequest, Unavailable
from webferry.domain.packs import Pack, Purchase
from webferry.ports import Clock

DEFAULT_URL = "https://api.stripe.com"
TOLERANCE_MS = 300_000
_TIMEOUT_S = 20
_MAX_ANSWER_BYTES = 1024 * 1024
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_REFUNDED = "charge.refunded"
_PAID = ("checkout.session.completed", "checkout.session.async_payment_succeeded")
NOT_CONFIGURED = "No payment service is configured: an operator grants credits"


@dataclass(frozen=True)
class StripeCheckout:
    """`secret` is JSON with `key` and `webhookSecret`; without one nothing is sold."""

    secret: Callable[[], str] | None
    clock: Clock
    url: str = DEFAULT_URL

    @property
    def missing(self) -> str:
        """What to configure to sell packs."""
        return "" if self.secret else NOT_CONFIGURED

    async def checkout(self, pack: Pack, account_id: str, back_url: str) -> str:
        """Raises: Unavailable."""
        form = {
            "mode": "payment",
            "client_reference_id": account_id,
            "success_url": back_url,
            "cancel_url": back_url,
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": pack.currency,
            "line_items[0][price_data][unit_amount]": str(pack.price_cents),
            "line_items[0][price_data][product_data][name]": f"{pack.credits} credits",
        }
        # The charge has them too: a refund tells of the charge only.
        for prefix in ("metadata", "payment_intent_data[metadata]"):
            form[f"{prefix}[webferry_account]"] = account_id
            form[f"{prefix}[webferry_credits]"] = str(pack.credits)
        return await asyncio.to_thread(self._open, urlencode(form))

    def read(self, message: bytes, signature: str) -> Purchase | Refund | None:
        """Raises: InvalidRequest, Unavailable."""
        self._check(message, signature)
        try:
            event = json.loads(message)
            return _read(event["type"], event["data"]["object"])
        except _UNREADABLE as error:
            raise InvalidRequest("The message of the payment service cannot be read") from error

    def _check(self, message: bytes, signature: str) -> None:
        parts = [part.partition("=") for part in signature.split(",")]
        moments = [text for name, _, text in parts if name.strip() == "t"]
        moment = moments[0] if moments else ""
        if not (moment.isascii() and moment.isdecimal() and len(moment) < 13):
            raise InvalidRequest("The message is not signed")
        signed = hmac.new(
            self._told["webhookSecret"].encode(), f"{moment}.".encode() + message, sha256
        )
        expected = signed.hexdigest().encode()
        given = [text.strip().encode() for name, _, text in parts if name.strip() == "v1"]
        if not any(hmac.compare_digest(expected, each) for each in given):
            raise InvalidRequest("The message is not signed by the payment service")
        if abs(self.clock.now_ms() - int(moment) * 1000) > TOLERANCE_MS:
            raise InvalidRequest("The message is too old")

    def _open(self, form: str) -> str:
        headers = {
            "Authorization": f"Bearer {self._told['key']}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            answer = self._pool.request(
                "POST",
                f"{self.url}/v1/checkout/sessions",
                body=form,
                headers=headers,
                timeout=urllib3.Timeout(connect=5, read=_TIMEOUT_S),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                status, content = answer.status, answer.read(_MAX_ANSWER_BYTES)
            finally:
                answer.close()
        except HTTPError as error:
            raise Unavailable("The payment service cannot be reached") from error
        try:
            address = json.loads(content)["url"] if status == 200 else None
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unavailable("The payment service gave no answer") from error
        if not isinstance(address, str):
            # Never its body: it may repeat the key.
            raise Unavailable(f"The payment service refused with status {status}")
        return address

    @cached_property
    def _told(self) -> dict[str, str]:
        told: dict[str, Any] = json.loads(self.secret() if self.secret else "{}")
        return {name: str(told[name]) for name in ("key", "webhookSecret")}

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return urllib3.PoolManager(maxsize=2, ssl_context=context)


def _read(kind: str, told: dict[str, Any]) -> Purchase | Refund | None:
    """What an event says of a checkout session, or of a charge."""
    ours = told.get("metadata") or {}
    if "webferry_account" not in ours:
        # Others may sell through the same Stripe account.
        return None
    account_id, credits = str(ours["webferry_account"]), int(ours["webferry_credits"])
    if kind in _PAID and told["payment_status"] == "paid":
        return Purchase(account_id, credits, str(told["id"]))
    if kind == _REFUNDED:
        # Of a charge that is given back bit by bit, each event tells the sum.
        share = credits * int(told["amount_refunded"]) // int(told["amount"])
        return Refund(account_id, str(told["id"]), min(max(share, 0), credits))
    return None
