"""Images by any endpoint that speaks the OpenAI images API: Flux, Stable Diffusion and others."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.adapters.models.attempts import Busy, attempted_once_more
from webferry.adapters.models.endpoint import Endpoint
from webferry.domain.images import ImageOrder
from webferry.domain.prompts import ModelFailed

NO_IMAGE = "The image model did not answer with an image"
_SETTING = "WEBFERRY_IMAGE_MODEL"


@dataclass
class OpenAiImages:
    """The image is asked for in the answer itself: a link would lead elsewhere."""

    model: str
    endpoint: Endpoint
    _takes_form: bool = True

    async def make(self, order: ImageOrder) -> bytes:
        """Raises: ModelFailed."""
        made: bytes = await attempted_once_more(lambda: self._make(order))
        return made

    def _make(self, order: ImageOrder) -> bytes:
        size = f"{order.width}x{order.height}"
        body = {"model": self.model, "prompt": order.prompt, "n": 1, "size": size}
        if self._takes_form:
            status, answer = self._post({**body, "response_format": "b64_json"})
            if status not in (400, 422):
                return _read(status, answer)
        # Some models know one form only, and refuse to be asked for it.
        status, answer = self._post(body)
        made = _read(status, answer)
        self._takes_form = False
        return made

    def _post(self, body: Mapping[str, Any]) -> tuple[int, bytes]:
        return self.endpoint.post("/images/generations", body)


def _read(status: int, body: bytes) -> bytes:
    if status == 429 or status >= 500:
        raise Busy("The image model is busy")
    if status in (400, 422):
        raise ModelFailed("The image model refused the prompt or the size", retryable=False)
    if status != 200:
        # Never its body: an endpoint may repeat the key in it.
        raise ModelFailed(
            f"The image model refused with status {status}; check {_SETTING}", retryable=False
        )
    try:
        return b64decode(json.loads(body)["data"][0]["b64_json"], validate=True)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ModelFailed(NO_IMAGE, retryable=False) from error
