"""Two ends of the network that a test writes itself: what names resolve to, and who is dialled."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from webferry.adapters.egress.network import Wire, dial_tcp

Answers = Sequence[Sequence[str]] | str


@dataclass
class ScriptedResolver:
    """Names with successive answers (the last repeats), or a failure by name."""

    script: Mapping[str, Answers]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> list[str]:
        name = host.rstrip(".")
        answers = self.script.get(name, "NXDOMAIN")
        if answers == "TIMEOUT":
            await asyncio.Event().wait()
        if isinstance(answers, str):
            raise OSError(answers)
        answer = answers[min(self.asked.count(name), len(answers) - 1)]
        self.asked.append(name)
        return list(answer)


@dataclass
class DeadNetwork:
    """Notes every address dialled, and connects to none."""

    dialled: list[str] = field(default_factory=list)

    async def __call__(self, wire: Wire, address: str, port: int) -> None:
        self.dialled.append(address)
        raise ConnectionRefusedError("nobody there")


@dataclass
class WatchedNetwork:
    """Notes every address and port dialled, and really dials those that it knows; no others."""

    known: set[tuple[str, int]]
    dialled: list[tuple[str, int]] = field(default_factory=list)

    async def __call__(self, wire: Wire, address: str, port: int) -> None:
        self.dialled.append((address, port))
        if (address, port) not in self.known:
            raise ConnectionRefusedError("not in this test")
        await dial_tcp(wire, address, port)

    @property
    def strays(self) -> list[tuple[str, int]]:
        """What should never have been dialled."""
        return [place for place in self.dialled if place not in self.known]
