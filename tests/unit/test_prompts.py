"""Answers to prompts: only what stands in the page is kept, spelt as the page spells it."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from webferry.content.records.prompting import MAX_SHOWN, PromptedPage
from webferry.content.records.quoting import Quoting
from webferry.domain.errors import InvalidRequest
from webferry.domain.prompts import NeedsModel
from webferry.usecases.answer_prompt import MAX_PROMPT, AnswerPrompt

PAGE = """# Pricing

**Starter** plan — [Buy now](https://shop.example/buy?plan=1)

| Plan | Price |
|---|---|
| Pro | €1.299,00 |
| Team | $12.5k |

- Unlimited *projects*
- 24/7 support\\!

Updated 3 March 2026. In stock. Discount 15%. Temperature -4.
"""


class Canned:
    """A model that has been told what to say."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, Mapping[str, Any]]] = []

    async def extract(self, text: str, prompt: str, answer_schema: Mapping[str, Any]) -> object:
        self.asked.append((text, prompt, answer_schema))
        return self.answer


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("Starter plan", "Starter plan"),
        ("**Starter** plan", "Starter plan"),
        ("PRO", "Pro"),
        ("unlimited projects", "Unlimited projects"),
        ("24/7 support!", "24/7 support!"),
        ("https://shop.example/buy?plan=1", "https://shop.example/buy?plan=1"),
        ("€1.299,00", "€1.299,00"),
        ("Pro €1.299,00", "Pro €1.299,00"),
        ("Enterprise", None),
        ("tart", None),
        ("299", None),
        ("", None),
        ("x" * 30_000, None),
    ],
)
def test_a_string_is_found_as_the_page_spells_it(said: str, spelt: str | None) -> None:
    assert Quoting(PAGE).find(said) == spelt


@pytest.mark.parametrize("number", [1299, 12.5, 12_500, 15, -4, 2026, 3, 24])
def test_a_number_is_found_in_whichever_country_it_was_written(number: float) -> None:
    assert Quoting(PAGE).has_number(number)


@pytest.mark.parametrize("number", [1300, 12.6, 0, -15, 99])
def test_a_number_the_page_does_not_write_is_not_found(number: float) -> None:
    assert not Quoting(PAGE).has_number(number)


def test_words_of_scripts_without_spaces_are_found_inside_a_run() -> None:
    assert Quoting("価格は1299円です").find("価格") == "価格"


def test_a_free_answer_keeps_its_form_and_loses_what_was_invented() -> None:
    answer = {
        "plans": [
            {"name": "starter", "price": None, "features": ["Unlimited projects", "Free beer"]},
            {"name": "Pro", "price": 1299, "features": []},
            {"name": "Ultra", "price": 7777},
        ],
        "available": True,
    }
    value, dropped = PromptedPage.of(PAGE).settled(answer)

    assert value == {
        "plans": [
            {"name": "Starter", "price": None, "features": ["Unlimited projects"]},
            {"name": "Pro", "price": 1299, "features": []},
        ],
        "available": None,
    }
    assert dropped == ["plans.0.features.1", "plans.2.name", "plans.2.price", "available"]


def test_with_a_schema_values_have_its_types_and_every_key_is_there() -> None:
    schema = {
        "plan": "string",
        "price": "price",
        "updated": "date",
        "inStock": "boolean",
        "link": "url",
        "discount": "number",
        "seats": "integer",
        "features": ["string"],
        "more": {"team": "string", "owner": "string"},
    }
    answer = {
        "plan": "pro",
        "price": "€1.299,00",
        "updated": "3 March 2026",
        "inStock": "In stock",
        "link": "https://shop.example/buy?plan=1",
        "discount": "15%",
        "seats": "17",
        "features": ["Unlimited projects", "Made up"],
        "more": {"team": "$12.5k", "owner": "Nobody Known"},
        "extra": "Pro",
    }
    value, dropped = PromptedPage.of(PAGE, "https://shop.example/", schema).settled(answer)

    assert value == {
        "plan": "Pro",
        "price": {"amount": 1299, "currency": "EUR"},
        "updated": "2026-03-03",
        "inStock": True,
        "link": "https://shop.example/buy?plan=1",
        "discount": 15,
        "seats": None,
        "features": ["Unlimited projects"],
        "more": {"team": "$12.5k", "owner": None},
    }
    assert dropped == ["seats", "features.1", "more.owner"]


def test_a_list_is_a_list_of_items_that_hold_something() -> None:
    page = PromptedPage.of(PAGE, schema=[{"name": "string", "price": "number"}])
    rows = [{"name": "Pro", "price": "€1.299,00"}, {"name": "Ghost"}, "x", {"name": "Team"}]

    assert page.answer_schema()["type"] == "array"
    for answer in (rows, {"plans": rows}):
        assert page.settled(answer)[0] == [
            {"name": "Pro", "price": 1299},
            {"name": "Team", "price": None},
        ]
    assert page.settled("nonsense")[0] == []


@pytest.mark.parametrize("answer", [None, 1, "Pro", [], [[]], {"a": {"b": [{}]}}])
def test_no_answer_breaks_a_schema(answer: object) -> None:
    value, _ = PromptedPage.of(PAGE, schema={"name": "string"}).settled(answer)

    assert value == {"name": None}


def test_an_answer_is_bounded_in_depth_and_number() -> None:
    deep: object = "Pro"
    for _ in range(100):
        deep = [deep]
    wide = ["Pro"] * 20_000

    assert PromptedPage.of(PAGE).settled(deep)[0] == []
    assert len(PromptedPage.of(PAGE).settled(wide)[0]) < 6_000


@pytest.mark.promise("scrape.prompt.extract")
def test_a_prompt_is_answered_with_json_from_the_page() -> None:
    model = Canned([{"name": "Pro", "price": "€1.299,00"}])
    prompt = "Extract all pricing tiers as JSON with name, price, and features[]"
    answer = asyncio.run(AnswerPrompt(model)(PAGE, prompt))

    assert answer.value == [{"name": "Pro", "price": "€1.299,00"}]
    assert (answer.dropped, answer.truncated) == ((), False)
    assert model.asked == [(PAGE, prompt, {})]


def test_without_a_model_the_setting_is_named_before_anything_is_done() -> None:
    nobody = AnswerPrompt(None)

    assert nobody.missing == "prompt needs a model: set WEBFERRY_MODEL"
    with pytest.raises(NeedsModel, match="WEBFERRY_MODEL"):
        nobody.check("anything")
    with pytest.raises(NeedsModel, match="WEBFERRY_MODEL"):
        asyncio.run(nobody(PAGE, "anything"))


@pytest.mark.parametrize(
    ("prompt", "schema"),
    [("", None), (" \n", None), ("x" * (MAX_PROMPT + 1), None), ("x", {"a": "nonsense"})],
)
def test_a_prompt_or_schema_that_cannot_be_used_is_refused(
    prompt: str, schema: dict[str, Any] | None
) -> None:
    with pytest.raises(InvalidRequest):
        AnswerPrompt(Canned(None)).check(prompt, schema)


def test_a_prompt_may_be_as_long_as_is_promised() -> None:
    AnswerPrompt(Canned(None)).check("x" * MAX_PROMPT)


def test_a_long_page_is_shown_in_part_and_said_so() -> None:
    model = Canned({"last": "the very end"})
    answer = asyncio.run(AnswerPrompt(model)("word " * MAX_SHOWN + "the very end", "The end?"))

    assert len(model.asked[0][0]) == MAX_SHOWN
    assert answer.truncated


def test_an_empty_page_asks_nobody() -> None:
    model = Canned({"a": "b"})

    assert asyncio.run(AnswerPrompt(model)(" \n", "Anything?")).value is None
    assert model.asked == []
