"""What words mean in five languages, and what decides between a list and one thing."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import json
from pathlib import Path

import pytest

from webferry.content.document import parse
from webferry.content.records.concepts import concept_of, likeness
from webferry.content.records.extraction import records

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "records").glob("*/case.json"))
# English, Russian, German, French, Spanish.
SAID = {
    "name": "title название titel titre título",
    "price": "cost цена preis prix precio",
    "url": "link ссылка webseite lien enlace",
    "image": "photo изображение bild image imagen",
    "description": "summary описание beschreibung description descripción",
    "author": "writer автор autor auteur autor",
    "date": "published дата datum date fecha",
    "rating": "stars рейтинг bewertung note valoración",
    "brand": "manufacturer бренд hersteller marque fabricante",
    "sku": "reference артикул artikelnummer référence referencia",
    "availability": "stock наличие verfügbarkeit disponibilité disponibilidad",
    "location": "place место ort lieu lugar",
    "size": "dimensions размер größe taille tamaño",
    "color": "colour цвет farbe couleur color",
    "weight": "weight вес gewicht poids peso",
}
CARDS = "".join(
    f'<li class="card"><a href="/p/{name}-{place}">{name}</a><b>${place}.50</b></li>'
    for place, name in enumerate(("anvil", "bucket", "chisel", "drill", "easel", "file"))
)
ONE = (
    '<meta property="og:type" content="product"><h1>Anvil</h1><p class="price">$99.00</p>'
    f"<p>{'Forged in one piece and made to be struck. ' * 20}</p>"
)


@pytest.mark.parametrize(
    ("concept", "word"), [(key, word) for key, words in SAID.items() for word in words.split()]
)
def test_a_word_names_its_concept_in_every_language(concept: str, word: str) -> None:
    found = concept_of(word)

    assert found is not None
    assert found.name == concept
    assert likeness(concept, word) >= 0.7


@pytest.mark.parametrize(
    ("label", "value"),
    [("Цена", "1 299 ₽"), ("Preis", "1.299,00 €"), ("Prix", "1 299,00 €"), ("Precio", "$1,299")],
)
def test_a_label_in_another_language_answers_an_english_key(label: str, value: str) -> None:
    page = parse(f"<h1>Anvil</h1><dl><dt>{label}</dt><dd>{value}</dd></dl>", "https://x.example/")
    found = records(page, {"price": "number"}, "this product")

    assert found.items == [{"price": 1299}]
    assert found.traces[0]["price"].source == "label"


@pytest.mark.parametrize(
    ("page", "instructions", "count"),
    [
        (f"<ul>{CARDS}</ul>", "", 6),
        (f"<ul>{CARDS}</ul>", "all products", 6),
        (f"{ONE}<aside class=related><ul>{CARDS}</ul></aside>", "", 1),
        (f"{ONE}<aside class=related><ul>{CARDS}</ul></aside>", "Extract the product", 1),
        (f"<h1>Tools</h1><ul>{CARDS}</ul>", "Все товары", 6),
        (f"<h1>Tools</h1><ul>{CARDS}</ul>", "Alle Produkte", 6),
    ],
)
def test_a_page_is_read_as_a_list_or_as_one_thing(page: str, instructions: str, count: int) -> None:
    found = records(
        parse(page, "https://x.example/"), {"name": "string", "price": "number"}, instructions
    )

    assert len(found.items) == count


TABLE = (
    "<table><tr><th>Name</th><th>Price</th></tr><tr><td>Anvil</td><td>$10</td></tr>"
    "<tr><td>Bucket</td><td>$4.50</td></tr><tr><td>Chisel</td><td>$12.25</td></tr></table>"
)
SPECIFICATION = (
    "<table><tr><th>Weight</th><td>3 kg</td></tr><tr><th>Colour</th><td>Red</td></tr></table>"
)
PROSE = f"<p>{'Forged in one piece and made to be struck. ' * 12}</p>"
FEW = "".join(f"<div class=card><h3>{name}</h3><b>$9</b></div>" for name in ("Awl", "Bow", "Cog"))
STORY = "".join(f"<p>{word} {'of the harbour and of its lamps ' * 9}</p>" for word in "ABCDEFGH")


@pytest.mark.parametrize("schema", [None, {"name": "string", "price": "number"}])
@pytest.mark.parametrize(
    ("page", "names"),
    [
        (TABLE, ["Anvil", "Bucket", "Chisel"]),
        (f"<h1>Stock</h1>{TABLE}", ["Anvil", "Bucket", "Chisel"]),
        (f"<h1>Shop</h1>{FEW}", ["Awl", "Bow", "Cog"]),
        (f"<h1>Anvil</h1><p>$99.00</p>{PROSE}{SPECIFICATION}", ["Anvil"]),
        (f"<h1>Anvil</h1><p>$99.00</p>{PROSE}{SPECIFICATION}<h2>Sizes</h2>{TABLE}", ["Anvil"]),
        (f"<h1>The lamps</h1><p>By Jane Doe</p>{STORY}", ["The lamps"]),
    ],
)
def test_without_instructions_a_small_table_is_a_list_and_a_page_with_a_subject_is_not(
    page: str, names: list[str], schema: dict[str, str] | None
) -> None:
    found = records(parse(f"<title>x</title>{page}", "https://x.example/"), schema)

    assert [item["name"] for item in found.items] == names


def test_one_row_of_a_table_is_no_answer_for_a_whole_page() -> None:
    page = f"<h1>How we forge</h1>{PROSE}{TABLE}{PROSE}"
    found = records(parse(page, "https://x.example/"), {"name": "string", "price": "number"})

    assert [item["price"] for item in found.items] == [10, 4.5, 12.25]


def test_a_schema_has_the_last_word_on_list_or_one() -> None:
    page = f"{ONE}<ul>{CARDS}</ul>"

    assert len(records(parse(page), [{"name": "string"}], "this product").items) > 1


def test_the_words_of_a_records_own_address_tell_its_name() -> None:
    rows = "".join(
        f'<li class="r"><span class="a">{house}</span><span class="b">{name.title()}</span>'
        f'<a href="/goods/{name.replace(" ", "-")}-{place}">more</a></li>'
        for place, (house, name) in enumerate(
            [
                ("Northern Harbour", "storm lantern"),
                ("Northern Harbour Shop", "signal lamp"),
                ("Old Quay Trading", "brass compass"),
                ("Lower Docks Company", "tarred rope"),
            ]
        )
    )
    found = records(
        parse(f"<ul>{rows}</ul>", "https://x.example/"), {"name": "string"}, "all items"
    )

    assert [item["name"] for item in found.items] == [
        "Storm Lantern",
        "Signal Lamp",
        "Brass Compass",
        "Tarred Rope",
    ]


def test_the_pages_made_for_this_have_values_of_every_source() -> None:
    seen: set[str] = set()
    for case in CASES:
        asked = json.loads((case / "case.json").read_text("utf-8"))
        page = parse((case / "page.html").read_bytes(), asked["url"])
        found = records(page, asked["schema"], asked["instructions"])
        seen |= {trace.source for traces in found.traces for trace in traces.values()}

    assert seen >= {"json-ld", "microdata", "opengraph", "table", "repeated", "label"}
