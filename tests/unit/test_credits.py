"""Credits and secrets: their bounds and forms."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain import credits, webhooks
from webferry.domain.credits import EntryKind, LedgerEntry
from webferry.domain.errors import InvalidRequest


def test_everybody_is_welcomed_with_fifty_credits() -> None:
    assert credits.welcome(7) == LedgerEntry(EntryKind.WELCOME, "sign-up", 50, 7)


@given(st.integers(1, 1_000_000))
def test_a_grant_is_an_entry_of_its_sum(amount: int) -> None:
    assert credits.grant(amount, "invoice 1", 7) == LedgerEntry(
        EntryKind.GRANT, "invoice 1", amount, 7
    )


@pytest.mark.parametrize(
    ("amount", "reference"),
    [(0, "r"), (-1, "r"), (1_000_001, "r"), (1, ""), (1, "x" * 101), (1, "a\nb")],
)
def test_a_grant_out_of_bounds_is_refused(amount: int, reference: str) -> None:
    with pytest.raises(InvalidRequest):
        credits.grant(amount, reference, 7)


@given(st.binary(min_size=32, max_size=32))
def test_a_signing_secret_carries_its_bytes(octets: bytes) -> None:
    secret = webhooks.signing_secret(octets)

    assert secret.startswith("whsec_")
    assert b64decode(secret.removeprefix("whsec_")) == octets
