"""A furnished house of its own for every test."""

import pytest

from tests.furnished import Engine, Furnished, furnish


@pytest.fixture
def furnished(engine: Engine) -> Furnished:
    return furnish(engine)
