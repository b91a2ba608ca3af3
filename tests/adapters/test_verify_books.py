"""Books that are right are proved right, and every way in which they can be wrong is named."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.furnished import TABLE, Furnished
from webferry.domain.errors import NotFound
from webferry.tool_wiring import ToolShop
from webferry.usecases.verify_books import Verdict

DAY_MS = 24 * 3600_000
Tamper = Callable[[Any, str], None]


def verify(furnished: Furnished, account_id: str) -> Verdict:
    return ToolShop(furnished.house).verify_books(account_id)


def put(client: Any, account_id: str, kind: str, credits: int, *, at_ms: int = 1) -> None:
    item = {"pk": account_id, "sk": f"ledger#{at_ms:015d}#job_x#{kind}", "kind": kind}
    client.put_item(
        TableName=TABLE,
        Item={name: {"S": text} for name, text in (item | {"reference": "job_x"}).items()}
        | {"credits": {"N": str(credits)}, "created_at_ms": {"N": str(at_ms)}},
    )


def add(client: Any, account_id: str, **pots: int) -> None:
    client.update_item(
        TableName=TABLE,
        Key={"pk": {"S": account_id}, "sk": {"S": "wallet"}},
        UpdateExpression="ADD " + ", ".join(f"{pot} :{pot}" for pot in pots),
        ExpressionAttributeValues={f":{pot}": {"N": str(more)} for pot, more in pots.items()},
    )


def hold(client: Any, account_id: str, *, at_ms: int) -> None:
    put(client, account_id, "hold", 5, at_ms=at_ms)
    add(client, account_id, balance=-5, held=5)


def capture_too_much(client: Any, account_id: str) -> None:
    put(client, account_id, "capture", 1)
    add(client, account_id, held=-1, spent=1)


def capture_twice(client: Any, account_id: str) -> None:
    for at_ms in (1, 2):
        put(client, account_id, "capture", 1, at_ms=at_ms)
    hold(client, account_id, at_ms=1)
    add(client, account_id, held=-2, spent=2)


def test_books_that_are_right_are_proved_right(furnished: Furnished) -> None:
    caller = furnished.open_account("ada@example.com")
    furnished.house.grant_credits(caller.account_id, 25, "invoice 1")

    verdict = verify(furnished, caller.account_id)

    assert (verdict.faults, verdict.entries) == ((), 2)
    assert verdict.pots == {"issued": -75, "balance": 75, "held": 0, "spent": 0}
    everybody = ToolShop(furnished.house).verify_books.everybody()
    assert [each.account_id for each in everybody] == [caller.account_id]
    with pytest.raises(NotFound):
        verify(furnished, "acc_nobody")


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda client, who: add(client, who, balance=1), "balance is 51"),
        (lambda client, who: put(client, who, "grant", 7), "issued is -50, its entries add"),
        (lambda client, who: hold(client, who, at_ms=1), "still holds 5"),
        (capture_too_much, "gave back 1 more than it held"),
        (capture_twice, "capture of job_x stands 2 times"),
    ],
)
def test_books_that_are_wrong_are_told(furnished: Furnished, tamper: Tamper, fault: str) -> None:
    account_id = furnished.open_account("ada@example.com").account_id
    tamper(furnished.session.client("dynamodb"), account_id)

    assert fault in "; ".join(verify(furnished, account_id).faults)
