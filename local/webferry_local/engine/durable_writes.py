"""Items and letters that outlive a `kill -9`: written to a journal before they are answered.

The table owns the state of a job, so its items are redone as they were; letters only wake workers,
so those sent since the last snapshot may come once more. Objects lie on disk anyway.
"""

import threading
from collections.abc import Callable
from typing import Any

from ministack.services import dynamodb, sqs

from webferry_local.engine.journal import Entry, Journal

Item = dict[str, Any]
Answer = Any


class DurableWrites:
    """Replaces the few functions of ministack through which every item and letter goes."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._together = threading.local()

    def install(self) -> None:
        self._keep_items()
        self._keep_letters()

    def _keep_items(self) -> None:
        put, remove, load = dynamodb._set_item, dynamodb._remove_item, dynamodb._restore_state

        def put_and_note(table: Item, pk: str, sk: str, item: Item) -> Answer:
            before = put(table, pk, sk, item)
            self._note(["item", table["TableArn"], pk, sk, item])
            return before

        def remove_and_note(table: Item, pk: str, sk: str) -> Answer:
            before = remove(table, pk, sk)
            if before is not None:
                self._note(["item", table["TableArn"], pk, sk, None])
            return before

        def load_and_redo(data: Item) -> None:
            load(data)
            self._redo_items(put, remove)

        dynamodb._set_item, dynamodb._remove_item = put_and_note, remove_and_note
        dynamodb.load_persisted_state = load_and_redo
        for name in ("_transact_write_items", "_batch_write_item"):
            setattr(dynamodb, name, self._noted_together(getattr(dynamodb, name)))

    def _redo_items(self, put: Answer, remove: Answer) -> None:
        tables = {table["TableArn"]: table for _, table in dynamodb._tables.all_items()}
        for kind, place, *what in self._journal.entries():
            if kind != "item" or place not in tables:
                continue
            pk, sk, item = what
            if item is None:
                remove(tables[place], pk, sk)
            else:
                put(tables[place], pk, sk, item)

    def _keep_letters(self) -> None:
        send, load = sqs._act_send_message, sqs._restore_state

        def send_and_note(data: Item, queue_url: str) -> Answer:
            answer = send(data, queue_url)
            queue = sqs._get_q(data.get("QueueUrl", queue_url))
            for message in reversed(queue["messages"]):
                if message["id"] == answer["MessageId"]:
                    self._note(["letter", queue["attributes"]["QueueArn"], message])
                    break
            return answer

        def load_and_redo(data: Item) -> None:
            load(data)
            queues = {q["attributes"]["QueueArn"]: q for _, q in sqs._queues.all_items()}
            known = {message["id"] for q in queues.values() for message in q["messages"]}
            for kind, place, *what in self._journal.entries():
                if kind == "letter" and place in queues and what[0]["id"] not in known:
                    queues[place]["messages"].append(what[0])

        sqs._act_send_message = send_and_note
        sqs._HANDLERS["SendMessage"] = send_and_note
        sqs._act_send_message_batch = self._noted_together(sqs._act_send_message_batch)
        sqs._HANDLERS["SendMessageBatch"] = sqs._act_send_message_batch
        sqs.load_persisted_state = load_and_redo

    def _note(self, entry: Entry) -> None:
        group: list[Entry] | None = getattr(self._together, "entries", None)
        if group is None:
            self._journal.write([entry])
        else:
            group.append(entry)

    def _noted_together(self, change: Callable[..., Answer]) -> Callable[..., Answer]:
        """Half a transaction must not be on disk either."""

        def noted_together(*arguments: Any) -> Answer:
            entries: list[Entry] = []
            self._together.entries = entries
            try:
                return change(*arguments)
            finally:
                self._together.entries = None
                if entries:
                    self._journal.write(entries)

        return noted_together
