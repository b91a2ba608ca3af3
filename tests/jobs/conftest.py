"""A workshop of its own for every test."""

import pytest

from tests.jobs.workshop import Engine, Workshop


@pytest.fixture
def workshop(engine: Engine) -> Workshop:
    return Workshop.on(engine)
