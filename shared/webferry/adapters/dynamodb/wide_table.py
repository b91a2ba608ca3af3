"""A table whose items are read and written many at a time, and found again when they are due."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from botocore.exceptions import ClientError

from webferry.adapters.aws_errors import translated
from webferry.adapters.dynamodb.items import Values, packed, unpacked
from webferry.adapters.dynamodb.table import Table, Write
from webferry.domain.errors import Unavailable

MAX_KEYS_PER_READ = 100
MAX_ITEMS_PER_WRITE = 25
# DynamoDB does part of a batch when it is busy; each round asks for the rest.
BATCH_ROUNDS = 8
_NAME = re.compile(r"#(\w+)")
T = TypeVar("T")


class Key(NamedTuple):
    """Where an item is found."""

    pk: str
    sk: str


class Moved(NamedTuple):
    """Whether an item was changed, and all of it as it stands now."""

    moved: bool
    item: Values


class WideTable(Table):
    """Reads are strongly consistent, but for the index, which only says where to look."""

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Values]:
        """The items that are there.

        Raises: Unavailable.
        """
        found: dict[Key, Values] = {}
        for some in _slices(keys, MAX_KEYS_PER_READ):
            wanted: Any = {"Keys": [packed(key._asdict()) for key in some], "ConsistentRead": True}
            for _ in range(BATCH_ROUNDS):
                with translated():
                    answer = self._client.batch_get_item(RequestItems={self._name: wanted})
                items = [unpacked(item) for item in answer["Responses"].get(self._name, [])]
                found |= {Key(item["pk"], item["sk"]): item for item in items}
                wanted = answer.get("UnprocessedKeys", {}).get(self._name)
                if not wanted:
                    break
            else:
                raise Unavailable("A service we rely on is busy")
        return found

    def put_many(self, items: Iterable[Values]) -> None:
        """Put items, in no order and not at once.

        Raises: Unavailable.
        """
        for some in _slices(items, MAX_ITEMS_PER_WRITE):
            wanted: Any = [{"PutRequest": {"Item": packed(item)}} for item in some]
            for _ in range(BATCH_ROUNDS):
                with translated():
                    answer = self._client.batch_write_item(RequestItems={self._name: wanted})
                wanted = answer.get("UnprocessedItems", {}).get(self._name)
                if not wanted:
                    break
            else:
                raise Unavailable("A service we rely on is busy")

    def put_one(self, item: Values, version: int) -> Values | None:
        """Put an item where that version stands; else what stands there, empty if nothing does.

        Raises: Unavailable.
        """
        request = replacing(item, version)(self._name)["Put"]
        with translated():
            try:
                self._client.put_item(**request)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                    raise
                met: Any = error.response
                return unpacked(met.get("Item", {}))
        return None

    def change(self, key: Key, condition: str, expression: str, **values: object) -> bool:
        """Change an item that meets a condition; False if it does not.

        `#name` and `:name` stand in both for the attribute and the value of that name.

        Raises: Unavailable.
        """
        return self.move(key, condition, expression, **values).moved

    def move(self, key: Key, condition: str, expression: str, **values: object) -> "Moved":
        """Change an item likewise, and tell how it stands now: changed, or as it refused.

        Raises: Unavailable.
        """
        request = changing(key, condition, expression, **values)(self._name)["Update"]
        asked = {"ReturnValues": "ALL_NEW", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        with translated():
            try:
                answer = self._client.update_item(**request, **asked)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                    raise
                met: Any = error.response
                return Moved(False, unpacked(met.get("Item", {})))
        return Moved(True, unpacked(answer["Attributes"]))

    def due(self, shelf: str, now_ms: int, limit: int) -> list[Key]:
        """The items of a shelf whose time has come, the longest due first.

        Raises: Unavailable.
        """
        with translated():
            answer = self._client.query(
                TableName=self._name,
                IndexName="by_due",
                KeyConditionExpression="due_shelf = :shelf AND due_at_ms <= :now",
                ExpressionAttributeValues=packed({":shelf": shelf, ":now": now_ms}),
                Limit=limit,
            )
        return [Key(item["pk"]["S"], item["sk"]["S"]) for item in answer["Items"]]

    def listed(self, owner: str, start: Values | None, limit: int) -> list[Values]:
        """The keys of what is listed for an owner, the newest first, after that key.

        Raises: Unavailable.
        """
        more = {"ExclusiveStartKey": packed(start)} if start else {}
        with translated():
            answer = self._client.query(
                TableName=self._name,
                IndexName="by_owner",
                ScanIndexForward=False,
                KeyConditionExpression="listed_for = :owner",
                ExpressionAttributeValues=packed({":owner": owner}),
                Limit=limit,
                **more,
            )
        return [unpacked(item) for item in answer["Items"]]


def replacing(item: Values, version: int) -> Write:
    """Puts an item where that version of it stands."""
    return lambda table: {
        "Put": {
            "TableName": table,
            "Item": packed(item),
            "ConditionExpression": "version = :version",
            "ExpressionAttributeValues": packed({":version": version}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def changing(key: Key, condition: str, expression: str, **values: object) -> Write:
    """Changes an item that meets a condition, both in the words of `WideTable.change`."""
    text = f"{condition} {expression}"
    return lambda table: {
        "Update": {
            "TableName": table,
            "Key": packed(key._asdict()),
            "ConditionExpression": condition,
            "UpdateExpression": expression,
            "ExpressionAttributeNames": {f"#{name}": name for name in _NAME.findall(text)},
            "ExpressionAttributeValues": packed(
                {f":{name}": value for name, value in values.items()}
            ),
        }
    }


def adding(key: Key, expires_at: int, **numbers: int) -> Write:
    """Adds to numbers of an item, which begins with them if there is none."""
    sums = ", ".join(f"#{name} :{name}" for name in numbers)
    return lambda table: {
        "Update": {
            "TableName": table,
            "Key": packed(key._asdict()),
            "UpdateExpression": f"ADD {sums} SET #expires_at = :expires_at",
            "ExpressionAttributeNames": {f"#{name}": name for name in (*numbers, "expires_at")},
            "ExpressionAttributeValues": packed(
                {f":{name}": number for name, number in numbers.items()}
                | {":expires_at": expires_at}
            ),
        }
    }


def _slices(things: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
