"""Balances under a crowd: no thread may overspend, no half of a transaction may stay."""

from typing import Any

from tests.engine.account import Account
from tests.engine.answers import CROWD, OK, crowd

CALLS = CROWD * 25
REFUSED = "ConditionalCheckFailedException"
CANCELLED = "TransactionCanceledException"


def test_a_crowd_of_conditional_decrements_spends_exactly_what_is_there(account: Account) -> None:
    table, dynamodb = a_wallet_of_500(account)

    answers = crowd(
        lambda _: dynamodb.update_item(TableName=table, **debit_of(3)),
        calls=CALLS,
    )

    assert answers.count(OK) == 166
    assert answers.count(REFUSED) == CALLS - 166
    assert balance_in(account, table) == 2


def test_a_crowd_of_debits_with_a_ledger_entry_stays_exact(account: Account) -> None:
    table, dynamodb = a_wallet_of_500(account)

    def charge(number: int) -> None:
        entry = {"pk": {"S": f"entry-{number}"}, "amount": {"N": "2"}}
        dynamodb.transact_write_items(
            TransactItems=[
                {"Update": {"TableName": table, **debit_of(2)}},
                {"Put": {"TableName": table, "Item": entry}},
            ]
        )

    answers = crowd(charge, calls=CALLS)

    assert answers.count(OK) == 250
    # On AWS some of these would be cancelled for TransactionConflict instead: the engine
    # runs transactions one after the other, so our retry after a conflict is never seen here.
    assert answers.count(CANCELLED) == CALLS - 250
    assert balance_in(account, table) == 0
    assert dynamodb.scan(TableName=table, Select="COUNT")["Count"] == 1 + 250


def test_of_a_crowd_putting_the_same_new_item_one_succeeds(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")

    answers = crowd(
        lambda number: dynamodb.put_item(
            TableName=table,
            Item={"pk": {"S": "the-only"}, "by": {"N": str(number)}},
            ConditionExpression="attribute_not_exists(pk)",
        )
    )

    assert answers.count(OK) == 1
    assert answers.count(REFUSED) == CROWD - 1


def test_a_crowd_adding_to_one_counter_loses_no_addition(account: Account) -> None:
    table, dynamodb = a_wallet_of_500(account)

    answers = crowd(
        lambda _: dynamodb.update_item(
            TableName=table,
            Key={"pk": {"S": "wallet"}},
            UpdateExpression="ADD balance :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        ),
        calls=CROWD * 5,
    )

    assert set(answers) == {OK}
    assert balance_in(account, table) == 500 + CROWD * 5


def a_wallet_of_500(account: Account) -> tuple[str, Any]:
    table, dynamodb = account.table(), account.client("dynamodb")
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "wallet"}, "balance": {"N": "500"}})
    return table, dynamodb


def debit_of(amount: int) -> dict[str, Any]:
    return {
        "Key": {"pk": {"S": "wallet"}},
        "UpdateExpression": "SET balance = balance - :amount",
        "ConditionExpression": "balance >= :amount",
        "ExpressionAttributeValues": {":amount": {"N": str(amount)}},
    }


def balance_in(account: Account, table: str) -> int:
    answer = account.client("dynamodb").get_item(
        TableName=table, Key={"pk": {"S": "wallet"}}, ConsistentRead=True
    )
    return int(answer["Item"]["balance"]["N"])
