"""Credits on the engine: what is granted once is counted once, by whomever and however often."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.furnished import Furnished
from webferry.domain.credits import Wallet
from webferry.domain.errors import Conflict, InvalidRequest, NotFound


@pytest.mark.promise("account.grant")
def test_a_grant_counts_once_however_often_it_is_repeated(furnished: Furnished) -> None:
    account_id = furnished.open_account("ada@example.com").account_id

    with ThreadPoolExecutor(16) as pool:
        wallets = list(
            pool.map(
                lambda _: furnished.house.grant_credits(account_id, 25, "invoice 1"), range(16)
            )
        )

    assert set(wallets) == {Wallet(75, 0)}
    assert furnished.house.grant_credits(account_id, 5, "invoice 2") == Wallet(80, 0)


def test_one_reference_cannot_stand_for_two_sums(furnished: Furnished) -> None:
    account_id = furnished.open_account("ada@example.com").account_id
    furnished.house.grant_credits(account_id, 25, "invoice 1")

    with pytest.raises(Conflict):
        furnished.house.grant_credits(account_id, 26, "invoice 1")

    assert furnished.house.read_credits(account_id) == Wallet(75, 0)


def test_concurrent_grants_all_count(furnished: Furnished) -> None:
    account_id = furnished.open_account("ada@example.com").account_id

    with ThreadPoolExecutor(16) as pool:
        list(
            pool.map(
                lambda number: furnished.house.grant_credits(account_id, 1, f"gift {number}"),
                range(32),
            )
        )

    assert furnished.house.read_credits(account_id) == Wallet(82, 0)


def test_nothing_is_granted_to_nobody_or_out_of_bounds(furnished: Furnished) -> None:
    account_id = furnished.open_account("ada@example.com").account_id

    with pytest.raises(NotFound):
        furnished.house.grant_credits("acc_00000000", 1, "gift")
    for amount in (0, -1, 1_000_001):
        with pytest.raises(InvalidRequest):
            furnished.house.grant_credits(account_id, amount, "gift")
    assert furnished.house.read_credits(account_id) == Wallet(50, 0)
