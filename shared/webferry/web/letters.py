"""What queue doors share: how a letter is read, and which have to come again."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from webferry.domain.parts import PartRef
from webferry.messages import ErrandLetter
from webferry.observability import logger
from webferry.usecases.claim_errands import ErrandRef


def errand_of(body: str) -> ErrandRef | None:
    """The errand a letter names; None if nobody can read it."""
    try:
        letter = ErrandLetter.model_validate_json(body)
    except ValidationError as error:
        logger.error("a letter cannot be read", extra={"problems": error.error_count()})
        return None
    return ErrandRef(PartRef(letter.job, letter.part), letter.errand)


def failures(messages: Iterable[str]) -> dict[str, Any]:
    """The answer that makes these messages of a batch come again, and no others."""
    return {"batchItemFailures": [{"itemIdentifier": message} for message in messages]}
