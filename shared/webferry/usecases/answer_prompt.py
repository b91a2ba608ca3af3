"""Answers a prompt about a page with what stands in that page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.content.records.prompting import PromptedPage
from webferry.content.records.schema import BadSchema
from webferry.domain.errors import InvalidRequest
from webferry.domain.prompts import NO_MODEL, NeedsModel, PromptAnswer
from webferry.model_ports import Extractors

MAX_PROMPT = 10_000


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    """`check` before anything is fetched or charged, then the page's Markdown."""

    extractors: Extractors | None

    @property
    def missing(self) -> str:
        """What to do to have a model; empty where there is one."""
        return "" if self.extractors else NO_MODEL

    def check(self, prompt: str, schema: Mapping[str, Any] | None = None) -> None:
        """Raises: NeedsModel, InvalidRequest: no prompt, too long a one, or a malformed schema."""
        if self.extractors is None:
            raise NeedsModel(NO_MODEL, prompt="needs a model")
        if not prompt.strip():
            raise InvalidRequest("prompt: must not be empty", prompt="must not be empty")
        if len(prompt) > MAX_PROMPT:
            why = f"must have at most {MAX_PROMPT} characters"
            raise InvalidRequest(f"prompt: {why}", prompt=why)
        _page("", "", schema)

    async def __call__(
        self, markdown: str, prompt: str, *, url: str = "", schema: Mapping[str, Any] | None = None
    ) -> PromptAnswer:
        """Raises: NeedsModel, InvalidRequest, ModelFailed, Unavailable."""
        self.check(prompt, schema)
        if self.extractors is None or not markdown.strip():
            return PromptAnswer(None)
        page = _page(markdown, url, schema)
        answer = await self.extractors.extract(page.shown, prompt, page.answer_schema())
        value, dropped = page.settled(answer)
        return PromptAnswer(value, tuple(dropped), page.is_cut)


def _page(markdown: str, url: str, schema: Mapping[str, Any] | None) -> PromptedPage:
    try:
        return PromptedPage.of(markdown, url, schema)
    except BadSchema as error:
        raise InvalidRequest(str(error), schema=str(error)) from error
