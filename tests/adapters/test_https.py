"""HTTPS: the certificate must be the host's own, and somebody trusted must vouch for it."""

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingTCPServer

import pytest

from tests.adapters.certificates import write_certificate
from tests.adapters.scripted_network import ScriptedResolver
from tests.fetching import fetch_once
from tests.raw_site import RawSite, Visit, html
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import FetchFailed
from webferry.domain.pages import Page, PageRequest


class TlsServer(ThreadingTCPServer):
    """A site behind a certificate."""

    daemon_threads = True
    site = RawSite("https://ferry.test")

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.script = {"/": html("<p>sealed")}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that refuses the certificate is no news here."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of ferry.test and 127.0.0.1 that only itself vouches for, with its key."""
    return write_certificate(tmp_path_factory.mktemp("tls") / "certificate.pem")


@pytest.fixture(scope="module")
def port(certificate: Path) -> Iterator[int]:
    with TlsServer(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def fetch(url: str, port: int, trusted: Path | None) -> Page:
    names = {"ferry.test": [["127.0.0.1"]], "other.test": [["127.0.0.1"]]}
    guard = EgressGuard(Allowance.parse(f"127.0.0.1:{port}"), ScriptedResolver(names))
    fetcher = HttpFetcher(guard, SystemClock(), roots=trusted)
    return fetch_once(fetcher, PageRequest(url, timeout_ms=5000))


@pytest.mark.parametrize("host", ["ferry.test", "ferry.test.", "FERRY.test", "127.0.0.1"])
def test_a_certificate_of_the_host_is_accepted(port: int, certificate: Path, host: str) -> None:
    assert fetch(f"https://{host}:{port}/", port, certificate).body == b"<p>sealed"


def test_a_certificate_of_another_host_is_refused(port: int, certificate: Path) -> None:
    with pytest.raises(FetchFailed, match="connected"):
        fetch(f"https://other.test:{port}/", port, certificate)


def test_a_certificate_that_nobody_vouches_for_is_refused(port: int) -> None:
    with pytest.raises(FetchFailed, match="connected"):
        fetch(f"https://ferry.test:{port}/", port, None)
