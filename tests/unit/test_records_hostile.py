"""Records of hostile pages: no crash, little time, little memory."""

import random
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from tests.standing import assert_standing
from webferry.content.document import parse
from webferry.content.records.extraction import records

SCHEMA = {"name": "string", "price": "number", "sku": "string", "tags": ["string"]}
MOST_SECONDS = 5.0
CASES = Path(__file__).parents[1] / "records"


def _stated(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


HOSTILE: dict[str, Callable[[], str]] = {
    "deep": lambda: "<div>" * 200_000 + "x",
    "deep_lists": lambda: "<ul><li>a" * 50_000,
    "deep_tables": lambda: "<table><tr><td>" * 20_000,
    "wide": lambda: "<ul>" + "<li>item $5</li>" * 200_000,
    "wide_mixed": lambda: "".join(
        f"<i{n % 997} class=c{n}>{n}</i{n % 997}>" for n in range(60_000)
    ),
    "many_signs": lambda: "".join(
        f"<li class=x{chr(97 + n % 26) * (n % 90)}>{n}" for n in range(30_000)
    ),
    "attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x",
    "long_classes": lambda: f"<div class='{'abc ' * 400_000}'>$5</div>" * 3,
    "long_class_path": lambda: f"<div class='{'x' * 290}'>" * 250 + "<p>a</p><p>b</p>" * 50,
    "long_text": lambda: "<p>" + "1," * 2_000_000,
    "digits": lambda: "<ul>" + f"<li>{'9' * 100_000}</li>" * 20,
    "labels": lambda: "<p>" + "a:b:" * 300_000 + "</p>" + "<p>a: b</p>" * 30_000,
    "emails": lambda: "<p>" + "a" * 500_000 + "@</p>",
    "spans": lambda: "<table>" + "<tr><td colspan=9999 rowspan=9999>x<td>$1" * 5_000,
    "runs": lambda: "<h4>a</h4><p>b</p>" * 50_000,
    "microdata": lambda: "<div itemscope itemprop=a>" * 250 + "<i itemprop=name>x</i>" * 50_000,
    "json_ld_deep": lambda: _stated("[" * 500_000),
    "json_ld_nested": lambda: _stated('{"@type":"Product","a":' * 900 + "1" + "}" * 900),
    "json_ld_many": lambda: _stated("[" + '{"@type":"Product","name":"x"},' * 40_000 + "1]"),
    "json_ld_numbers": lambda: _stated(
        '{"@type":"Product","name":1e999,"offers":{"price":' + "9" * 4_000 + "}}"
    ),
    "options": lambda: "<select>" + "<option>$5" * 100_000,
    "nul_and_surrogates": lambda: "<p>\0\ud800$5</p>" * 10_000,
    "data_attributes": lambda: "".join(
        f"<li {' '.join(f'data-a{n}={n}' for n in range(300))}>x" for _ in range(300)
    ),
    "ten_megabytes": lambda: "<div class=card><h3>Name</h3><b>$5.00</b></div>" * 210_000,
}  # fmt: skip


@pytest.mark.promise("extract.never-invented")
def test_words_around_a_link_are_not_put_together_without_it() -> None:
    told = "An early word on folding stands in <i>the Harbour Magazine</i>, volume 47, of July."
    page = "".join(f"<dd><p>{told} {'It goes on. ' * 40}{n}</p></dd>" for n in range(4))
    document = parse(f"<dl>{page}</dl>", "https://m.example/")

    assert_standing(document, records(document, {"description": "string"}, "all items"))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("schema", [SCHEMA, None], ids=["schema", "inferred"])
def test_a_hostile_page_costs_little(name: str, schema: object) -> None:
    page = parse(HOSTILE[name](), "https://hostile.example/")
    start = process_time()
    records(page, schema, "all items")
    assert process_time() - start < MOST_SECONDS


def test_mutated_pages_never_break_it_and_their_values_stand_in_them() -> None:
    dice = random.Random(4)
    pages = [path.read_bytes() for path in sorted(CASES.glob("*/page.html"))]
    for _ in range(300):
        body = bytearray(dice.choice(pages))
        for _ in range(dice.randint(1, 12)):
            start = dice.randrange(len(body))
            other = dice.choice(pages)
            cut = dice.randrange(len(other))
            body[start : start + dice.randint(0, 40)] = other[cut : cut + dice.randint(0, 60)]
        document = parse(bytes(body), "https://m.example/")
        assert_standing(document, records(document, dice.choice([SCHEMA, None]), ""))
