"""Accounts on the engine: opened once per email, switched off for every key at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import argon2
import pytest

from tests.furnished import PASSWORD, TABLE, Furnished
from webferry.adapters.aes_gcm import AesGcmSealer
from webferry.adapters.system import SystemChance
from webferry.domain.errors import Conflict, InternalError, NotFound, UserDisabled
from webferry.domain.keys import Caller


class FixedPepper:
    """The pepper of furnished houses."""

    def value(self) -> bytes:
        return b"p" * 64


@pytest.mark.promise("account.welcome", "tools.credits.welcome")
def test_a_new_account_has_fifty_credits_and_a_ledger_entry_that_says_why(
    furnished: Furnished,
) -> None:
    caller = furnished.open_account("ada@example.com")

    wallet = furnished.house.read_credits(caller.account_id)

    assert (wallet.balance, wallet.held) == (50, 0)
    entries = [item for item in items(furnished) if item["sk"]["S"].startswith("entry#")]
    assert [(entry["sk"]["S"], entry["credits"]["N"]) for entry in entries] == [
        ("entry#welcome#sign-up", "50")
    ]


def test_an_account_is_found_by_its_id_and_by_its_email_in_any_spelling(
    furnished: Furnished,
) -> None:
    account = furnished.house.open_account(" Ada@Example.COM ", PASSWORD).account

    assert re.fullmatch(r"acc_[0-9A-Za-z]{8}", account.id)
    assert account.email == "ada@example.com"
    assert furnished.house.find_account(account.id) == account
    assert furnished.house.find_account("ADA@example.com") == account
    for nobody in ("acc_00000000", "nobody@example.com", "key-1710000000000", "nonsense"):
        with pytest.raises(NotFound):
            furnished.house.find_account(nobody)


def test_an_email_has_one_account(furnished: Furnished) -> None:
    furnished.open_account("ada@example.com")

    with pytest.raises(Conflict):
        furnished.open_account("ADA@example.com")


@pytest.mark.promise("commands.many-at-once")
def test_thirty_two_sign_ups_with_one_email_make_one_account(furnished: Furnished) -> None:
    def open_account(_: int) -> str | None:
        try:
            return furnished.open_account("ada@example.com").account_id
        except Conflict:
            return None

    with ThreadPoolExecutor(32) as pool:
        opened = [account for account in pool.map(open_account, range(32)) if account]

    assert len(opened) == 1
    assert furnished.house.find_account("ada@example.com").id == opened[0]
    assert len([item for item in items(furnished) if item["sk"]["S"] == "wallet"]) == 1


@pytest.mark.promise("account.password")
def test_a_password_is_kept_as_an_argon2id_hash_and_in_no_other_form(furnished: Furnished) -> None:
    furnished.open_account("ada@example.com")

    stored = repr(items(furnished))

    assert PASSWORD not in stored
    [found] = re.findall(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$[^']+", stored)
    assert argon2.PasswordHasher().verify(found, PASSWORD)


def test_the_webhook_secret_is_sealed_for_its_owner(furnished: Furnished) -> None:
    opened = furnished.house.open_account("ada@example.com", PASSWORD)

    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", opened.webhook_secret)
    [account] = [item for item in items(furnished) if item["sk"]["S"] == "account"]
    sealed = account["webhook_secret"]["B"]
    assert opened.webhook_secret.encode() not in sealed
    sealer = AesGcmSealer(FixedPepper(), SystemChance())
    assert sealer.unseal(sealed, owner=opened.account.id) == opened.webhook_secret
    with pytest.raises(InternalError):
        sealer.unseal(sealed, owner="acc_somebody")


@pytest.mark.promise("account.disabled", "account.enabled")
def test_disabling_an_account_stops_all_its_keys_at_once(furnished: Furnished) -> None:
    house, caller = furnished.house, furnished.open_account("ada@example.com")
    texts = [house.issue_key(caller, f"Key {number}").text for number in range(3)]

    house.disable_account(caller.account_id)

    assert not house.find_account(caller.account_id).enabled
    for text in texts:
        with pytest.raises(UserDisabled):
            house.authenticate(text)
    house.enable_account(caller.account_id)
    assert {house.authenticate(text).account_id for text in texts} == {caller.account_id}


def test_an_account_that_is_not_there_cannot_be_switched_or_given_a_key(
    furnished: Furnished,
) -> None:
    with pytest.raises(NotFound):
        furnished.house.disable_account("acc_00000000")
    with pytest.raises(NotFound):
        furnished.house.issue_key(Caller.operator("acc_00000000"), "Key")
    assert items(furnished) == []


def items(furnished: Furnished) -> list[dict[str, Any]]:
    """Everything in the table, as stored."""
    answer = furnished.session.client("dynamodb").scan(TableName=TABLE, ConsistentRead=True)
    return list(answer["Items"])
