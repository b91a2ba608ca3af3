"""Amazon Bedrock by its Converse API: the answer is the input of a tool the model has to use."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from webferry.adapters.models.answers import CUT_OFF, MAX_ANSWER_TOKENS, checked, object_in
from webferry.adapters.models.attempts import Busy, attempted
from webferry.domain.prompts import ModelFailed, ModelOrder

_log = logging.getLogger(__name__)
_TOOL = "answer"
# The retry is ours: botocore's would count against nobody's time.
_CONFIG = Config(
    connect_timeout=5, read_timeout=55, retries={"mode": "standard", "total_max_attempts": 1}
)
BUSY_CODES = frozenset(
    {
        "InternalServerException",
        "ModelErrorException",
        "ModelNotReadyException",
        "ModelTimeoutException",
        "ServiceUnavailableException",
        "ThrottlingException",
    }
)


@dataclass(slots=True)
class BedrockModel:
    """A model or an inference profile, by its id or ARN."""

    client: Callable[[], Any]
    model_id: str
    _takes_tools: bool = field(default=True)

    async def ask(self, order: ModelOrder) -> Mapping[str, Any]:
        """Raises: ModelFailed."""
        answer: Mapping[str, Any] = await attempted(self._ask, order)
        return answer

    def _ask(self, order: ModelOrder) -> Mapping[str, Any]:
        if self._takes_tools:
            try:
                return _read(self._converse(order, _with_tool(order)))
            except _NotTaken:
                _log.info("the model takes no tools; it is asked in words", exc_info=True)
                answer = _read(self._converse(order, {}))
                self._takes_tools = False
                return answer
        return _read(self._converse(order, {}))

    def _converse(self, order: ModelOrder, more: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            answer: Mapping[str, Any] = self.client().converse(
                modelId=self.model_id,
                system=[{"text": order.task}],
                messages=[{"role": "user", "content": [{"text": order.question}]}],
                inferenceConfig={"maxTokens": MAX_ANSWER_TOKENS},
                **more,
            )
        except ClientError as error:
            raise _failure(error, told_more=bool(more)) from error
        except BotoCoreError as error:
            raise Busy("The model could not be reached") from error
        return answer


class _NotTaken(Exception):
    """The model refuses the question in this form."""


def _failure(error: ClientError, *, told_more: bool) -> Exception:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in BUSY_CODES or status >= 500 or status == 429:
        return Busy("The model is busy")
    if code == "ValidationException" and told_more:
        return _NotTaken(code)
    why = f"The model refused the question ({code[:60] or status}); check WEBFERRY_MODEL"
    return ModelFailed(why, retryable=False)


def _with_tool(order: ModelOrder) -> Mapping[str, Any]:
    spec = {
        "name": _TOOL,
        "description": "Hands over the answer.",
        "inputSchema": {"json": order.schema},
    }
    return {"toolConfig": {"tools": [{"toolSpec": spec}], "toolChoice": {"tool": {"name": _TOOL}}}}


def _read(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object in a Converse answer: what a tool was given, or else what was said."""
    if answer.get("stopReason") == "max_tokens":
        raise ModelFailed(CUT_OFF, retryable=False)
    blocks = answer.get("output", {}).get("message", {}).get("content", [])
    for block in blocks:
        if "toolUse" in block:
            return checked(block["toolUse"].get("input"))
    return object_in("".join(block.get("text", "") for block in blocks))


def bedrock_client(session: boto3.Session, url: str = "", key: str = "") -> Any:  # noqa: ANN401
    """A client by the session's own rights, or by a Bedrock API key at a given address."""
    maker: Any = session
    if not key:
        return maker.client("bedrock-runtime", config=_CONFIG, endpoint_url=url or None)
    config = _CONFIG.merge(Config(signature_version=UNSIGNED))
    client = maker.client("bedrock-runtime", config=config, endpoint_url=url or None)

    def say_key(params: dict[str, Any], **_: object) -> None:
        params["headers"]["Authorization"] = f"Bearer {key}"

    client.meta.events.register("before-call.bedrock-runtime", say_key)
    return client
