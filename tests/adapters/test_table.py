"""The table where the engine cannot go: conflicts, throttling and lost connections."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from webferry.adapters.dynamodb.items import packed, unpacked
from webferry.adapters.dynamodb.table import CONFLICT_ATTEMPTS, Table, put_new
from webferry.domain.errors import Unavailable

VALUES = st.text() | st.integers() | st.booleans() | st.binary()
WRITE = put_new("pk", "sk", number=1)


@dataclass
class ScriptedDynamo:
    """A client whose every call meets the next failure of a script, and then succeeds."""

    script: list[Exception]
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, call: str) -> Any:
        def answer(**_: object) -> dict[str, Any]:
            self.calls.append(call)
            if self.script:
                raise self.script.pop(0)
            return {"Items": [], "Responses": {}}

        return answer


def failure(code: str, *reasons: str) -> ClientError:
    cancelled: Any = {
        "Error": {"Code": code, "Message": code},
        "CancellationReasons": [{"Code": reason} for reason in reasons],
    }
    return ClientError(cancelled, "TransactWriteItems")


def conflicts() -> Iterator[ClientError]:
    while True:
        yield failure("TransactionCanceledException", "None", "TransactionConflict")


def test_a_transaction_that_meets_another_tries_again() -> None:
    client = ScriptedDynamo([failure("TransactionCanceledException", "TransactionConflict")] * 3)

    assert Table(client, "t").transact(WRITE) == {}
    assert len(client.calls) == 4


def test_a_transaction_that_keeps_meeting_others_gives_up_in_the_end() -> None:
    client = ScriptedDynamo([error for error, _ in zip(conflicts(), range(99), strict=False)])

    with pytest.raises(Unavailable):
        Table(client, "t").transact(WRITE)
    assert len(client.calls) == CONFLICT_ATTEMPTS


def test_a_refusal_outweighs_a_conflict_and_says_which_write_refused() -> None:
    reasons = ("TransactionConflict", "ConditionalCheckFailed", "None")
    client = ScriptedDynamo([failure("TransactionCanceledException", *reasons)])

    assert Table(client, "t").transact(WRITE, WRITE, WRITE) == {1: {}}
    assert len(client.calls) == 1


@pytest.mark.parametrize(
    "error",
    [
        failure("ThrottlingException"),
        failure("ProvisionedThroughputExceededException"),
        failure("InternalServerError"),
        EndpointConnectionError(endpoint_url="http://x"),
        ReadTimeoutError(endpoint_url="http://x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_may_pass_by_itself_is_unavailable_everywhere(error: Exception) -> None:
    uses: list[Callable[[Table], object]] = [
        lambda table: table.get("pk", "sk"),
        lambda table: table.get_together("pk", "sk"),
        lambda table: table.query("pk", "sk"),
        lambda table: table.set("pk", "sk", number=1),
        lambda table: table.transact(WRITE),
    ]
    for use in uses:
        with pytest.raises(Unavailable) as met:
            use(Table(ScriptedDynamo([error]), "t"))
        assert met.value.__cause__ is error


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException"])
def test_what_is_our_own_fault_is_not_hidden(code: str) -> None:
    with pytest.raises(ClientError):
        Table(ScriptedDynamo([failure(code)]), "t").get("pk", "sk")
    with pytest.raises(ClientError):
        Table(ScriptedDynamo([failure(code)]), "t").transact(WRITE)


@given(st.dictionaries(st.text(), VALUES | st.lists(VALUES).map(tuple)))
def test_values_survive_the_spelling_of_the_table(values: dict[str, object]) -> None:
    assert unpacked(packed(values)) == values


def test_nothing_is_stored_for_nothing_and_a_float_never() -> None:
    assert packed({"absent": None}) == {}
    with pytest.raises(TypeError):
        packed({"price": 1.5})
