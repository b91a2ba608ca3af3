"""One post office for a module's tests, with waits of seconds that last hundredths of them."""

from collections.abc import Iterator

import pytest
from ministack.services import stepfunctions

from tests.jobs.deployed import FunctionEngine
from tests.webhooks.post_office import PostOffice

SCALE = 0.01


@pytest.fixture(scope="module")
def scale() -> Iterator[float]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stepfunctions, "_SFN_WAIT_SCALE", SCALE)
        yield SCALE


@pytest.fixture(scope="module")
def office(engine: FunctionEngine, scale: float) -> PostOffice:
    del scale
    return PostOffice.on(engine, egress_allow="127.0.0.1")
