"""Sockets for language models."""

from collections.abc import Mapping
from typing import Any, Protocol

from webferry.domain.images import ImageOrder


class Mappers(Protocol):
    """Models that say which column of a page is which key; never believed unchecked."""

    async def map(
        self, question: Mapping[str, Any], answer_schema: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The answer to a question of `records`: for each key a column, a string or null.

        Raises: Unavailable.
        """


class Extractors(Protocol):
    """Models that answer a prompt about a page; never believed unchecked."""

    async def extract(self, text: str, prompt: str, answer_schema: Mapping[str, Any]) -> object:
        """The answer in JSON; the schema may leave its form open.

        Raises: Unavailable.
        """


class ImageModels(Protocol):
    """Models that make images."""

    async def make(self, order: ImageOrder) -> bytes:
        """The image, in whatever kind the model makes.

        Raises: ModelFailed.
        """
