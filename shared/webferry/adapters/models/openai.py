"""Any endpoint that speaks the OpenAI chat API, at the address the operator configured."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webferry.adapters.models.answers import (
    CUT_OFF,
    MAX_ANSWER_BYTES,
    MAX_ANSWER_TOKENS,
    UNREADABLE,
    object_in,
)
from webferry.adapters.models.attempts import Busy, attempted
from webferry.adapters.models.endpoint import Endpoint
from webferry.domain.prompts import ModelFailed, ModelOrder
from webferry.ports import Clock

DEFAULT_URL = "https://api.openai.com/v1"
_FORM_REFUSED = frozenset({400, 422})

_log = logging.getLogger(__name__)


@dataclass
class OpenAiModel:
    """`url` ends where `/chat/completions` begins; servers of one's own need no key."""

    model: str
    clock: Clock
    url: str = DEFAULT_URL
    key: Callable[[], str] = str
    _takes_form: bool = True

    async def ask(self, order: ModelOrder) -> Mapping[str, Any]:
        """Raises: ModelFailed."""
        answer: Mapping[str, Any] = await attempted(self._ask, order)
        return answer

    def _ask(self, order: ModelOrder) -> Mapping[str, Any]:
        body = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": order.task},
                {"role": "user", "content": order.question},
            ],
        }
        if self._takes_form:
            status, answer = self._post(body | self._form(order))
            if status not in _FORM_REFUSED:
                return _read(status, answer)
            _log.info("the endpoint takes no form of answer; it is asked in words")
        status, answer = self._post(body)
        found = _read(status, answer)
        self._takes_form = False
        return found

    def _form(self, order: ModelOrder) -> dict[str, Any]:
        # Models of OpenAI's own refuse the older name, most others know no other.
        limit = "max_completion_tokens" if self.url == DEFAULT_URL else "max_tokens"
        form = {"name": "answer", "schema": order.schema, "strict": False}
        return {
            limit: MAX_ANSWER_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": form},
        }

    def _post(self, body: Mapping[str, Any]) -> tuple[int, bytes]:
        """Raises: Busy."""
        return self._endpoint.post("/chat/completions", body)

    @cached_property
    def _endpoint(self) -> Endpoint:
        return Endpoint(self.url, self.key, self.clock, "WEBFERRY_MODEL_URL", MAX_ANSWER_BYTES)


def _read(status: int, body: bytes) -> Mapping[str, Any]:
    if status == 429 or status >= 500:
        raise Busy("The model is busy")
    if status != 200:
        # Never its body: an endpoint may repeat the key in it.
        why = f"The model refused the question with status {status}"
        raise ModelFailed(f"{why}; check {_setting(status)}", retryable=False)
    try:
        choice = json.loads(body)["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ModelFailed(UNREADABLE) from error
    if choice.get("finish_reason") == "length":
        raise ModelFailed(CUT_OFF, retryable=False)
    if not isinstance(text, str):
        raise ModelFailed(UNREADABLE)
    return object_in(text)


def _setting(status: int) -> str:
    if status in (401, 403):
        return "WEBFERRY_MODEL_KEY"
    return "WEBFERRY_MODEL" if status in _FORM_REFUSED else "WEBFERRY_MODEL_URL"
