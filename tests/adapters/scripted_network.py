"""Two ends of the network that a test writes itself: what names resolve to, and what answers."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import httpcore

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
class DeadNetwork(httpcore.AsyncNetworkBackend):
    """Notes every address dialled, and connects to none."""

    dialled: list[str] = field(default_factory=list)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        raise httpcore.ConnectError("nobody there")
