"""A small web site on loopback, for the product to scrape."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Example Domain</title>
<style>p { color: red }</style></head><body><h1>Example Domain</h1>
<p>This domain is for use in <a href="/more">illustrative examples</a>.</p>
<script>document.write("never run")</script></body></html>"""

SHELL = """<!doctype html><html><head><title>Shop</title></head><body><div id="root"></div>
<script>fetch("/stock").then(r => r.text()).then(t => {
  document.getElementById("root").innerHTML = "<h1>Stock</h1><p>" + t + "</p>"; })</script>
</body></html>"""

PRICING = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pricing</title>
<meta name="description" content="What it costs"></head><body><h1>Pricing</h1><table>
<tr><th>Name</th><th>Price</th><th>Features</th></tr>
<tr><td>Hobby</td><td>$0</td><td>One project</td></tr>
<tr><td>Team</td><td>$29</td><td>Ten projects</td></tr>
<tr><td>Fleet</td><td>$99</td><td>All projects</td></tr></table></body></html>"""

STORE = "<title>Products</title><h1>Products</h1><ul>" + "".join(
    f"<li><h2>{name}</h2><span class=price>${price}</span></li>"
    for name, price in (
        ("Wireless Headphones Pro", "79.99"),
        ("USB-C Hub 7-in-1", "34.99"),
        ("Mechanical Keyboard", "129.99"),
    )
)

PAGES: dict[str, tuple[int, str, str]] = {
    "/": (200, "text/html; charset=utf-8", HOME),
    "/products": (200, "text/html; charset=utf-8", STORE),
    "/pricing": (200, "text/html; charset=utf-8", PRICING),
    "/forbidden": (403, "text/html", "<h1>no</h1>"),
    "/shop": (200, "text/html; charset=utf-8", SHELL),
    "/stock": (200, "text/plain", "Seven lanterns are left of this kind."),
    "/picture": (200, "image/png", "not really"),
}


class Site(BaseHTTPRequestHandler):
    """Serves PAGES, and a redirect into the private network."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/into-the-cloud":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status, content_type, text = PAGES.get(
            self.path.partition("?")[0], (404, "text/html", "nothing here")
        )
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent: the tests look at answers."""


@contextmanager
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
