"""An endpoint of the OpenAI kind: one POST, bounded in size and time, at a trusted address.

It is not a page: the address is the operator's, may be private, and does not pass the egress guard.
"""

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import certifi
import urllib3
from urllib3.exceptions import HTTPError

from webferry.adapters.models.attempts import TIMEOUT_S, Busy
from webferry.domain.prompts import ModelFailed
from webferry.ports import Clock

_BLOCK = 65_536


@dataclass
class Endpoint:
    """`url` ends where the path of the API begins; servers of one's own need no key."""

    url: str
    key: Callable[[], str]
    clock: Clock
    setting: str
    max_bytes: int

    def post(self, path: str, body: Mapping[str, Any]) -> tuple[int, bytes]:
        """Raises: Busy, ModelFailed: the answer is too large, or too slow."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key := self.key():
            headers["Authorization"] = f"Bearer {key}"
        ends_ms = self.clock.tick_ms() + TIMEOUT_S * 1000
        try:
            response = self._pool.request(
                "POST",
                self.url + path,
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
            raise Busy(f"The model could not be reached; check {self.setting}") from error

    def _content(self, response: urllib3.BaseHTTPResponse, ends_ms: float) -> bytes:
        content = bytearray()
        for block in response.stream(_BLOCK):
            content += block
            if len(content) > self.max_bytes:
                raise ModelFailed("The model's answer is too large", retryable=False)
            if self.clock.tick_ms() > ends_ms:
                raise ModelFailed(f"The model did not answer within {TIMEOUT_S} seconds")
        return bytes(content)

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return urllib3.PoolManager(maxsize=10, ssl_context=context)
