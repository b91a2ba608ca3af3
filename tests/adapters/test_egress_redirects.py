"""Redirects of every kind and to every forbidden place: none is followed there."""

from collections.abc import Iterator

import pytest

from tests.adapters.hostile_site import HostileSite, Outcome, Sentinel, hostile_site, sentinel
from tests.raw_site import html
from webferry.domain.pages import PageFormat

REFUSED, SCHEME, FAILED = "PRIVATE_NETWORK_TARGET", "UNSUPPORTED_SCHEME", "FETCH_FAILED"
# `{sentinel}` is the port of the sentinel, `{port}` that of the site itself.
PLACES = {
    "the cloud's metadata": ("http://169.254.169.254/latest/meta-data/", REFUSED),
    "loopback": ("http://127.0.0.1:{sentinel}/", REFUSED),
    "loopback in short": ("http://127.1:{sentinel}/", REFUSED),
    "loopback as a number": ("http://2130706433:{sentinel}/", REFUSED),
    "loopback in octal": ("http://0177.0.0.1:{sentinel}/", REFUSED),
    "this host": ("http://0.0.0.0:{sentinel}/", REFUSED),
    "mapped loopback": ("http://[::ffff:7f00:1]:{sentinel}/", REFUSED),
    "loopback of six": ("http://[::1]:{sentinel}/", REFUSED),
    "loopback in wide digits": ("http://\uff11\uff12\uff17.0.0.1:{sentinel}/", REFUSED),
    "localhost": ("http://localhost:{sentinel}/", REFUSED),
    "another port of the site": ("http://public.test:{sentinel}/", REFUSED),
    "scheme-relative": ("//127.0.0.1:{sentinel}/", REFUSED),
    "backslashes": ("\\\\127.0.0.1:{sentinel}\\", REFUSED),
    "a tab inside": ("http://127.0.\t0.1:{sentinel}/", REFUSED),
    "a private name": ("http://private.test/", REFUSED),
    "a mixed name": ("http://mixed.test:{sentinel}/", REFUSED),
    "the site at an unsafe port": ("http://93.184.216.34:25/", FAILED),
    "gopher": ("gopher://127.0.0.1:{sentinel}/", SCHEME),
    "data": ("data:text/html,x", SCHEME),
    "file": ("file:///proc/self/environ", SCHEME),
    "javascript": ("javascript:alert(1)", SCHEME),
    "blob": ("blob:http://127.0.0.1:{sentinel}/x", SCHEME),
    "a login": ("http://user:pw@public.test:{port}/ok", FAILED),
    "a broken host": ("http://[oops/", FAILED),
    "a space for a host": ("http:// /", FAILED),
    "nothing": ("", FAILED),
}
STATUSES = ("301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent")


@pytest.fixture(scope="module")
def watch() -> Iterator[Sentinel]:
    with sentinel() as standing:
        yield standing


@pytest.fixture(scope="module")
def site(watch: Sentinel) -> Iterator[HostileSite]:
    script = {"/ok": html("<p>fine"), "/two": html("", "Location: /r", status="302 Found")}
    with hostile_site(script) as running:
        for number, (place, _) in enumerate(PLACES.values()):
            to = place.format(sentinel=watch.port, port=running.port)
            for status in STATUSES:
                path = f"/{number}/{status[:3]}"
                script[path] = html("", f"Location: {to}", status=status)
            script[f"/{number}/far"] = html("", f"Location: /{number}/302", status="301 Moved")
        rebinding = f"http://rebind.test:{running.port}/back"
        script["/rebind"] = html("", f"Location: {rebinding}", status="302 Found")
        back = f"http://rebind.test:{running.port}/ok"
        script["/back"] = html("", f"Location: {back}", status="302 Found")
        script["/loop"] = html("", "Location: /loop", status="302 Found")
        script["/refresh"] = html("<p>hi", f"Refresh: 0; url=http://127.0.0.1:{watch.port}/")
        yield running


def outcome(site: HostileSite, watch: Sentinel, path: str) -> Outcome:
    result = site.scrape(path, wanted=PageFormat.MARKDOWN)
    assert watch.visits() == 0
    assert result.strays == []
    assert "169.254" not in result.message
    assert "127.0.0.1" not in result.message
    assert result.next_code == "OK"
    return result


@pytest.mark.promise("egress.redirects", "egress.one-guard")
@pytest.mark.parametrize("hop", [*(status[:3] for status in STATUSES), "far"])
@pytest.mark.parametrize("name", PLACES)
def test_no_redirect_leads_out(site: HostileSite, watch: Sentinel, name: str, hop: str) -> None:
    number = list(PLACES).index(name)

    assert outcome(site, watch, f"/{number}/{hop}").code == PLACES[name][1]


def test_a_name_that_changes_its_mind_is_only_believed_once(
    site: HostileSite, watch: Sentinel
) -> None:
    assert outcome(site, watch, "/rebind").code == REFUSED


def test_a_circle_ends(site: HostileSite, watch: Sentinel) -> None:
    assert outcome(site, watch, "/loop").code == FAILED


def test_a_refresh_header_is_only_words(site: HostileSite, watch: Sentinel) -> None:
    assert outcome(site, watch, "/refresh").code == "OK"
