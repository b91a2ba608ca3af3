"""Flows and runs, each account's in a partition of its own."""

import builtins

from webferry.adapters.dynamodb.flow_items import (
    DUE_SHELF,
    TALLY,
    flow_item,
    flow_key,
    flow_of,
    run_key,
    run_of,
    tally_key,
)
from webferry.adapters.dynamodb.items import Values, asked_for, packed
from webferry.adapters.dynamodb.table import Write, delete, put_new
from webferry.adapters.dynamodb.wide_table import Key, WideTable, replacing
from webferry.domain.errors import NotFound
from webferry.domain.flows import Flow
from webferry.domain.runs import Run


class DynamoFlows:
    """A flow is changed only where nobody changed it first; its tally lies apart from it."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def add(self, flow: Flow) -> bool:
        """Store a flow; False if its id is taken.

        Raises: Unavailable.
        """
        claim = put_new(flow.id, "flow", account_id=flow.account_id)
        return not self._table.transact(claim, put_new(**flow_item(flow)))

    def get(self, account_id: str, flow_id: str) -> Flow:
        """Raises: NotFound, Unavailable."""
        keys = flow_key(account_id, flow_id), tally_key(account_id, flow_id)
        found = self._table.get_together(account_id, *(key.sk for key in keys))
        if keys[0].sk not in found:
            raise NotFound("Flow not found")
        return flow_of(found[keys[0].sk], found.get(keys[1].sk))

    def list(self, account_id: str) -> list[Flow]:
        """Raises: Unavailable."""
        items = {item["sk"]: item for item in self._table.query(account_id, "flow#")}
        return [
            flow_of(item, items.get(sk + TALLY))
            for sk, item in items.items()
            if not sk.endswith(TALLY)
        ]

    def replace(self, flow: Flow, *, forgive: bool) -> bool:
        """Store a changed flow where the version before it stands; False if it does not.

        To forgive is to count a monitor's failures from now on.

        Raises: Unavailable.
        """
        writes = [replacing(flow_item(flow), flow.version - 1)]
        if forgive:
            writes.append(_forgiven(tally_key(flow.account_id, flow.id)))
        return not self._table.transact(*writes)

    def remove(self, account_id: str, flow_id: str) -> None:
        """Raises: NotFound, Unavailable."""
        tally = _gone(tally_key(account_id, flow_id))
        flow = delete(*flow_key(account_id, flow_id))
        if self._table.transact(flow, tally, delete(asked_for(flow_id), "flow")):
            raise NotFound("Flow not found")

    def due(self, now_ms: int, limit: int) -> builtins.list[tuple[str, str]]:
        """Account and flow of what is due, the longest due first.

        Raises: Unavailable.
        """
        keys = self._table.due(DUE_SHELF, now_ms, limit)
        return [(key.pk, key.sk.partition("#")[2]) for key in keys]

    def run(self, account_id: str, run_id: str) -> Run:
        """Raises: NotFound, Unavailable."""
        item = self._table.get(*run_key(account_id, run_id))
        if item is None:
            raise NotFound("Run not found")
        return run_of(item)

    def runs(self, account_id: str) -> builtins.list[Run]:
        """Raises: Unavailable."""
        return [run_of(item) for item in self._table.query(account_id, "run#")]


def _gone(key: Key) -> Write:
    place: Values = {"Key": packed(key._asdict())}
    return lambda table: {"Delete": place | {"TableName": table}}


def _forgiven(key: Key) -> Write:
    update: Values = {
        "Key": packed(key._asdict()),
        "UpdateExpression": "SET failures = :zero",
        "ExpressionAttributeValues": packed({":zero": 0}),
    }
    return lambda table: {"Update": update | {"TableName": table}}
