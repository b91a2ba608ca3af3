"""A fresh account on the engine for each test, and what has to be planted early."""

import pytest

from tests.engine.account import Account, Engine
from tests.engine.planted import Planted, plant

EARLY = "planted"


@pytest.fixture(scope="session")
def planted(engine: Engine) -> Planted:
    return plant(Account(engine))


@pytest.fixture(scope="session", autouse=True)
def plant_early(request: pytest.FixtureRequest) -> None:
    """The sweeps take a minute: it passes while the other tests run."""
    if any(EARLY in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue(EARLY)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: EARLY in getattr(item, "fixturenames", ()))


@pytest.fixture
def account(engine: Engine) -> Account:
    return Account(engine)
