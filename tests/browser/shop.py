"""A shop on loopback with everything that steps are for, and that fails where it is told to."""

from tests.browser.live_site import Answer, Visit, page

_ITEMS = [(f"Lantern {n}", 10 + n) for n in range(1, 8)]
_LOGIN = """<!doctype html><title>Sign in</title><form action=/in method=get>
<input name=user><input name=word type=password><button id=go>Sign in</button></form>
<p id=said></p><script>document.querySelector('form').onsubmit = e => {
  e.preventDefault();
  const f = e.target;
  if (f.word.value === 'open sesame' && f.user.value === 'ann') location = '/products?p=1';
  else document.getElementById('said').textContent = 'Wrong: ' + f.word.value;
}</script>"""
_FEED = """<!doctype html><title>Feed</title><ul id=list></ul><script>
let n = 0, busy = false;
const more = async () => {
  if (busy || n >= 30) return;
  busy = true;
  const rows = await (await fetch('/rows?from=' + n)).json();
  for (const row of rows) {
    const li = document.createElement('li');
    li.className = 'row'; li.style.height = '100px'; li.textContent = row;
    list.append(li);
  }
  n += rows.length; busy = false;
};
more(); addEventListener('scroll', () => {
  if (scrollY + innerHeight > document.documentElement.scrollHeight - 50) more();
});</script>"""
_TRY = """<!doctype html><title>Workbench</title><p id=out>nothing</p>
<button id=hit onclick="out.textContent = 'hit'">Hit</button>
<button id=ask onclick="out.textContent = confirm('Sure?') ? 'yes' : 'no'">Ask</button>
<a id=pop href=/popup target=_blank>More</a>
<select id=pick onchange="out.textContent = 'picked ' + this.value">
  <option value=a>First</option><option value=b>Second</option></select>
<div id=warm onmouseenter="out.textContent = 'warm'">Warm</div>
<input id=field onkeydown="if (event.key === 'Enter') out.textContent = 'entered ' + this.value">
<div style="height: 3000px"></div>
<div id=low>Low</div><script>
addEventListener('scroll', () => { out.dataset.at = scrollY; });
setTimeout(() => { const b = document.createElement('b'); b.id = 'late'; b.textContent = 'Late';
  document.body.append(b); }, 600);</script>"""


def _products(visit: Visit) -> None:
    number = int(visit.path.partition("p=")[2] or 1)
    shown = _ITEMS[3 * number - 3 : 3 * number]
    cards = "".join(
        f"<article class=card><h2>{name}</h2><span class=price data-v={price}></span></article>"
        for name, price in shown
    )
    last = number * 3 >= len(_ITEMS)
    onward = "" if last else f'<a rel=next href="/products?p={number + 1}">Next</a>'
    lazy = (
        "<script>const o = new IntersectionObserver(seen => seen.forEach(s => {"
        " if (s.isIntersecting) s.target.textContent = '$' + s.target.dataset.v + '.00' }));"
        "document.querySelectorAll('.price').forEach(e => o.observe(e))</script>"
    )
    style = "<style>article { height: 700px }</style>"
    visit.say(page(f"<!doctype html><title>Products</title>{style}{cards}{onward}{lazy}"))


def _rows(visit: Visit) -> None:
    start = int(visit.path.partition("from=")[2])
    rows = ",".join(f'"Row {n}"' for n in range(start + 1, start + 11))
    visit.say(page(f"[{rows}]", "application/json"))


SHOP: dict[str, Answer] = {
    "/": page(_LOGIN),
    "/products": _products,
    "/feed": page(_FEED),
    "/rows": _rows,
    "/try": page(_TRY),
    "/popup": page("<!doctype html><title>Popup</title><p id=inside>Inside the popup</p>"),
    "/closing": page(
        "<!doctype html><button id=b onclick=\"const w = window.open('/popup');"
        " setTimeout(() => { w.close(); b.textContent = 'closed' }, 50)\">Open</button>"
    ),
    "/bomb": page("<!doctype html><script>setInterval(() => open('/popup'), 5)</script>Bomb"),
    "/spin": page("<!doctype html><button id=b onclick='for (;;);'>Spin</button>"),
    "/echo": page(
        "<!doctype html><input id=i oninput='o.textContent = this.value;"
        " document.title = this.value'><p id=o></p>"
    ),
}
