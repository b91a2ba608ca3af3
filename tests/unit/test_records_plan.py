"""Plans and models: what was learnt is used again, and a model's word counts only if it holds."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from webferry.content.document import Document, parse
from webferry.content.records.extraction import records
from webferry.content.records.plan import BadPlan, Plan
from webferry.model_ports import Mappers

URL = "https://shop.example/list"
SCHEMA = {"name": "string", "price": "number"}
WORDS = {"Anvil": "$10.00", "Bucket": "$4.50", "Chisel": "$12.25", "Drill": "$89.00"}


def page(price_class: str = "price", words: dict[str, str] = WORDS) -> Document:
    cards = "".join(
        f'<li class="card"><h3><a href="/p/{name.lower()}">{name}</a></h3>'
        f'<i class="mk">Acme {name[0]}</i><span class="{price_class}">{price}</span></li>'
        for name, price in words.items()
    )
    return parse(f"<h1>Tools</h1><ul class='cards'>{cards}</ul>", URL)


def test_a_plan_survives_json_and_is_followed() -> None:
    first = records(page(), SCHEMA)
    plan = Plan.from_json(json.loads(json.dumps(first.plan.to_json())))
    again = records(page(words={"Easel": "$20.00", "File": "$3.00"}), SCHEMA, plan=plan)
    assert again.followed
    assert again.drift == []
    assert again.items == [{"name": "Easel", "price": 20}, {"name": "File", "price": 3}]


def test_a_page_that_changed_is_learnt_anew_and_says_so() -> None:
    plan = records(page(), SCHEMA).plan
    moved = records(page(price_class="cost-now"), SCHEMA, plan=plan)
    assert not moved.followed
    assert moved.drift == ["price"]
    assert [item["price"] for item in moved.items] == [10, 4.5, 12.25, 89]
    assert records(page(price_class="cost-now"), SCHEMA, plan=moved.plan).followed


def test_a_region_that_is_gone_is_drift_too() -> None:
    plan = records(page(), SCHEMA).plan
    found = records(parse("<p>Closed for the winter.</p>", URL), SCHEMA, plan=plan)
    assert not found.followed
    assert found.drift == ["name", "price"]
    assert found.items == []


def test_of_two_lists_alike_a_plan_follows_the_one_it_was_made_for() -> None:
    tables = "".join(
        "<table class=t><tr><th>Name<th>Price"
        + "".join(f"<tr><td>{name} {shop}<td>{price}" for name, price in WORDS.items())
        + "</table>"
        for shop in ("North", "South")
    )
    twice = parse(f"<h1>Tools</h1><div class=b>{tables}</div>", URL)
    first = records(twice, SCHEMA)
    again = records(twice, SCHEMA, plan=first.plan)
    assert again.followed
    assert again.items == first.items


def test_a_plan_for_other_keys_is_not_followed() -> None:
    plan = records(page(), SCHEMA).plan
    assert not records(page(), {"title": "string"}, plan=plan).followed


def test_an_inferred_schema_stays_with_its_plan() -> None:
    first = records(page())
    again = records(page(), plan=first.plan)
    assert again.followed
    assert again.items == first.items


@pytest.mark.parametrize("data", [None, {}, [], {"version": 2}, {"version": 1, "kind": "region"}])
def test_what_is_no_plan_is_refused(data: object) -> None:
    with pytest.raises(BadPlan):
        Plan.from_json(data)


class CannedMappers:
    """A model that picks the column with this example."""

    def __init__(self, example: str) -> None:
        self.example = example

    async def map(
        self, question: Mapping[str, Any], answer_schema: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        columns = question["columns"].items()
        named = [name for name, seen in columns if self.example in seen["examples"]]
        assert named[0] in answer_schema["properties"]["maker"]["enum"]
        return {"maker": named[0]}


def test_a_model_is_asked_only_for_what_structure_cannot_answer() -> None:
    assert records(page(), SCHEMA).question is None
    found = records(page(), SCHEMA | {"maker": "string"})
    assert found.question is not None
    assert list(found.question.keys) == ["maker"]


def test_a_model_sees_a_preview_and_not_the_page() -> None:
    many = {f"Tool{number}": f"${number}.00" for number in range(400)}
    found = records(page(words=many), SCHEMA | {"maker": "string"}, "who makes it")
    assert found.question is not None
    sent = json.dumps(found.question.to_json())
    assert len(sent) < 2_000
    assert "who makes it" in sent
    assert "Tool399" not in sent


def test_a_models_answer_is_checked_used_and_kept_as_a_plan() -> None:
    schema = SCHEMA | {"maker": "string"}
    first = records(page(), schema)
    assert first.question is not None
    mappers: Mappers = CannedMappers("Acme A")
    question = first.question
    answer = asyncio.run(mappers.map(question.to_json(), question.answer_schema()))
    found = records(page(), schema, answer=answer)
    assert [item["maker"] for item in found.items] == ["Acme A", "Acme B", "Acme C", "Acme D"]
    assert found.traces[0]["maker"].source == "model"
    assert found.question is None
    later = records(page(words={"Easel": "$20.00", "Fork": "$2.00"}), schema, plan=found.plan)
    assert later.followed
    assert [item["maker"] for item in later.items] == ["Acme E", "Acme F"]
    assert later.traces[0]["maker"].source == "model"


@pytest.mark.parametrize("said", ["c999", "Acme", None, 7, {"a": 1}])
def test_an_answer_that_names_no_column_changes_nothing(said: object) -> None:
    schema = SCHEMA | {"maker": "string"}
    found = records(page(), schema, answer={"maker": said, "unasked": "c0"})
    assert [item["maker"] for item in found.items] == [None] * 4
    assert all(list(item) == ["name", "price", "maker"] for item in found.items)


def test_an_answer_of_the_wrong_type_is_refused() -> None:
    schema = SCHEMA | {"weight": "number"}
    first = records(page(), schema)
    assert first.question is not None
    text = next(
        name for name, seen in first.question.columns.items() if "Anvil" in seen["examples"]
    )
    assert records(page(), schema, answer={"weight": text}).items[0]["weight"] is None


ARTICLE = "<h1>Old mill sold</h1><p>The mill went to Ada Byron for a fortune.</p>" * 1
ASKED = {"title": "string", "buyer": "string"}


def test_a_value_in_prose_counts_if_it_stands_there() -> None:
    document = parse(f"<title>Old mill sold</title>{ARTICLE}", URL)
    found = records(document, ASKED, "the article", answer={"buyer": "Ada Byron"})
    assert found.items == [{"title": "Old mill sold", "buyer": "Ada Byron"}]
    again = records(document, ASKED, "the article", plan=found.plan)
    assert again.items == found.items


def test_a_value_that_a_model_made_up_is_refused() -> None:
    document = parse(f"<title>Old mill sold</title>{ARTICLE}", URL)
    found = records(document, ASKED, "the article", answer={"buyer": "Charles Babbage"})
    assert found.items == [{"title": "Old mill sold", "buyer": None}]
