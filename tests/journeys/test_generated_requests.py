"""Generated requests, good and bad: every answer is one that the dialect's document promises."""

import pytest

from tests.fuzz.asking import DIALECTS, ask, open_purse
from tests.journeys.product import Product

# `make fuzz` asks thousands, in all phases of the generator.
FEW = ("--phases", "examples,fuzzing", "-n", "5", "--generation-deterministic")


@pytest.fixture(scope="module")
def purse(product: Product) -> str:
    return open_purse(product, "generated@example.com")


@pytest.mark.promise("request.generated")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_answer_is_as_described(
    product: Product, purse: str, pages: str, dialect: str
) -> None:
    asked = ask(product, purse, dialect, f"{pages}/", *FEW)

    assert asked.spotless, asked.said
    assert asked.cases >= 20
