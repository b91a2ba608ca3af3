"""One table: reads, conditional writes and transactions in plain values.

Items of the `Accounts` table, by partition key and sort key:

    acc_x          account                   email, enabled, password hash, sealed webhook secret
    acc_x          wallet                    its pots of credits: issued, balance, held, spent
    acc_x          ledger#<ms>#<ref>#<kind>  one ledger entry, never changed
    acc_x          entry#<kind>#<reference>  what was posted under this reference, so only once
    acc_x          free#<day>#<tool>         how many free runs of a day are used
    acc_x          key#<digest>              one API key
    acc_x          session#<digest>          one sign-in, until it expires
    email#<email>  email                     the account of this email, so that there is only one
    key-<ms>       key                       the account and digest of this key id, likewise
"""

import time
from collections.abc import Mapping
from typing import Any, Protocol

from botocore.exceptions import ClientError

from webferry.adapters.aws_errors import translated
from webferry.adapters.dynamodb.items import Attributes, Values, packed, unpacked
from webferry.adapters.system import SystemChance
from webferry.domain.errors import Unavailable

# DynamoDB does not retry two transactions that meet on one item; each try takes milliseconds.
CONFLICT_ATTEMPTS = 10
_chance = SystemChance()
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class DynamoClient(Protocol):
    """The part of the DynamoDB client that we use."""

    def get_item(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def batch_get_item(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def batch_write_item(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def put_item(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def query(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def scan(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def update_item(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def transact_write_items(self, **request: object) -> dict[str, Any]:
        """The API's own call."""


class Write(Protocol):
    """One write of a transaction, for a table still to be named."""

    def __call__(self, table: str) -> dict[str, Any]:
        """The write, as DynamoDB reads it."""


class Table:
    """Reads are strongly consistent: what was written is seen, everywhere and at once."""

    def __init__(self, client: DynamoClient, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, pk: str, sk: str) -> Values | None:
        """Raises: Unavailable."""
        with translated():
            answer = self._client.get_item(
                TableName=self._name, Key=_key(pk, sk), ConsistentRead=True
            )
        return unpacked(answer["Item"]) if "Item" in answer else None

    def get_together(self, pk: str, *sks: str) -> dict[str, Values]:
        """Items of one partition in one call, by sort key; what is not there is left out.

        Raises: Unavailable.
        """
        wanted = {"Keys": [_key(pk, sk) for sk in sks], "ConsistentRead": True}
        with translated():
            answer = self._client.batch_get_item(RequestItems={self._name: wanted})
        if answer.get("UnprocessedKeys"):
            raise Unavailable("A service we rely on is busy")
        items = [unpacked(item) for item in answer["Responses"].get(self._name, [])]
        return {item["sk"]: item for item in items}

    def query(self, pk: str, prefix: str) -> list[Values]:
        """Every item of a partition whose sort key starts so.

        Raises: Unavailable.
        """
        request: dict[str, Any] = {
            "TableName": self._name,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": packed({":pk": pk, ":prefix": prefix}),
        }
        items: list[Values] = []
        while True:
            with translated():
                answer = self._client.query(**request)
            items += [unpacked(item) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return items
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def set(self, pk: str, sk: str, **values: object) -> bool:
        """Change values of an item that exists; False if it does not.

        Raises: Unavailable.
        """
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        with translated():
            try:
                self._client.update_item(**_update(self._name, _key(pk, sk), expression, values))
            except ClientError as error:
                if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                    return False
                raise
        return True

    def transact(self, *writes: Write) -> dict[int, Values]:
        """All writes or none: those that refused, by position, with the item that stood there.

        Raises: Unavailable.
        """
        requests = [write(self._name) for write in writes]
        for attempt in range(CONFLICT_ATTEMPTS):
            _stand_back(attempt)
            with translated():
                try:
                    self._client.transact_write_items(TransactItems=requests)
                except ClientError as error:
                    refusals = _refusals(error)
                    if refusals is None:
                        continue
                    return refusals
            return {}
        raise Unavailable("A service we rely on is busy")


def put(pk: str, sk: str, **values: object) -> Write:
    """Writes an item, whatever stands there."""
    return lambda table: {"Put": {"TableName": table, "Item": _key(pk, sk) | packed(values)}}


def put_new(pk: str, sk: str, **values: object) -> Write:
    """Writes an item where there is none."""
    return lambda table: {
        "Put": {
            "TableName": table,
            "Item": _key(pk, sk) | packed(values),
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def add(pk: str, sk: str, **numbers: int) -> Write:
    """Adds to numbers of an item that exists."""
    expression = "ADD " + ", ".join(f"#{name} :{name}" for name in numbers)
    return lambda table: {"Update": _update(table, _key(pk, sk), expression, numbers)}


def delete(pk: str, sk: str) -> Write:
    """Deletes an item that exists."""
    return lambda table: {"Delete": _if_present(table, _key(pk, sk))}


def require(pk: str, sk: str) -> Write:
    """Changes nothing, and refuses when there is no such item."""
    return lambda table: {"ConditionCheck": _if_present(table, _key(pk, sk))}


def _key(pk: str, sk: str) -> Attributes:
    return packed({"pk": pk, "sk": sk})


def _if_present(table: str, key: Attributes) -> dict[str, Any]:
    return {"TableName": table, "Key": key, "ConditionExpression": "attribute_exists(pk)"}


def _update(
    table: str, key: Attributes, expression: str, values: Mapping[str, object]
) -> dict[str, Any]:
    return _if_present(table, key) | {
        "UpdateExpression": expression,
        "ExpressionAttributeNames": {f"#{name}": name for name in values},
        "ExpressionAttributeValues": packed({f":{name}": values[name] for name in values}),
    }


def _stand_back(attempt: int) -> None:
    """Whoever met another transaction waits up to 5 ms, then up to twice as long each time."""
    if attempt:
        time.sleep(_chance.octets(1)[0] / 255 * min(0.005 * 2 ** (attempt - 1), 0.2))


def _refusals(error: ClientError) -> dict[int, Values] | None:
    """What refused a cancelled transaction; None if it may simply try again."""
    reasons: Any = error.response.get("CancellationReasons", [])
    refused = {
        position: unpacked(reason.get("Item", {}))
        for position, reason in enumerate(reasons)
        if reason["Code"] == "ConditionalCheckFailed"
    }
    if refused:
        return refused
    if _PASSING.intersection(reason["Code"] for reason in reasons):
        return None
    raise error
