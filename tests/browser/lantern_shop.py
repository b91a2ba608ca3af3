"""A shop that only steps can read: sign in, close a box, search, turn pages, scroll to the end."""

from urllib.parse import parse_qs, urlsplit

from tests.browser.live_site import Answer, Visit, page

USER, PASSWORD, SESSION = "ann@example.com", "open sesame & <more>", "lit=1"
STOCK = [(f"{kind} lantern", 10.5 + n) for n, kind in enumerate(
    ["Storm", "Harbour", "Signal", "Pier", "Reef", "Bow", "Stern", "Mast"]
)]  # fmt: skip
OFFERS = [(f"{kind} oil", 3.25 + n) for n, kind in enumerate(["Clear", "Red", "Green"])]
OUTLET = [(f"Old lamp {n}", 100.75 + n) for n in range(1, 26)]
RECORDS = [{"name": name, "price": price} for name, price in [*OFFERS, *STOCK, *OUTLET]]
FLOW = {
    "name": "The whole shop",
    "mode": "interact",
    "outputSchema": {"name": "string", "price": "number"},
    "steps": [
        {"type": "navigate", "label": "Sign-in page"},
        {"type": "type", "selector": "[name=email]", "text": USER},
        {"type": "type", "selector": "[name=password]", "text": "{{secrets.shop_password}}"},
        {"type": "click", "label": "Sign in", "selector": "role=button[name='Sign in']"},
        {"type": "click", "label": "No newsletter", "selector": "text=No, thanks"},
        {"type": "click", "label": "Offers", "selector": "text=Offers of the day"},
        {"type": "extract", "selector": "li.item"},
        {"type": "click", "label": "Close the offers", "selector": "text=Close"},
        {"type": "type", "selector": "[name=q]", "text": "lantern"},
        {"type": "press", "key": "Enter"},
        {"type": "wait", "selector": "li.item"},
        {"type": "paginate", "next": "text=Next page", "maxPages": 10},
        {"type": "click", "selector": "text=Outlet"},
        {"type": "paginate", "maxPages": 10},
        {"type": "screenshot", "label": "The outlet", "fullPage": True},
    ],
}
_TOP = "<!doctype html><html lang=en><meta charset=utf-8><title>Lanterns</title>"
_SIGN_IN = f"""{_TOP}<h1>Sign in</h1><form action=/in method=post>
<input name=email type=email><input name=password type=password><button>Sign in</button></form>"""
_HOME = f"""{_TOP}<style>#box {{ position: fixed; inset: 0; background: #fff }}</style>
<h1>Welcome</h1><form action=/products><input name=q><button>Search</button></form>
<button onclick="window.open('/offers')">Offers of the day</button><script>
setTimeout(() => {{ const box = document.createElement('div'); box.id = 'box';
  box.innerHTML = '<p>Our newsletter?</p><button>No, thanks</button>';
  box.querySelector('button').onclick = () => box.remove(); document.body.append(box); }}, 300)
</script>"""
_OUTLET = f"""{_TOP}<h1>Outlet</h1><ul id=list></ul><script>
let shown = 0, busy = false, end = false;
const more = async () => {{
  if (busy || end) return;
  busy = true;
  const html = await (await fetch('/outlet/rows?from=' + shown)).text();
  list.insertAdjacentHTML('beforeend', html); shown = list.children.length;
  end = !html; busy = false;
}};
more(); addEventListener('scroll', () => {{
  if (scrollY + innerHeight > document.documentElement.scrollHeight - 50) more(); }});
</script>"""
_LAZY = """<script>const seen = new IntersectionObserver(all => all.forEach(async each => {
  if (!each.isIntersecting || each.target.textContent) return;
  seen.unobserve(each.target);
  each.target.textContent = await (await fetch('/price?of=' + each.target.dataset.of)).text();
})); document.querySelectorAll('.price').forEach(each => seen.observe(each))</script>"""


def _row(name: str, price: float) -> str:
    height = "style='height: 300px'"
    return f"<li class=item {height}><h2>{name}</h2><span class=price>${price:.2f}</span></li>"


def _lazy_row(name: str) -> str:
    price = f"<span class=price data-of='{name}'></span>"
    return f"<li class=item style='height: 700px'><h2>{name}</h2>{price}</li>"


def _asked(visit: Visit, name: str) -> str:
    return parse_qs(urlsplit(visit.path).query).get(name, [""])[0]


def _sign_in(visit: Visit) -> None:
    told = parse_qs(visit.rfile.read(int(visit.headers["content-length"])).decode())
    good = told == {"email": [USER], "password": [PASSWORD]}
    more = ["Location: /home", f"Set-Cookie: {SESSION}; Path=/; HttpOnly"] if good else []
    visit.say(page("Wrong", "text/html", "303 See Other" if good else "403 Forbidden", *more))


def _guarded(html_of: Answer) -> Answer:
    def answer(visit: Visit) -> None:
        if visit.headers.get("cookie") != SESSION:
            visit.say(page("", "text/html", "303 See Other", "Location: /"))
        elif callable(html_of):
            html_of(visit)
        else:
            visit.say(html_of)

    return answer


def _products(visit: Visit) -> None:
    number, words = int(_asked(visit, "p") or 1), _asked(visit, "q")
    found = [name for name, _ in STOCK if words and words in name]
    rows = "".join(map(_lazy_row, found[3 * number - 3 : 3 * number]))
    last = 3 * number >= len(found)
    onward = f"<a href='/products?q={words}&p={number + 1}'>Next page</a>"
    ended = "<button disabled>Next page</button>"
    links = f"{ended if last else onward} <a href=/outlet>Outlet</a>"
    visit.say(page(f"{_TOP}<h1>Found</h1><ul>{rows}</ul>{links}{_LAZY}"))


def _price(visit: Visit) -> None:
    visit.later(0.05, page(f"${dict(STOCK)[_asked(visit, 'of')]:.2f}", "text/plain"))


def _rows(visit: Visit) -> None:
    start = int(_asked(visit, "from"))
    rows = "".join(_row(name, price) for name, price in OUTLET[start : start + 10])
    visit.later(0.05, page(rows, "text/plain"))


_offers = "".join(_row(name, price) for name, price in OFFERS)
LANTERN_SHOP: dict[str, Answer] = {
    "/": page(_SIGN_IN),
    "/in": _sign_in,
    "/home": _guarded(page(_HOME)),
    "/offers": _guarded(
        page(f"{_TOP}<ul>{_offers}</ul><button onclick='window.close()'>Close</button>")
    ),
    "/products": _guarded(_products),
    "/price": _guarded(_price),
    "/outlet": _guarded(page(_OUTLET)),
    "/outlet/rows": _guarded(_rows),
}
