"""Reads a page's records, and asks a model, if there is one, for what structure cannot answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.content.document import Document, parse
from webferry.content.records.extraction import Extraction, records
from webferry.content.records.plan import BadPlan, Plan
from webferry.content.records.question import Question
from webferry.content.records.schema import BadSchema
from webferry.domain.errors import InvalidRequest
from webferry.domain.prompts import ModelFailed
from webferry.model_ports import Mappers


@dataclass(frozen=True, slots=True)
class Records:
    """Items; for each the source, place, words and confidence of every value, by dotted key.

    `plan` is plain JSON: give it to the next run of the same page. `relearned` names the keys that
    an earlier plan no longer found, so that everything was looked for anew. `model` says whether a
    model was asked, and `model_failure` why it was of no use.
    """

    items: list[dict[str, Any]]
    sources: list[dict[str, dict[str, Any]]]
    plan: dict[str, Any]
    schema: dict[str, Any]
    coverage: dict[str, float]
    relearned: tuple[str, ...] = ()
    followed: bool = False
    model: bool = False
    model_failure: str = ""


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """`html` is a decoded page; a plan or a schema that cannot be read is the caller's fault."""

    mappers: Mappers | None = None

    async def __call__(
        self,
        html: str,
        url: str = "",
        *,
        schema: object = None,
        instructions: str = "",
        plan: Mapping[str, Any] | None = None,
    ) -> Records:
        """Raises: InvalidRequest."""
        document = parse(html, url)
        return await self.of(document, schema=schema, instructions=instructions, plan=plan)

    async def of(
        self,
        document: Document,
        *,
        schema: object = None,
        instructions: str = "",
        plan: Mapping[str, Any] | None = None,
        patience_s: float | None = None,
    ) -> Records:
        """The records of a page that has been parsed; a model that takes longer is of no use.

        Raises: InvalidRequest.
        """
        try:
            known = Plan.from_json(dict(plan)) if plan else None
            found = records(document, schema, instructions, known)
            if found.question is None or found.followed or self.mappers is None:
                return _told(found)
            try:
                answer = await self._answer(self.mappers, found.question, patience_s)
            except ModelFailed as error:
                # Structure has answered most of it: that is worth more than an error.
                return _told(found, failure=error.message)
            asked = records(document, schema, instructions, None, answer)
            asked.drift = found.drift
        except (BadSchema, BadPlan) as error:
            raise InvalidRequest(str(error), schema=str(error)) from error
        return _told(asked, model=True)

    @staticmethod
    async def _answer(
        mappers: Mappers, question: Question, patience_s: float | None
    ) -> Mapping[str, Any]:
        """Raises: ModelFailed."""
        form = question.answer_schema()
        try:
            async with asyncio.timeout(patience_s):
                return await mappers.map(question.to_json(), form)
        except TimeoutError as error:
            raise ModelFailed("The model took too long") from error


def _told(found: Extraction, *, model: bool = False, failure: str = "") -> Records:
    return Records(
        items=found.items,
        sources=[
            {
                key: {
                    "source": trace.source,
                    "path": trace.path,
                    "raw": trace.raw,
                    "confidence": round(trace.confidence, 2),
                }
                for key, trace in traces.items()
            }
            for traces in found.traces
        ],
        plan=found.plan.to_json(),
        schema=found.wanted.to_json(),
        coverage=found.coverage,
        relearned=tuple(found.drift),
        followed=found.followed,
        model=model,
        model_failure=failure,
    )
