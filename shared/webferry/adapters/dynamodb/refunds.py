"""Refunds as items: how much of a payment was given back, beside the wallet that it was taken of.

Items of the `Accounts` table that are ours, by partition key and sort key:

    acc_x   refund#<payment>   the credits whose money went back, whether they were left or not
"""

from collections.abc import Iterator

from webferry.adapters.dynamodb.ledger_items import put_entry
from webferry.adapters.dynamodb.table import Write
from webferry.adapters.dynamodb.wide_table import Key, WideTable, changing
from webferry.domain.credits import Refund
from webferry.domain.errors import NotFound, Unavailable

# Every round that fails, somebody else has moved credits meanwhile.
ROUNDS = 10


class DynamoRefunds:
    """Told twice, or in the wrong order, a refund counts once."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def take(self, refund: Refund, now_ms: int) -> int | None:
        """Raises: NotFound: no such account; Unavailable."""
        place = f"refund#{refund.reference}"
        for _ in range(ROUNDS):
            found = self._table.get_together(refund.account_id, "wallet", place)
            if "wallet" not in found:
                raise NotFound("Account not found")
            before: int = found.get(place, {}).get("credits", 0)
            if before >= refund.credits:
                return None
            taken: int = min(refund.credits - before, max(0, found["wallet"]["balance"]))
            counted = _count(Key(refund.account_id, place), before, refund.credits)
            if not self._table.transact(counted, *_taking(refund, taken, now_ms)):
                return taken
        raise Unavailable("The account is too busy for a refund")


def _count(key: Key, before: int, credits: int) -> Write:
    if not before:
        return changing(
            key, "attribute_not_exists(#credits)", "SET #credits = :credits", credits=credits
        )
    return changing(
        key, "#credits = :before", "SET #credits = :credits", before=before, credits=credits
    )


def _taking(refund: Refund, taken: int, now_ms: int) -> Iterator[Write]:
    if not taken:
        return
    entry = refund.entry(taken, now_ms)
    sums = ", ".join(f"#{pot} :{pot}" for pot in entry.changes)
    changes = {str(pot): change for pot, change in entry.changes.items()}
    yield changing(
        Key(refund.account_id, "wallet"),
        "#balance >= :least",
        f"ADD {sums}",
        least=taken,
        **changes,
    )
    yield put_entry(refund.account_id, entry)
