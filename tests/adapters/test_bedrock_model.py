"""Bedrock's Converse API, in the shapes of its wire, on a stand-in for its endpoint."""

import asyncio
from collections.abc import Mapping
from typing import Any

import boto3
import pytest

from tests.adapters.stand_in_model import StandIn, stand_in_model
from webferry.adapters.models import attempts
from webferry.adapters.models.bedrock import BedrockModel, bedrock_client
from webferry.adapters.models.choosing import model_of
from webferry.adapters.models.openai import DEFAULT_URL, OpenAiModel
from webferry.adapters.system import SystemClock
from webferry.domain.prompts import ModelFailed, ModelOrder, NeedsModel

MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
ORDER = ModelOrder("Be brief.", "What?", {"type": "object", "properties": {"a": {}}})
SESSION = boto3.Session("id", "secret", region_name="us-east-1")
USAGE = {
    "usage": {"inputTokens": 9, "outputTokens": 9, "totalTokens": 18},
    "metrics": {"latencyMs": 5},
}


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PAUSE_S", 0)


def converse(*content: Mapping[str, Any], stop: str = "tool_use") -> tuple[int, object]:
    message = {"role": "assistant", "content": list(content)}
    return 200, {"output": {"message": message}, "stopReason": stop, **USAGE}


def used(value: object) -> Mapping[str, Any]:
    return {"toolUse": {"toolUseId": "tooluse_1", "name": "answer", "input": value}}


def refused(kind: str, status: int) -> tuple[int, object]:
    return status, {"__type": kind, "message": "no"}


def model(server: StandIn, key: str = "") -> BedrockModel:
    client = bedrock_client(SESSION, server.url, key)
    return BedrockModel(lambda: client, MODEL)


def ask(server: StandIn) -> Mapping[str, Any]:
    return asyncio.run(model(server).ask(ORDER))


def test_the_answer_is_what_the_tool_was_given() -> None:
    with stand_in_model(converse({"text": "Let me see."}, used({"a": 1}))) as server:
        assert ask(server) == {"a": 1}

    (request,) = server.asked
    assert request.path == f"/model/{MODEL.replace(':', '%3A')}/converse"
    assert request.headers["Authorization"].startswith("AWS4-HMAC-SHA256 ")
    assert request.body["system"] == [{"text": "Be brief."}]
    assert request.body["messages"] == [{"role": "user", "content": [{"text": "What?"}]}]
    tools = request.body["toolConfig"]
    assert tools["toolChoice"] == {"tool": {"name": "answer"}}
    assert tools["tools"][0]["toolSpec"]["inputSchema"]["json"] == dict(ORDER.schema)


def test_a_model_without_tools_is_asked_in_words_from_then_on() -> None:
    words = converse({"text": '{"a": 1}'}, stop="end_turn")
    with stand_in_model(refused("ValidationException", 400), words) as server:
        asked = model(server)
        assert asyncio.run(asked.ask(ORDER)) == {"a": 1}
        assert asyncio.run(asked.ask(ORDER)) == {"a": 1}

    assert ["toolConfig" in request.body for request in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("ThrottlingException", 429), ("ServiceUnavailableException", 503), ("", 500)],
)
def test_a_busy_model_is_asked_once_more(kind: str, status: int) -> None:
    with stand_in_model(refused(kind, status), converse(used({"a": 1}))) as server:
        assert ask(server) == {"a": 1}
    with stand_in_model(refused(kind, status)) as server, pytest.raises(ModelFailed, match="busy"):
        ask(server)

    assert len(server.asked) == 2


def test_a_model_one_may_not_use_is_refused_once_and_named() -> None:
    with (
        stand_in_model(refused("AccessDeniedException", 403)) as server,
        pytest.raises(ModelFailed, match=r"AccessDeniedException.*WEBFERRY_MODEL") as caught,
    ):
        ask(server)

    assert len(server.asked) == 1
    assert not caught.value.retryable


@pytest.mark.parametrize(
    "answer",
    [
        converse(used({"a": 1}), stop="max_tokens"),
        converse(used("x")),
        converse({"text": "I would rather not."}),
        converse(),
        (200, {}),
    ],
)
def test_a_broken_answer_is_a_failure_and_nothing_worse(answer: tuple[int, object]) -> None:
    with stand_in_model(answer) as server, pytest.raises(ModelFailed):
        ask(server)


def test_a_bedrock_api_key_takes_the_place_of_a_signature() -> None:
    with stand_in_model(converse(used({"a": 1}))) as server:
        asyncio.run(model(server, key="bedrock-api-key").ask(ORDER))

    assert server.asked[0].headers["Authorization"] == "Bearer bedrock-api-key"


def test_a_name_says_vendor_and_model() -> None:
    clock = SystemClock()
    spoken = model_of("openai:org/small:7b", "", str, clock)
    rock = model_of(f"bedrock:{MODEL}", "", str, clock)

    assert isinstance(spoken, OpenAiModel)
    assert (spoken.model, spoken.url) == ("org/small:7b", DEFAULT_URL)
    assert isinstance(rock, BedrockModel)
    assert rock.model_id == MODEL
    for name in ("gpt", "openai:", "bedrock:", "claude:x"):
        with pytest.raises(NeedsModel, match="WEBFERRY_MODEL"):
            model_of(name, "", str, clock)
