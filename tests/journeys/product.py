"""A really running product: `webferry up` in a process of its own, and a client for it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from webferry_local.free_ports import is_free
from webferry_local.launcher.settings import ENGINE_PORT_OFFSET

START_PATIENCE_S = 90
STOP_PATIENCE_S = 30


def free_front_port() -> int:
    """A port whose engine port is free too, below the ephemeral range."""
    for port in range(21_000 + os.getpid() % 5000, 30_000, 7):
        if is_free(port) and is_free(port + ENGINE_PORT_OFFSET):
            return port
    raise RuntimeError("no free pair of ports found")


@dataclass
class Product:
    """Start it, stop it, kill it, start it again on the same data."""

    data: Path
    egress_allow: str = ""
    port: int = field(default_factory=free_front_port)
    process: subprocess.Popen[str] | None = None
    source: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "WEBFERRY_PORT": str(self.port),
            "WEBFERRY_DATA": str(self.data),
            "WEBFERRY_EGRESS_ALLOW": self.egress_allow,
            **({"PYTHONPATH": str(self.source)} if self.source else {}),
        }

    @property
    def own_command(self) -> list[str]:
        return [sys.executable, "-m", "webferry_local"]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def engine_port(self) -> int:
        return self.port + ENGINE_PORT_OFFSET

    @property
    def output(self) -> str:
        return (self.data.parent / f"{self.data.name}.out").read_text()

    @property
    def demo(self) -> dict[str, str]:
        letter: dict[str, str] = json.loads((self.data / "demo.json").read_text())
        return letter

    def start(self) -> "Product":
        out = (self.data.parent / f"{self.data.name}.out").open("w")
        self.process = subprocess.Popen(
            [*self.own_command, "up"],
            env=self.environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
        out.close()
        deadline = time.monotonic() + START_PATIENCE_S
        while "is ready on" not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)
        return self

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_PATIENCE_S)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(STOP_PATIENCE_S)

    def client(self, key: str | None = None, **headers: str) -> httpx.Client:
        given: Mapping[str, str] = {"Authorization": f"Bearer {key or self.demo['apiKey']}"}
        return httpx.Client(base_url=self.base_url, headers={**given, **headers}, timeout=60)

    def command(self, *arguments: str, succeeds: bool = True) -> str:
        done = subprocess.run(
            [*self.own_command, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        assert (done.returncode == 0) == succeeds, done.stdout + done.stderr
        return done.stdout if succeeds else done.stderr

    def command_json(self, *arguments: str) -> Any:
        return json.loads(self.command(*arguments, "--json"))
