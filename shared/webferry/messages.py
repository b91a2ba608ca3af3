"""Letters: what travels through the queues, with a version so that old ones can still be read."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ErrandLetter(BaseModel):
    """One errand to work off: names only, for what they name may have changed meanwhile."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    v: Literal[1] = 1
    job: str = Field(pattern=r"^(?:job_[0-9A-Za-z]{1,40}|run-[0-9]{1,20})$")
    part: int = Field(ge=0, le=100_000)
    errand: int = Field(ge=0, le=1000)
