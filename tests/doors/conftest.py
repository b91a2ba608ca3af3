"""One furnished house behind all doors of a module, and a site that it may fetch from."""

from collections.abc import Iterator
from secrets import token_hex

import pytest

from tests.doors.keys_page import stranger
from tests.doors.oauth_client import Flow, flow_of
from tests.furnished import Engine, Furnished, furnish
from tests.raw_site import HANG, RawSite, html, raw_site
from webferry.access_wiring import gatehouse
from webferry.tool_wiring import shop
from webferry.wiring import house

SCRIPT = {
    "/": html("<title>Example Domain</title><h1>Example Domain</h1><p>Grüße"),
    "/untitled": html("<p>x"),
    "/forbidden": html("no", status="403 Forbidden"),
    "/picture": html(b"\x89PNG", "Content-Type: image/png"),
    "/large": html("<p>" + '"' * 4_000_000),
    "/noise": html("<p>" + token_hex(19_998)[:39_997]),
    "/lamps": html(
        "<title>Lamps</title><table><tr><th>Status<th>Name<tr><td>sold<td>Lamp"
        "<tr><td>here<td>Lantern<tr><td>lost<td>Torch</table>"
    ),
    "/blank": html("<html><body></body></html>"),
    "/silent": HANG,
    "/long": html("<p>" + "line <br>" * 10_000),
    "/lanterns": html(
        '<!doctype html><html lang="en"><title>Lanterns</title>'
        '<meta name="description" content="All our lanterns">'
        '<meta property="og:site_name" content="Lamp Shop">'
        '<nav><a href="/more">All about us</a></nav><main><h1>Lanterns</h1>'
        "<p>Lanterns for every weather, made by hand in the old harbour since the great storm, and"
        " repaired there too: a lantern that leaves our shop comes back lit, not broken.</p>"
        "<table><tr><th>Name<th>Price<tr><td>Storm<td>$12.50<tr><td>Harbour<td>$30.00"
        '<tr><td>Signal<td>$9.90</table><p>See <a href="https://elsewhere.example/">elsewhere</a>'
        " for oil and wicks, which we do not sell ourselves any more.</p></main></html>"
    ),
}


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    with raw_site(SCRIPT) as running:
        yield running


@pytest.fixture(scope="module")
def furnished(engine: Engine, site: RawSite) -> Iterator[Furnished]:
    furnished = furnish(engine, egress_allow=site.host)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in furnished.environment.items():
            patch.setenv(name, value)
        _forget_houses()
        yield furnished
    _forget_houses()


def _forget_houses() -> None:
    house.cache_clear()
    shop.cache_clear()
    gatehouse.cache_clear()


@pytest.fixture(scope="module")
def key(furnished: Furnished) -> str:
    return furnished.key_of("module@example.com")


@pytest.fixture
def own(furnished: Furnished) -> str:
    """A key of an account that is this test's alone."""
    return furnished.key_of(f"{token_hex(8)}@example.com")


@pytest.fixture
def email(furnished: Furnished) -> str:
    """Of an account that is this test's alone."""
    email = f"{token_hex(8)}@example.com"
    furnished.open_account(email)
    return email


@pytest.fixture
def flow(email: str) -> Flow:
    """An application that this account may be asked to let in."""
    return flow_of(email)


@pytest.fixture
def cookie(furnished: Furnished) -> str:
    """Of somebody new who is signed in."""
    return stranger(furnished)
