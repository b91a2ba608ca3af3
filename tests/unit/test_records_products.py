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
        ("<p>Low stock</p>", "InStock"),
        ("<p>ENDED</p><p>Mon, Apr 22</p>", "OutOfStock"),
        ("<p>Colour: Oak - Sold out</p><button>Add to your basket</button>", "InStock"),
        (
            '<form class="add-to-basket-form"><p>In stock online</p></form><p>Sold out</p>',
            "InStock",
        ),
        ("<p>Discontinued</p><h2>A new edition of this is available now</h2>", "OutOfStock"),
        ('<button class="btn add-to-cart">Ielikt grozā</button>', "InStock"),
        ('<button class="btn add-to-cart" disabled>Ielikt grozā</button>', None),
    ],
)
def test_what_is_shown_near_the_heading_says_whether_it_can_be_had(
    body: str, state: str | None
) -> None:
    assert read(body)["availability"] == state


@pytest.mark.parametrize(
    ("offers", "state"),
    [
        ('{"availability":"https://schema.org/MadeToOrder"}', "InStock"),
        ('{"availability":{"@id":"http://schema.org/SoldOut"}}', "OutOfStock"),
        (
            '{"lowPrice":4,"offers":[{"availability":"OutOfStock"},{"availability":"InStock"}]}',
            "InStock",
        ),
        ('{"availability":"Ask us"}', None),
    ],
)
def test_stock_is_read_wherever_schema_org_lets_it_stand(offers: str, state: str | None) -> None:
    assert read(stated(offers=offers))["availability"] == state


def test_a_variant_of_the_group_that_can_be_had_counts_for_the_product() -> None:
    variants = ",".join(
        f'{{"@type":"Product","name":"Boots {size}","offers":{{"availability":"{state}"}}}}'
        for size, state in ((41, "OutOfStock"), (42, "InStock"))
    )
    group = f'{{"@type":"ProductGroup","name":"Boots","hasVariant":[{variants}]}}'

    assert read(f'<script type="application/ld+json">{group}</script>')["availability"] == "InStock"


def test_what_a_thing_only_refers_to_is_read_too() -> None:
    graph = (
        '{"@graph":[{"@type":"Product","name":"Boots","offers":{"@id":"#o"}},'
        '{"@type":"Offer","@id":"#o","availability":"InStock"}]}'
    )

    assert read(f'<script type="application/ld+json">{graph}</script>')["availability"] == "InStock"


@pytest.mark.parametrize("name", ["product:availability", "og:availability"])
def test_the_catalogue_words_of_social_networks_are_understood(name: str) -> None:
    assert read(f'<meta property="{name}" content="oos">')["availability"] == "OutOfStock"


@pytest.mark.parametrize(
    ("body", "price"),
    [
        ("<p>EUR15.99</p>", 15.99),
        ("<p>8ft drop protection</p><p>$25.00</p>", 25),
        ("<p>Price drops? The difference is back within 90 days</p><p>$79.00</p>", 79),
        ("<p>Original price was: $249 </p><p>Current price is: $149</p>", 149),
        ("<p>The price was $50</p><p>$40</p>", 40),
        ("<select><option><span>$5.00</span></option></select><p>$335.00</p>", 335),
        ("<p>WLAN: 54 Mbps</p>", None),
    ],
)
def test_a_price_is_an_amount_that_is_asked_now(body: str, price: float | None) -> None:
    page = parse(f"<title>Boots</title><h1>Boots</h1>{body}", "https://shop.example/p")
    found = records(page, {"name": "string", "price": "number"}, "Extract the product")

    assert found.items[0]["price"] == price


def test_a_price_in_a_list_of_other_things_is_not_the_products() -> None:
    others = "".join(f"<li><a href=/p/{n}>Socks</a> <b>$ {n}.99</b></li>" for n in range(3, 9))
    body = f"<ul>{others}</ul><div>$ 120.00</div>{'<p>Words.</p>' * 80}"
    page = parse(f"<title>Boots</title><h1>Boots</h1>{body}", "https://shop.example/p")

    assert records(page, {"price": "number"}, "Extract the product").items == [{"price": 120}]
