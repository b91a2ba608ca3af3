"""The browser function as a renderer: pages go there as letters, and come back as letters."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from webferry.domain.errors import Unavailable
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.render_letters import UnreadableLetter, letter_of_order, outcome_of_letter


@dataclass(frozen=True)
class LambdaRenderer:
    """Waits for the function's answer; it bounds its own time, so nothing is asked twice."""

    client: Callable[[], Any]
    function: str
    missing: str = ""

    async def render(self, order: RenderOrder) -> Rendering:
        """Raises: PageError, InvalidRequest, Unavailable, InternalError."""
        if self.missing:
            raise Unavailable(self.missing)
        answer = await asyncio.to_thread(self._invoke, json.dumps(letter_of_order(order)))
        try:
            return outcome_of_letter(json.loads(answer))
        except (UnreadableLetter, ValueError) as error:
            raise Unavailable("The browser function gave no answer") from error

    def _invoke(self, letter: str) -> bytes:
        """Raises: Unavailable."""
        try:
            answer = self.client().invoke(FunctionName=self.function, Payload=letter.encode())
            payload: bytes = answer["Payload"].read()
        except (BotoCoreError, ClientError) as error:
            raise Unavailable("The browser function could not be reached") from error
        if "FunctionError" in answer:
            raise Unavailable("The browser function failed")
        return payload
