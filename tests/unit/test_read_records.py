"""Records for a flow: read, kept as a plan, followed, learnt anew, and helped by a model."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from webferry.content.document import parse
from webferry.domain.errors import InvalidRequest
from webferry.domain.prompts import ModelFailed
from webferry.domain.walks import Snapshot
from webferry.usecases.extract_items import Wish, extract_all, extract_items
from webferry.usecases.read_records import ReadRecords, Records

URL = "https://shop.example/tools"
SCHEMA = {"name": "string", "price": "number", "fabricator": "string"}
TOOLS = {"Anvil": "$10.00", "Bucket": "$4.50", "Chisel": "$12.25", "Drill": "$89.00"}


class Canned:
    """A model that always points at the column with the makers."""

    def __init__(self, *, fails: bool = False, takes_s: float = 0) -> None:
        self.fails = fails
        self.takes_s = takes_s
        self.asked = 0
        self.told: object = None

    async def map(
        self, question: Mapping[str, Any], answer_schema: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        self.asked += 1
        self.told = question.get("instructions")
        await asyncio.sleep(self.takes_s)
        if self.fails:
            raise ModelFailed("The model is busy")
        assert set(answer_schema["properties"]) == {"fabricator"}
        shown = question["columns"].items()
        return {"fabricator": next(name for name, each in shown if "Acme A" in each["examples"])}


def html(price_class: str = "price") -> str:
    cards = "".join(
        f'<li class="card"><h3><a href="/p/{name.lower()}">{name}</a></h3>'
        f'<i class="mk">Acme {name[0]}</i><span class="{price_class}">{price}</span></li>'
        for name, price in TOOLS.items()
    )
    return f"<h1>Tools</h1><ul class='cards'>{cards}</ul>"


def read(page: str, model: Canned | None = None, plan: Mapping[str, Any] | None = None) -> Records:
    return asyncio.run(ReadRecords(model)(page, URL, schema=SCHEMA, plan=plan))


def test_items_come_with_the_source_place_and_confidence_of_every_value() -> None:
    found = read(html())

    assert found.items[0] == {"name": "Anvil", "price": 10, "fabricator": None}
    assert found.sources[0].keys() == {"name", "price"}
    price = found.sources[0]["price"]
    assert price["source"] == "repeated"
    assert price["path"].startswith("/html/body/")
    assert 0.3 < price["confidence"] < 1
    assert not found.model
    assert json.loads(json.dumps(found.plan)) == found.plan


@pytest.mark.promise("extract.model")
def test_a_model_answers_once_and_its_answer_is_kept_as_a_plan() -> None:
    model = Canned()
    first = read(html(), model)
    again = read(html(), model, first.plan)

    assert first.model
    assert first.items[0]["fabricator"] == "Acme A"
    assert first.sources[0]["fabricator"]["source"] == "model"
    assert again.items == first.items
    assert again.followed
    assert not again.model
    assert model.asked == 1


def test_a_plan_that_no_longer_holds_is_learnt_anew_and_says_so() -> None:
    first = read(html(), Canned())
    moved = read(html("cost-now"), Canned(), first.plan)

    assert moved.relearned == ("price",)
    assert not moved.followed
    assert moved.model
    assert moved.items == first.items
    assert read(html("cost-now"), None, moved.plan).followed


def test_a_model_that_fails_costs_only_what_it_was_asked_for() -> None:
    found = read(html(), Canned(fails=True))

    assert found.items[0] == {"name": "Anvil", "price": 10, "fabricator": None}
    assert found.model_failure == "The model is busy"
    assert not found.model


@pytest.mark.parametrize(
    ("schema", "plan", "said"),
    [({"a": "nonsense"}, None, "unknown type"), (SCHEMA, {"version": 99}, "another version")],
)
def test_a_schema_or_plan_that_cannot_be_read_is_refused(
    schema: object, plan: Mapping[str, Any] | None, said: str
) -> None:
    with pytest.raises(InvalidRequest, match=said):
        asyncio.run(ReadRecords()(html(), URL, schema=schema, plan=plan))


def test_a_sentence_reaches_the_model_and_its_answer_the_lesson() -> None:
    model = Canned()
    wish = Wish(SCHEMA, "Extract all tools and who made them")

    found = asyncio.run(extract_items(ReadRecords(model), parse(html(), URL), wish))

    assert found.items[0]["fabricator"] == "Acme A"
    assert found.told == ("The model was asked for what the page's structure does not say",)
    assert (model.told, found.lesson and found.lesson.by_model) == (wish.instructions, True)


def test_a_model_that_takes_too_long_is_waited_for_no_longer_and_not_asked_for_the_next_page() -> (
    None
):
    model = Canned(takes_s=60)
    pages = [Snapshot(URL, html()), Snapshot(URL, html().replace("Anvil", "Awl"))]

    found = asyncio.run(extract_all(ReadRecords(model), pages, Wish(SCHEMA, patience_s=0.01)))

    assert [item["name"] for item in found.items] == [*TOOLS, "Awl"]
    assert found.told == ("The model was of no help: The model took too long",)
    assert model.asked == 1
    assert found.lesson is not None
    assert not found.lesson.is_worth_keeping(None)
