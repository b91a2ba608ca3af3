"""The welcome page: self-contained, addressed to its reader, and deaf to tricks in the Host."""

import re
from html.parser import HTMLParser

import pytest

from console.handler import handler
from tests.doors.knocking import knock
from webferry import __version__


class Page(HTMLParser):
    """What a page would load or lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("href", "src"):
                self.loads.append(value or "")


def test_the_page_says_what_runs_and_how_to_try_it() -> None:
    answer = knock(handler, "welcome")

    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["X-Request-Id"] == "JKJaXmPLvHcESHA="
    assert f"version {__version__}" in answer.text
    assert "YOUR_API_KEY" in answer.text
    assert Page(answer.text).links == [
        "/account/keys",
        "/v1/openapi.json",
        "/api/v1/openapi.json",
        "/api/openapi.json",
        "/oauth/openapi.json",
        "/account",
        "/v1/health",
    ]


def test_the_page_loads_nothing_and_its_policy_says_so() -> None:
    answer = knock(handler, "welcome")

    assert all(address.startswith("data:") for address in Page(answer.text).loads)
    assert "<script" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "style=" not in answer.text


@pytest.mark.parametrize(
    ("host", "scheme", "base"),
    [
        ("127.0.0.1:3000", "http", "http://127.0.0.1:3000"),
        ("localhost:4000", None, "http://localhost:4000"),
        ("[::1]:3000", "http", "http://[::1]:3000"),
        ("api.example.com", "https", "https://api.example.com"),
        ("evil.com/<script>", "http", "http://127.0.0.1:3000"),
        ("a b", "http", "http://127.0.0.1:3000"),
        ("", "http", "http://127.0.0.1:3000"),
        ("api.example.com", "javascript", "http://127.0.0.1:3000"),
    ],
)
def test_the_command_is_addressed_to_where_the_reader_is(
    host: str, scheme: str | None, base: str
) -> None:
    answer = knock(handler, "welcome", headers={"host": host, "x-forwarded-proto": scheme})

    assert re.findall(r"curl -X POST (\S+)", answer.text) == [f"{base}/v1/scrape"]


def test_head_has_no_body() -> None:
    assert knock(handler, "welcome", method="HEAD").text == ""
