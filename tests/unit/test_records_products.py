"""One product on a page: the number its readers see, and whether it can be had."""

import pytest

from webferry.content.document import parse
from webferry.content.records.extraction import records

SCHEMA = {
    "name": "string",
    "sku": "string",
    "availability": {"type": "string", "enum": ["InStock", "OutOfStock"]},
}


def read(body: str, url: str = "https://shop.example/p") -> dict[str, object]:
    page = parse(f"<title>Boots</title><h1>Boots</h1>{body}", url)
    return records(page, SCHEMA, "Extract the product").items[0]


def stated(**more: str) -> str:
    said = ",".join(f'"{key}":{value}' for key, value in more.items())
    return (
        f'<script type="application/ld+json">{{"@type":"Product","name":"Boots",{said}}}</script>'
    )


def test_a_number_readers_see_beats_one_that_only_machines_are_told() -> None:
    told = stated(sku='"238368885"')

    assert read(f"{told}<p>Product code: 83810610</p>")["sku"] == "83810610"
    assert read(told)["sku"] == "238368885"
    assert read(f"{told}<p>Product code: 83810610</p><p>No 238368885</p>")["sku"] == "238368885"


def test_a_number_with_marks_is_known_by_the_figures_of_the_address() -> None:
    body = f"{stated(sku=chr(34) + '84518927-040' + chr(34))}<p>3/2024</p><span>1002/710</span>"

    assert read(body, "https://shop.example/boots-p11002710.html")["sku"] == "1002/710"
    assert read(body, "https://shop.example/boots-p555.html")["sku"] == "84518927-040"


def test_one_size_sold_out_does_not_make_a_product_so() -> None:
    sizes = [
        stated(offers=f'{{"availability":"https://schema.org/{state}"}}')
        for state in ("OutOfStock", "InStock", "OutOfStock")
    ]

    assert read("".join(sizes))["availability"] == "InStock"
    assert read(sizes[0] + sizes[2])["availability"] == "OutOfStock"


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<p>Sold out</p>", "OutOfStock"),
        ("<p>Sold out</p><button>Add to cart</button>", "InStock"),
        ("<p>Sold out</p><button disabled>Add to cart</button>", "OutOfStock"),
        ("<p hidden>In stock</p><p>Sold out</p>", "OutOfStock"),
        ('<div style="display: none"><p>In stock</p></div><p>Sold out</p>', "OutOfStock"),
        ("<label><span>42 - Sold out</span></label><p>Ready to ship</p>", "InStock"),
        ("<p>Get notified by email when this is back in stock</p>", "OutOfStock"),
        ("<p>Na zalogi</p>", "InStock"),
        ("<p>Nincs raktáron</p>", "OutOfStock"),
        ("<p>Warranty: information not available</p>", None),
        ("<nav><a>Buy again</a></nav>", None),
    ],
)
def test_what_is_shown_near_the_heading_says_whether_it_can_be_had(
    body: str, state: str | None
) -> None:
    assert read(body)["availability"] == state
