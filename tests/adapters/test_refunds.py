"""Refunds: money that went back takes back the credits that are left, once, whoever tells it."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.adapters.test_stripe_checkout import changed, checkout, seller, signed
from tests.furnished import Furnished
from webferry.domain.credits import Pot
from webferry.domain.errors import InvalidRequest
from webferry.tool_wiring import ToolShop


def refunded(account_id: str, cents: int) -> bytes:
    """A charge of ten dollars, of which so many cents have been given back by now."""
    metadata = {"webferry_account": account_id, "webferry_credits": "500"}
    charge = {"id": "ch_1", "amount": 1000, "amount_refunded": cents, "metadata": metadata}
    return json.dumps({"type": "charge.refunded", "data": {"object": charge}}).encode()


@pytest.mark.promise("credit.refund")
def test_a_refund_takes_back_its_share_once_in_whatever_order_it_is_told(
    furnished: Furnished,
) -> None:
    account_id = furnished.open_account("eve@example.com").account_id
    sell = seller(furnished)
    bought = changed(metadata={"webferry_account": account_id, "webferry_credits": "500"})
    sell.confirm(bought, signed(bought))

    balances = []
    for cents in (250, 250, 800, 600, 1000):
        message = refunded(account_id, cents)
        assert sell.confirm(message, signed(message)) is None
        balances.append(furnished.house.read_credits(account_id).balance)

    assert balances == [425, 425, 150, 150, 50]
    books = ToolShop(furnished.house).verify_books(account_id)
    assert (books.faults, books.pots[Pot.ISSUED]) == ((), -50)


@pytest.mark.promise("credit.refund")
def test_a_refund_takes_what_is_left_and_never_more(furnished: Furnished) -> None:
    account_id = furnished.open_account("mia@example.com").account_id
    message = refunded(account_id, 1000)
    sell = seller(furnished)

    sell.confirm(message, signed(message))
    emptied = furnished.house.read_credits(account_id).balance
    furnished.house.grant_credits(account_id, 7, "a gift")
    sell.confirm(message, signed(message))

    assert (emptied, furnished.house.read_credits(account_id).balance) == (0, 7)
    assert ToolShop(furnished.house).verify_books(account_id).faults == ()


def test_a_crowd_of_refunds_and_gifts_leaves_the_books_right(furnished: Furnished) -> None:
    account_id = furnished.open_account("tom@example.com").account_id
    sell = seller(furnished)

    def one(number: int) -> None:
        if number % 2:
            furnished.house.grant_credits(account_id, 10, f"gift {number}")
            return
        message = refunded(account_id, number * 25)
        sell.confirm(message, signed(message))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(41)))

    books = ToolShop(furnished.house).verify_books(account_id)
    assert (books.faults, books.pots[Pot.HELD]) == ((), 0)
    assert 0 <= books.pots[Pot.BALANCE] <= 250


@pytest.mark.parametrize(
    "message", [refunded("acc_1", 1000).replace(b"1000", b"0"), refunded("acc_1", 1)[:-9] + b"}}"]
)
def test_a_refund_that_makes_no_sense_is_a_400(message: bytes) -> None:
    with pytest.raises(InvalidRequest):
        checkout().read(message, signed(message))
