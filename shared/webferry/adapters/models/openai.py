"""Any endpoint that speaks the OpenAI chat API, at the address the operator configured.

It is not a page: the address is trusted, may be private, and does not pass the egress guard.
"""

import json
import logging
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import certifi
import urllib3
from urllib3.exceptions import HTTPError

from webferry.adapters.models.answers import (
    CUT_OFF,
    MAX_ANSWER_BYTES,
    MAX_ANSWER_TOKENS,
    UNREADABLE,
    object_in,
)
from webferry.adapters.models.attempts import TIMEOUT_S, Busy, attempted
from webferry.domain.prompts import ModelFailed, ModelOrder
from webferry.ports import Clock

DEFAULT_URL = "https://api.openai.com/v1"
_BLOCK = 65_536
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
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key := self.key():
            headers["Authorization"] = f"Bearer {key}"
        ends_ms = self.clock.tick_ms() + TIMEOUT_S * 1000
        try:
            response = self._pool.request(
                "POST",
                f"{self.url}/chat/completions",
                body=json.dumps(body).encode(),
                headers=headers,
                timeout=urllib3.Timeout(connect=5, read=TIMEOUT_S),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                return response.status, self._content(response, ends_ms)
            finally:
                response.close()
        except HTTPError as error:
            raise Busy("The model could not be reached; check WEBFERRY_MODEL_URL") from error

    def _content(self, response: urllib3.BaseHTTPResponse, ends_ms: float) -> bytes:
        content = bytearray()
        for block in response.stream(_BLOCK):
            content += block
            if len(content) > MAX_ANSWER_BYTES:
                raise ModelFailed("The model's answer is too large", retryable=False)
            if self.clock.tick_ms() > ends_ms:
                raise ModelFailed(f"The model did not answer within {TIMEOUT_S} seconds")
        return bytes(content)

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return urllib3.PoolManager(maxsize=10, ssl_context=context)


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
