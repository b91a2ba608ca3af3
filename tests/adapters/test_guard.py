"""The egress guard: no spelling of a private target is ever dialled, and public ones all are."""

import asyncio
import json
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.scripted_network import DeadNetwork, ScriptedResolver
from tests.fetching import fetch_once
from webferry.adapters.egress.addresses import is_public, parse
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.egress.network import Wire, dial_tcp
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import FetchFailed, PageError, PrivateNetworkTarget
from webferry.domain.pages import PageRequest

CASES = json.loads(Path(__file__).with_name("egress_cases.json").read_text())


def outcome(url: str, dns: Any = None, allow: str = "") -> tuple[str, list[str]]:
    """The code of a fetch on a network where nobody answers, and the addresses it dialled."""
    network = DeadNetwork()
    guard = EgressGuard(Allowance.parse(allow), ScriptedResolver(dns or {}))
    fetcher = HttpFetcher(guard, SystemClock(), network)
    with pytest.raises(PageError) as refused:
        fetch_once(fetcher, PageRequest(url, timeout_ms=200))
    assert not any(address in refused.value.message for address in network.dialled)
    return str(refused.value.code), network.dialled


@pytest.mark.promise("egress.special-addresses", "scrape.code.private-network")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_hostile_url_is_refused_and_nothing_private_is_dialled(case: dict[str, Any]) -> None:
    code, dialled = outcome(case["url"], case.get("dns"))

    # Dialled and nobody there: on a network with somebody there, that had been a page.
    reached = bool(dialled) and code == "FETCH_FAILED"
    assert code in case["codes"] or (reached and "OK" in case["codes"])
    assert "OK" not in case["codes"][:1] or reached
    assert all(ip_address(address).is_global for address in dialled)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_never_public_here(address: IPv4Address) -> None:
    assert not is_public(address) or address.is_global


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "::ffff:0:{}", "64:ff9b::{}"]))
def test_no_ipv4_hides_inside_an_ipv6(address: IPv4Address, form: str) -> None:
    assert not is_public(IPv6Address(form.format(address)))


@given(st.ip_addresses(v=4), st.integers(0, 2**48 - 1))
def test_no_tunnel_to_an_ipv4_is_public(address: IPv4Address, rest: int) -> None:
    sixto4 = IPv6Address((0x2002 << 112) | (int(address) << 80) | rest)
    isatap = IPv6Address((0x2A01 << 112) | (0x0200_5EFE << 32) | int(address))
    assert not is_public(sixto4)
    assert not is_public(isatap)


def test_a_zone_makes_an_address_unreadable() -> None:
    assert parse("fe80::1%2") is None
    assert parse("2606:4700::1111%eth0") is None
    assert parse("[2606:4700::1111]") == IPv6Address("2606:4700::1111")


def test_a_name_is_resolved_once_and_what_it_says_later_is_never_asked() -> None:
    dns = {"rebind.test": [["93.184.216.34"], ["127.0.0.1"]]}

    assert outcome("http://rebind.test/", dns) == ("FETCH_FAILED", ["93.184.216.34"])


def test_a_name_of_many_addresses_is_tried_a_few_times_only() -> None:
    dns = {"many.test": [[f"93.184.216.{number}" for number in range(1, 200)]]}

    assert outcome("http://many.test/", dns)[1] == [f"93.184.216.{n}" for n in range(1, 5)]


@pytest.mark.promise("egress.allow")
@pytest.mark.parametrize(
    ("allow", "url", "dialled"),
    [
        ("", "http://127.0.0.1:8000/", []),
        ("127.0.0.1", "http://127.0.0.1:8000/", ["127.0.0.1"]),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/", ["127.0.0.1"]),
        ("127.0.0.1:8000", "http://127.0.0.1:8001/", []),
        ("127.0.0.0/8", "http://127.1:8000/", ["127.0.0.1"]),
        ("10.0.0.0/8:8000", "http://127.0.0.1:8000/", []),
        (" 10.0.0.0/8 , 127.0.0.1 ", "http://127.0.0.1/", ["127.0.0.1"]),
        ("[::1]:8000", "http://[::1]:8000/", ["::1"]),
        ("[fd00::/8]", "http://[fd00::1]/", ["fd00::1"]),
        ("localhost:8000", "http://localhost:8000/", ["127.0.0.1", "::1"]),
        ("localhost:8000", "http://localhost:8001/", []),
        ("localhost", "http://127.0.0.1/", []),
        ("127.0.0.0/8", "http://localhost:8000/", ["127.0.0.1"]),
        ("127.0.0.0/8", "http://mixed.test/", []),
        ("files.test", "http://files.test/", ["10.0.0.9"]),
        ("127.0.0.0/8", "http://files.test/", []),
        ("127.0.0.1", "http://127.0.0.1:25/", ["127.0.0.1"]),
        ("127.0.0.0/8", "http://public.test:25/", []),
    ],
)
def test_the_operator_opens_exactly_what_is_named(allow: str, url: str, dialled: list[str]) -> None:
    dns = {
        "localhost": [["127.0.0.1", "::1"]],
        "mixed.test": [["93.184.216.34", "10.0.0.1"]],
        "files.test": [["10.0.0.9"]],
        "public.test": [["93.184.216.34"]],
    }

    assert outcome(url, dns, allow)[1] == dialled


@pytest.mark.parametrize("text", ["a b", "host:port", "10.0.0.0/33", "[::1", "http://x", "h:1:2"])
def test_an_exception_that_cannot_be_read_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Allowance.parse(text)


@pytest.mark.promise("egress.connected-address")
def test_a_connection_that_ends_elsewhere_is_refused() -> None:
    """The peer of a connection is compared with the address that was pinned."""
    wires: list[Wire] = []

    async def divert(wire: Wire, address: str, port: int) -> None:
        wires.append(wire)
        await dial_tcp(wire, "127.0.0.1", port)

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        guard = EgressGuard(Allowance.parse("127.0.0.2"), ScriptedResolver({}))
        fetcher = HttpFetcher(guard, SystemClock(), divert)
        request = PageRequest(f"http://127.0.0.2:{port}/", timeout_ms=2000)
        with pytest.raises(PrivateNetworkTarget):
            fetch_once(fetcher, request)
    assert not wires[0].is_open


def test_a_resolver_that_answers_nothing_finds_no_host() -> None:
    guard = EgressGuard(Allowance(), ScriptedResolver({"empty.test": [[]]}))

    with pytest.raises(FetchFailed):
        asyncio.run(guard.addresses("empty.test", 80))
