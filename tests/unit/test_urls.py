"""URLs as text: ambiguous ones are refused before any parser guesses at them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.errors import InvalidUrl, UnsupportedScheme
from webferry.domain.urls import MAX_URL_BYTES, check_url


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "HTTPS://example.com/",
        "http://example.com/a@b?c=%20&d=\\#e",
        "http://[::1]:80/x",
        "http://bücher.example/ä",
        f"http://e.com/{'x' * (MAX_URL_BYTES - 13)}",
    ],
)
def test_a_plain_absolute_url_is_accepted(url: str) -> None:
    check_url(url)


@pytest.mark.promise("scrape.code.invalid-url")
@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com",
        "/path",
        "http:",
        "http:/example.com",
        "http:///e.com",
        "http://u:p@e.com/",
        "http://e.com\\@f.com/",
        "http:\\\\e.com",
        "http://e%2ecom/",
        " http://e.com",
        "http://e.com\n",
        "http://e\0.com",
        "http://e.com/\ud800",
        "http://?q",
        f"http://e.com/{'x' * (MAX_URL_BYTES - 12)}",
        f"http://e.com/{'ä' * 4090}",
    ],
)
def test_an_ambiguous_url_is_refused(url: str) -> None:
    with pytest.raises(InvalidUrl):
        check_url(url)


@pytest.mark.promise("scrape.code.unsupported-scheme")
@pytest.mark.parametrize("url", ["ftp://e.com/", "file:///etc/passwd", "data:text/html,x", "a:b"])
def test_another_scheme_is_refused_as_such(url: str) -> None:
    with pytest.raises(UnsupportedScheme):
        check_url(url)


@given(st.text() | st.text().map("http://{}".format))
def test_a_text_is_a_url_or_refused(text: str) -> None:
    try:
        check_url(text)
    except (InvalidUrl, UnsupportedScheme):
        return
    assert text.lower().startswith(("http://", "https://"))
    assert text.isprintable() or not any(sign <= " " for sign in text)
