"""The egress guard: what a URL may name, and which addresses of it may be dialled."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import ada_url

from webferry.adapters.egress.addresses import Address, is_public, parse
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.unsafe_ports import is_unsafe
from webferry.domain.errors import FetchFailed, InvalidUrl, PrivateNetworkTarget
from webferry.domain.urls import check_url

Resolver = Callable[[str, int], Awaitable[list[str]]]

_NAME = re.compile(r"(?=.{1,254}$)(?:(?!xn--(?:\.|$))[a-z0-9_-]{1,63}(?:\.|$))+")
_LOCAL_NAME = re.compile(
    r"[^.]+"
    r"|(?:.*\.)?(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|svc|home\.arpa)"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart by the one parser that browsers agree with."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        default = self.port == _DEFAULT_PORTS[self.scheme]
        return self.host if default else f"{self.host}:{self.port}"


async def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine knows them.

    Raises: OSError, UnicodeError: no such name.
    """
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


@dataclass(frozen=True, slots=True)
class EgressGuard:
    """Its errors never say which address was found: that would map our network for the asker."""

    allowance: Allowance
    resolve: Resolver = system_resolver

    def target(self, url: str) -> Target:
        """Read a URL and refuse what its text alone condemns.

        Raises: InvalidUrl, UnsupportedScheme, PrivateNetworkTarget.
        """
        check_url(url)
        try:
            parsed = ada_url.URL(url)
        except ValueError as error:
            raise InvalidUrl("URL is malformed") from error
        scheme, host = parsed.protocol.rstrip(":"), parsed.hostname
        port = int(parsed.port or _DEFAULT_PORTS[scheme])
        target = Target(parsed.href, scheme, host, port, parsed.pathname + parsed.search)
        self._check(target)
        return target

    async def addresses(self, host: str, port: int) -> list[Address]:
        """The addresses of a host that may be dialled: these, and not what it resolves to later.

        Raises: PrivateNetworkTarget, FetchFailed: there is no such host.
        """
        name = host.rstrip(".")
        literal = parse(host)
        answers = [literal] if literal else await self._answers(host, port)
        opened = [a for a in answers if a and self.allowance.open_address(a, port)]
        if opened:
            return opened
        anywhere = self.allowance.open_host(name, port)
        public = [a for a in answers if a and (anywhere or is_public(a))]
        if len(public) < len(answers):
            raise PrivateNetworkTarget("URL resolves to a private/internal IP")
        return public

    async def is_opened(self, target: Target) -> bool:
        """Whether the operator has named this very target: it may be spoken to in plain text.

        Raises: PrivateNetworkTarget, FetchFailed: there is no such host.
        """
        name, port = target.host.rstrip("."), target.port
        if self.allowance.open_host(name, port):
            return True
        if not self.allowance.opens(port):
            return False
        return all(
            self.allowance.open_address(address, port)
            for address in await self.addresses(target.host, port)
        )

    def _check(self, target: Target) -> None:
        name, port, literal = target.host.rstrip("."), target.port, parse(target.host)
        if port == 0 or not (literal or _NAME.fullmatch(target.host)):
            raise InvalidUrl("URL is malformed: it names no host that can exist")
        if self.allowance.open_host(name, port):
            return
        if literal and self.allowance.open_address(literal, port):
            return
        # With a network opened, a local name may lead into it: its addresses decide.
        local = bool(_LOCAL_NAME.fullmatch(name)) and not self.allowance.opens(port)
        if not is_public(literal) if literal else local:
            raise PrivateNetworkTarget("URL resolves to a private/internal IP")
        if is_unsafe(port):
            raise InvalidUrl(f"URL is malformed: no web page is served on port {port}")

    async def _answers(self, host: str, port: int) -> list[Address | None]:
        try:
            answers = await self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchFailed("Target host could not be found") from error
        if not answers:
            raise FetchFailed("Target host could not be found")
        return [parse(answer) for answer in dict.fromkeys(answers)]
