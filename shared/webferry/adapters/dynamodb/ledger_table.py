"""A table that is read backwards, a page at a time, and searched for everybody who is in it."""

from collections.abc import Iterator
from typing import Any

from webferry.adapters.aws_errors import translated
from webferry.adapters.dynamodb.items import Values, packed, unpacked
from webferry.adapters.dynamodb.table import Table


class LedgerTable(Table):
    """Reads are strongly consistent, but for the search through all partitions."""

    def newest(
        self, pk: str, prefix: str, after: str | None, limit: int
    ) -> tuple[list[Values], bool]:
        """Items of a partition in falling order, after that rest of a sort key; and if more follow.

        Raises: Unavailable.
        """
        request: dict[str, Any] = {
            "TableName": self._name,
            "ConsistentRead": True,
            "ScanIndexForward": False,
            "Limit": limit,
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": packed({":pk": pk, ":prefix": prefix}),
        }
        if after is not None:
            request["ExclusiveStartKey"] = packed({"pk": pk, "sk": prefix + after})
        with translated():
            answer = self._client.query(**request)
        return [unpacked(item) for item in answer["Items"]], "LastEvaluatedKey" in answer

    def partitions(self, sk: str) -> Iterator[str]:
        """Every partition that has an item under this sort key: the whole table is read.

        Raises: Unavailable.
        """
        request: dict[str, Any] = {
            "TableName": self._name,
            "FilterExpression": "sk = :sk",
            "ProjectionExpression": "pk",
            "ExpressionAttributeValues": packed({":sk": sk}),
        }
        while True:
            with translated():
                answer = self._client.scan(**request)
            yield from (item["pk"]["S"] for item in answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
