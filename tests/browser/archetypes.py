"""Pages that scripts build: one for each way in which content comes late."""

from tests.browser.live_site import Answer, Visit, page

CONTENT = "The ferry leaves at nine"
_SHELL = '<!doctype html><title>Shell</title><div id="root"></div><script>%s</script>'
_SPINNER = '<!doctype html><title>Shell</title><div id="root"><p class="spinner">Loading…</p></div>'
_SHOW = (
    "const show = text => { document.getElementById('root').innerHTML = '<h1>' + text + '</h1>'; };"
)
_FETCH = "fetch('/text').then(r => r.text()).then(show);"
_READ = f"<p>{'Some words to read. ' * 30}</p>"
_TALL = '<div style="height:4000px"></div>'


def _slow(visit: Visit) -> None:
    visit.later(1.2, page(CONTENT, "text/plain"))


def _socket(visit: Visit) -> None:
    visit.open_socket()
    if not visit.server.closing.wait(0.3):
        visit.send_frame(CONTENT)
        visit.server.closing.wait(20)


def _events(visit: Visit) -> None:
    visit.say(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
    visit.later(0.3, f"data: {CONTENT}\n\n".encode())
    visit.server.closing.wait(20)


def _hanging(visit: Visit) -> None:
    visit.server.closing.wait(60)


def _flaky(visit: Visit) -> None:
    # The first minute of a service's day, as its visitors know it.
    first = not any("/flaky-was-here" in request for request in visit.server.site.requests)
    visit.server.site.requests.append("/flaky-was-here")
    status = "503 Service Unavailable" if first else "200 OK"
    visit.say(page("no" if first else CONTENT, "text/plain", status))


def _scripted(script: str, markup: str = "") -> bytes:
    return page((_SHELL % (_SHOW + script)).replace("<script>", f"{markup}<script>", 1))


ARCHETYPES: dict[str, bytes] = {
    "fetch-then-render": _scripted(_FETCH),
    "xhr": _scripted(
        "const x = new XMLHttpRequest(); x.open('GET', '/text');"
        "x.onload = () => show(x.responseText); x.send();"
    ),
    "timer": _scripted(f"setTimeout(() => show('{CONTENT}'), 900);"),
    "timer-after-spinner": page(
        f"{_SPINNER}<p>{'A long introduction. ' * 20}<script>{_SHOW}"
        f"setTimeout(() => show('{CONTENT}'), 1800);</script>"
    ),
    "many-small-steps": _scripted(
        "let n = 0; (function more() { const e = document.createElement('p');"
        f"e.textContent = n === 60 ? '{CONTENT}' : 'step ' + n; document.body.append(e);"
        "if (n++ < 60) setTimeout(more, 12); })();"
    ),
    "chained-requests": _scripted(
        "fetch('/text').then(r => r.text()).then(() => fetch('/text?2')).then(r => r.text())"
        ".then(() => fetch('/text?3')).then(r => r.text()).then(show);"
    ),
    "hydration": page(
        f'{_SPINNER}<script id="state" type="application/json">{{"text": "{CONTENT}"}}</script>'
        f"<script>{_SHOW}addEventListener('load', () => setTimeout(() =>"
        "show(JSON.parse(document.getElementById('state').textContent).text), 50));</script>"
    ),
    "lazy-module": _scripted("import('/module.mjs').then(m => m.start(show));"),
    "shadow-dom": page(
        "<!doctype html><ferry-board></ferry-board><script>customElements.define('ferry-board',"
        "class extends HTMLElement { async connectedCallback() {"
        "const root = this.attachShadow({mode: 'open'}); root.innerHTML = '<slot></slot>';"
        "const p = document.createElement('p');"
        "p.textContent = await (await fetch('/text')).text(); root.append(p); } });</script>"
    ),
    "nested-shadow-late": page(
        "<!doctype html><a-a></a-a><script>customElements.define('b-b', class extends HTMLElement {"
        "connectedCallback() { const root = this.attachShadow({mode: 'open'});"
        f"setTimeout(() => {{ root.innerHTML = '<h1>{CONTENT}</h1>'; }}, 700); }} }});"
        "customElements.define('a-a', class extends HTMLElement { connectedCallback() {"
        "this.attachShadow({mode: 'open'}).innerHTML = '<b-b></b-b>'; } });</script>"
    ),
    "lazy-on-view": _scripted(
        "new IntersectionObserver((seen, o) => { if (seen.some(s => s.isIntersecting)) {"
        "o.disconnect(); fetch('/text').then(r => r.text()).then(show); } })"
        ".observe(document.getElementById('end'));",
        f'{_READ}{_TALL}<div id="end">.</div>',
    ),
    "lazy-on-scroll": _scripted(
        "let asked; addEventListener('scroll', () => { if (asked || scrollY < 2000) return;"
        "asked = fetch('/text').then(r => r.text()).then(show); });",
        _READ + _TALL,
    ),
    "lazy-in-the-middle": _scripted(
        "new IntersectionObserver((seen, o) => { if (seen.some(s => s.isIntersecting)) {"
        "o.disconnect(); fetch('/text').then(r => r.text()).then(show); } })"
        ".observe(document.getElementById('middle'));",
        f'{_READ}{_TALL}<div id="middle">.</div>{_TALL}',
    ),
    "lazy-piece-by-piece": _scripted(
        "let left = 11; const o = new IntersectionObserver(all => all.forEach(one => {"
        "if (!one.isIntersecting) return; o.unobserve(one.target); one.target.append('Seen. ');"
        f"if (!--left) show('{CONTENT}'); }}));"
        "document.querySelectorAll('section').forEach(s => o.observe(s));",
        _READ + '<section style="height:900px">A part. </section>' * 11,
    ),
    "endless-polling": _scripted(_FETCH + "setInterval(() => fetch('/hop'), 150);"),
    "long-poll": _scripted(_FETCH + "fetch('/hanging');"),
    "ticking-clock": _scripted(
        _FETCH + "setInterval(() => { clock.textContent = Date.now(); }, 40);",
        '<p id="clock"></p>',
    ),
    "websocket": page(
        f"{_SPINNER}<script>{_SHOW}const s = new WebSocket('ws://' + location.host + '/socket');"
        "s.onmessage = m => show(m.data);</script>"
    ),
    "event-stream": _scripted(
        "const s = new EventSource('/events'); s.onmessage = m => show(m.data);"
    ),
    "script-redirect": page("<p>One moment…<script>location.replace('/final')</script>"),
    "late-redirect": page(
        "<p>One moment…<script>setTimeout(() => location = '/final', 600)</script>"
    ),
    "meta-refresh": page('<meta http-equiv="refresh" content="1;url=/final"><p>One moment…'),
    "slow-api": _scripted("fetch('/slow').then(r => r.text()).then(show);"),
    "failing-then-retry": _scripted(
        "const go = () => fetch('/flaky').then(r => { if (!r.ok) throw 0; return r.text(); })"
        ".then(show).catch(() => setTimeout(go, 500)); go();"
    ),
    "error-in-script": _scripted(f"show('{CONTENT}'); throw new Error('and now?');"),
    "consent-overlay": page(
        "<!doctype html><div id=wall style='position:fixed;inset:0;background:#fff'>We value your"
        " privacy <button onclick='wall.remove()'>Accept</button></div><div id=root></div>"
        f"<script>{_SHOW}{_FETCH}</script>"
    ),
    "hanging-picture": _scripted(_FETCH, '<link rel="stylesheet" href="/hanging" media="print">'),
    "document-write": page(
        "<!doctype html><script>addEventListener('load', () => { document.open();"
        f"document.write('<h1>{CONTENT}</h1>'); document.close(); }});</script>"
    ),
    "frame-by-frame": _scripted(
        "let n = 0; (function more() { if (n++ < 30) return requestAnimationFrame(more);"
        f"show('{CONTENT}'); }})();"
    ),
    "when-idle": _scripted(f"requestIdleCallback(() => show('{CONTENT}'));"),
}

SITE: dict[str, Answer] = {
    **{f"/{name}": answer for name, answer in ARCHETYPES.items()},
    "/text": page(CONTENT, "text/plain"),
    "/hop": page("{}", "application/json"),
    "/final": page(f"<!doctype html><h1>{CONTENT}</h1>"),
    "/module.mjs": page(
        "export function start(show) { fetch('/text').then(r => r.text()).then(show); }",
        "text/javascript",
    ),
    "/slow": _slow,
    "/socket": _socket,
    "/events": _events,
    "/hanging": _hanging,
    "/flaky": _flaky,
}
