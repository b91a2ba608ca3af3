"""Pages that want to hang, bloat or kill the browser, each with what may become of it."""

import gzip
from dataclasses import dataclass

from tests.browser.live_site import Answer, Visit, page
from webferry.domain.errors import ErrorCode

OK = "OK"
READABLE = "<!doctype html><p>Words before the trouble.</p>"


@dataclass(frozen=True)
class Hostile:
    """A page, and the codes that are right for it."""

    answer: Answer
    codes: frozenset[str]

    @property
    def timeout_ms(self) -> int:
        """Short where the deadline is what ends it, long where it ends by itself."""
        return 3_000 if ErrorCode.TIMEOUT in self.codes else 15_000


def _script(script: str, *codes: str, markup: str = READABLE) -> Hostile:
    return Hostile(page(f"{markup}<script>{script}</script>"), frozenset(codes))


def _drip(visit: Visit) -> None:
    visit.say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + READABLE.encode())
    while not visit.server.closing.wait(0.2):
        visit.say(b"<p>more")


def _silent(visit: Visit) -> None:
    visit.server.closing.wait(60)


def _endless_headers(visit: Visit) -> None:
    visit.say(b"HTTP/1.1 200 OK\r\n")
    for n in range(100_000):
        visit.say(b"X-%d: %s\r\n" % (n, b"x" * 1000))


def _large(visit: Visit) -> None:
    visit.say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(60):
        visit.say(b"<p>" + b"a" * 1_000_000)


def _gzip_bomb(visit: Visit) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 200_000_000, 9)
    visit.say(page(bomb, "text/html", "200 OK", "Content-Encoding: gzip"))


def _headless(visit: Visit) -> None:
    visit.say(b"\x00\x01\x02 this is no HTTP at all\r\n\r\n")


_TIMEOUT, _FAILED = ErrorCode.TIMEOUT, ErrorCode.FETCH_FAILED
_NON_HTML, _PRIVATE = ErrorCode.NON_HTML_RESPONSE, ErrorCode.PRIVATE_NETWORK_TARGET

HOSTILE: dict[str, Hostile] = {
    "busy-loop": _script("while (1);", _TIMEOUT),
    "busy-loop-after-load": _script(
        "addEventListener('load', () => setTimeout(() => { while (1); }, 30));", OK, _TIMEOUT
    ),
    "alerts": _script("for (let i = 0; i < 5; i++) alert(i); confirm('x'); prompt('y');", OK),
    "endless-alerts": _script("while (1) alert('again');", _TIMEOUT, _FAILED),
    "print": _script("print();", OK),
    "before-unload": _script(
        "onbeforeunload = () => 'stay'; setTimeout(() => location = '/calm', 100);", OK
    ),
    "endless-redirect": Hostile(
        page("", "text/html", "302 Found", "Location: /endless-redirect"), frozenset({_FAILED})
    ),
    "endless-location": _script(
        "location = '/endless-location?' + Math.random();", _FAILED, _TIMEOUT
    ),
    "slow-drip": Hostile(_drip, frozenset({_TIMEOUT})),
    "silence": Hostile(_silent, frozenset({_TIMEOUT})),
    "download": Hostile(
        page(b"PK\x03\x04", "application/zip", "200 OK", "Content-Disposition: attachment"),
        frozenset({_NON_HTML}),
    ),
    "picture": Hostile(page(b"\x89PNG", "image/png"), frozenset({_NON_HTML})),
    "script-download": _script(
        "const a = document.createElement('a'); a.download = 'x'; a.href = URL.createObjectURL("
        "new Blob(['x'.repeat(1e6)])); a.click(); location = '/download';",
        OK,
        _NON_HTML,
    ),
    "window-bomb": _script(
        "setInterval(() => { for (let i = 0; i < 20; i++) open('/calm'); }, 10);", OK
    ),
    "large-page": Hostile(_large, frozenset({_FAILED})),
    "gzip-bomb": Hostile(_gzip_bomb, frozenset({_FAILED, _TIMEOUT})),
    "endless-headers": Hostile(_endless_headers, frozenset({_FAILED})),
    "no-http": Hostile(_headless, frozenset({_FAILED})),
    "typed-array-bomb": _script(
        "const kept = []; setInterval(() => kept.push(new Uint8Array(3e7).fill(1)), 5);",
        _FAILED,
        OK,
    ),
    "object-bomb": _script(
        "const kept = []; setInterval(() => { for (let i = 0; "
        "i < 2e5; i++) kept.push({i, s: 'x' + i}); },"
        " 5);",
        _FAILED,
        _TIMEOUT,
        OK,
    ),
    "dom-bomb": _script(
        "setInterval(() => { for (let i = 0; i < 2e4; i++) document.body.append('x',"
        " document.createElement('p')); }, 1);",
        OK,
        _FAILED,
        _TIMEOUT,
    ),
    "deep-nesting": Hostile(page("<div>" * 100_000 + "deep"), frozenset({OK, _FAILED, _TIMEOUT})),
    "history-bomb": _script(
        "let n = 0; setInterval(() => { for (let i = 0; i < 50; i++)"
        " try { history.pushState(0, '', '?' + n++) } catch (e) {} }, 1);",
        OK,
    ),
    "console-flood": _script(
        "setInterval(() => { for (let i = 0; i < 1e4; i++) console.log(i); }, 1);", OK, _TIMEOUT
    ),
    "frame-in-itself": Hostile(
        page(READABLE + "<iframe src='/frame-in-itself?'></iframe>" * 2), frozenset({OK, _TIMEOUT})
    ),
    "worker-bomb": _script(
        "const u = URL.createObjectURL(new Blob(['while (1);']));"
        "for (let i = 0; i < 8; i++) new Worker(u);",
        OK,
        _TIMEOUT,
    ),
    "request-flood": _script(
        "setInterval(() => { for (let i = 0; i < 50; i++) fetch('/calm?' + Math.random()); }, 5);",
        OK,
        _TIMEOUT,
        _FAILED,
    ),
    "huge-data-url": _script(
        "const i = new Image(); i.src = 'data:image/png;base64,' + 'A'.repeat(3e7);"
        "fetch('data:text/plain,' + 'B'.repeat(3e7));",
        OK,
        _FAILED,
        _TIMEOUT,
    ),
    "half-characters": _script("document.body.append('\\ud800 half');", OK),
    "no-root": _script("addEventListener('load', () => document.documentElement.remove());", OK),
    "tampered-builtins": _script(
        "MutationObserver = null; document.querySelectorAll = () => { throw 0; };"
        "JSON.stringify = () => '{}'; Object.prototype.toJSON = () => 'stolen';"
        "Element.prototype.querySelectorAll = null; Promise = null;",
        OK,
    ),
    "basic-auth": Hostile(
        page("no", "text/html", "401 Unauthorized", 'WWW-Authenticate: Basic realm="x"'),
        frozenset({_FAILED}),
    ),
    "no-content": Hostile(b"HTTP/1.1 204 No Content\r\n\r\n", frozenset({_FAILED})),
    "file-top": _script("location = 'file:///etc/passwd';", OK, _FAILED),
    "view-source": _script("location = 'view-source:file:///etc/passwd';", OK, _FAILED),
    "chrome-page": _script("location = 'chrome://version';", OK, _FAILED),
    "file-redirect": Hostile(
        page("", "text/html", "302 Found", "Location: file:///etc/passwd"), frozenset({_FAILED})
    ),
    "service-worker": _script(
        "navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)"
        ".then(() => location = '/calm');",
        OK,
    ),
}

SITE: dict[str, Answer] = {
    **{f"/{name}": hostile.answer for name, hostile in HOSTILE.items()},
    "/calm": page("<!doctype html><title>Calm</title><h1>Nothing happens here</h1>"),
    "/worker.js": page(
        "oninstall = () => skipWaiting(); onactivate = e => e.waitUntil(clients.claim());"
        "onfetch = e => e.respondWith(new Response('<h1>taken over</h1>',"
        "{headers: {'content-type': 'text/html'}}));",
        "text/javascript",
    ),
}
