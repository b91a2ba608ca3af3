"""Asks a model in a thread, once more when it was busy, and never longer than a minute in all."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from webferry.domain.prompts import ModelFailed, ModelOrder

TIMEOUT_S = 60
PAUSE_S = 0.5


class Busy(ModelFailed):
    """The model may answer if it is asked again at once."""


class Model(Protocol):
    """One model of one vendor."""

    async def ask(self, order: ModelOrder) -> Mapping[str, Any]:
        """The object it answers with.

        Raises: ModelFailed.
        """


async def attempted(ask: Callable[[ModelOrder], Mapping[str, Any]], order: ModelOrder) -> Any:  # noqa: ANN401
    """The answer of the first attempt or of the second.

    Raises: ModelFailed.
    """
    return await attempted_once_more(lambda: ask(order))


async def attempted_once_more(ask: Callable[[], Any]) -> Any:  # noqa: ANN401
    """What is brought by the first attempt or by the second.

    Raises: ModelFailed.
    """
    try:
        async with asyncio.timeout(TIMEOUT_S):
            try:
                return await asyncio.to_thread(ask)
            except Busy:
                await asyncio.sleep(PAUSE_S)
                return await asyncio.to_thread(ask)
    except TimeoutError as error:
        raise ModelFailed(f"The model did not answer within {TIMEOUT_S} seconds") from error
