"""Whole numbers, as JSON means them."""

import json
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, StrictInt, ValidationError

from webferry.web.numbers import WHOLE


class Lamps(BaseModel):
    count: Annotated[StrictInt, Field(ge=1, le=20), WHOLE]


@pytest.mark.parametrize("told", ["14", "14.0", "1.4e1"])
def test_a_whole_number_may_be_written_with_a_point(told: str) -> None:
    count = Lamps.model_validate(json.loads(f'{{"count": {told}}}')).count

    assert (count, type(count)) == (14, int)


@pytest.mark.parametrize("told", [14.5, "14", True, None, 0, 21.0, 1e300, float("nan")])
def test_what_is_no_whole_number_within_bounds_is_refused(told: Any) -> None:
    with pytest.raises(ValidationError):
        Lamps.model_validate({"count": told})


def test_the_document_tells_the_bounds() -> None:
    described = Lamps.model_json_schema()["properties"]["count"]

    assert {key: described[key] for key in ("type", "minimum", "maximum")} == {
        "type": "integer",
        "minimum": 1,
        "maximum": 20,
    }
