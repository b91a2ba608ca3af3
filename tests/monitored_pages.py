"""A shelf of lanterns as a monitor sees it: twenty noises that say nothing, twenty real changes."""

import re
from typing import Any

Lamp = dict[str, Any]
Change = dict[str, Any]

SCHEMA = {"name": "string", "price": "number", "stock": "string", "url": "url"}
NAMES = ("Storm", "Harbour", "Signal", "Pier", "Reef", "Bow", "Mast", "Quay")
SHELF: tuple[Lamp, ...] = tuple(
    {"name": f"{name} lantern", "price": 10.5 + place, "stock": "In stock", "url": f"/l/{name}"}
    for place, name in enumerate(NAMES)
)


def html(shelf: tuple[Lamp, ...] = SHELF) -> str:
    """The page that shows these lanterns."""
    cards = "".join(
        f'<li class="card"><h2><a href="{lamp["url"]}">{lamp["name"]}</a></h2>'
        + (f'<span class="price">${lamp["price"]:.2f}</span>' if lamp["price"] else "")
        + f'<span class="stock">{lamp["stock"]}</span></li>\n'
        for lamp in shelf
    )
    return (
        "<!doctype html><html><head><title>Lanterns</title></head><body><header>"
        "<a href=/>The Lamp Shop</a></header><main><h1>All our lanterns</h1>"
        f"<ul class=shelf>{cards}</ul></main><footer><p>Lit since 1890.</p></footer></body></html>"
    )


def _in_head(text: str) -> str:
    return html().replace("</title>", f"</title>{text}")


def _on_top(text: str) -> str:
    return html().replace("<main>", f"{text}<main>")


def _below(text: str) -> str:
    return html().replace("</main>", f"</main>{text}")


NOISES: tuple[str, ...] = (
    _in_head('<meta name="csrf" content="8f14e45fceea167a5a36dedd4bea2543">'),
    _in_head('<script nonce="c9f0f895fb98">var seen = 1795252281186</script>'),
    _in_head('<link rel="stylesheet" href="/s.css?v=20261121"><style>.card{color:red}</style>'),
    _on_top("<aside class=ad><p>Ropes, now $3.99 a yard!</p></aside>"),
    _on_top("<div>12:41:07</div>"),
    _on_top("<div class=cookie>We use cookies. <button>Accept</button></div>"),
    _on_top("<p>Free delivery ends in 03:12:55</p>"),
    _below("<div>431 users online</div><p>Request 45c48cce2e2d7fbdea1afc51c7c6ad26</p>"),
    _below("<ul class=related><li><a href=/t/1>Tar</a><li><a href=/t/2>Twine</a></ul>"),
    _below("<p>Last updated 3 minutes ago, 1,204 views</p>"),
    html(SHELF[::-1]),
    html(SHELF[3:] + SHELF[:3]),
    re.sub(r'href="(/l/\w+)"', r'href="\1?utm_source=mail&sid=7c6ad26"', html()),
    html().replace("\n", "").replace("<li", "\n\n   <li").replace("</h2>", "</h2>\n\t"),
    html().replace('<li class="card">', '<!-- row --><li class="card" data-seen="9" id="x1">'),
    html().replace("$", "&#36;").replace("lantern<", "lantern&nbsp;<"),
    html()
    .replace("<ul class=shelf>", '<div class="row"><ul class=shelf>')
    .replace("</ul>", "</ul></div>"),
    html().replace('class="card"', 'class="card css-1x7ab"').replace("<main>", "<main class=v2>"),
    html().replace("</li>", "<i>9 people look at this</i></li>"),
    html().replace("h2>", "H2>").replace('class="price"', "class=price title='9'"),
)


def _set(place: int, **values: Any) -> tuple[Lamp, ...]:
    return tuple({**lamp, **values} if each == place else lamp for each, lamp in enumerate(SHELF))


def _changed(place: int, field: str, after: Any) -> tuple[str, list[Change]]:
    told = {"type": "changed", "key": SHELF[place]["url"], "field": field}
    shelf = _set(place, **{field: after})
    return html(shelf), [told | {"before": SHELF[place][field], "after": after}]


def _came(lamp: Lamp, place: int) -> tuple[str, list[Change]]:
    shelf = (*SHELF[:place], lamp, *SHELF[place:])
    return html(shelf), [{"type": "added", "before": None, "after": lamp}]


def _went(place: int) -> tuple[str, list[Change]]:
    shelf = SHELF[:place] + SHELF[place + 1 :]
    return html(shelf), [{"type": "removed", "before": SHELF[place], "after": None}]


_NEW = {"name": "Lighthouse lantern", "price": 199.0, "stock": "In stock", "url": "/l/Lighthouse"}
_TWO = tuple(
    {**lamp, "price": lamp["price"] + 1} if at < 2 else lamp for at, lamp in enumerate(SHELF)
)
_ALL = tuple({**lamp, "price": lamp["price"] * 2} for lamp in SHELF)


def _prices(shelf: tuple[Lamp, ...]) -> tuple[str, list[Change]]:
    told = [
        {
            "type": "changed",
            "key": was["url"],
            "field": "price",
            "before": was["price"],
            "after": now["price"],
        }
        for was, now in zip(SHELF, shelf, strict=True)
        if was != now
    ]
    return html(shelf), told


CHANGES: tuple[tuple[str, list[Change]], ...] = (
    _changed(0, "price", 11.5),
    _changed(1, "price", 11.49),
    _changed(2, "price", 1250.0),
    _changed(3, "price", 0.99),
    _changed(7, "price", 17.51),
    _changed(4, "price", None),
    _changed(0, "stock", "Sold out"),
    _changed(5, "stock", "Only 2 left"),
    _changed(7, "stock", "Back in May"),
    _changed(2, "stock", "Discontinued"),
    _changed(0, "name", "Gale lantern"),
    _changed(6, "name", "Mast lantern, brass"),
    _came(_NEW, 0),
    _came(_NEW, 4),
    _came(_NEW, 8),
    _went(0),
    _went(3),
    _went(7),
    _prices(_TWO),
    _prices(_ALL),
)
