"""What an agent waits for: a cached page by `tools/call scrape_url`, on the started product.

Run `python -m benchmarks.mcp_latency`; beside it stands the same page by `POST /v1/scrape`, and a
call that reads nothing at all.
"""

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.scrape_latency import PARAGRAPHS, site
from tests.journeys.product import Product

GOAL_MS = 25.0
OLDER, NEWEST = "2025-11-25", "2026-07-28"
_META = {
    "io.modelcontextprotocol/protocolVersion": NEWEST,
    "io.modelcontextprotocol/clientCapabilities": {},
}


class Agent:
    """One caller on a connection that stays open."""

    def __init__(self, product: Product, site_port: int) -> None:
        self._door = http.client.HTTPConnection("127.0.0.1", product.port)
        self._site = f"http://127.0.0.1:{site_port}"
        self._key = product.demo["apiKey"]

    def call(self, path: str, version: str) -> None:
        """A page by the tool."""
        arguments = {"url": f"{self._site}{path}"}
        result = self._ask("tools/call", {"name": "scrape_url", "arguments": arguments}, version)
        assert result["structuredContent"]["status"] == "success", result

    def list(self, version: str) -> None:
        """The tools, for which nothing is read but the key."""
        assert self._ask("tools/list", {}, version)["tools"]

    def scrape(self, path: str) -> None:
        """The same page by the API."""
        answer = self._post("/v1/scrape", {"urls": [f"{self._site}{path}"]}, {})
        assert json.loads(answer)["result"]["cached"] is True

    def _ask(self, method: str, params: dict[str, Any], version: str) -> Any:
        headers = {
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": version,
        }
        if version == NEWEST:
            params = params | {"_meta": _META}
            headers |= {"Mcp-Method": method}
            headers |= {"Mcp-Name": params["name"]} if "name" in params else {}
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        text = self._post("/mcp", body, headers).decode()
        lines = [line[6:] for line in text.splitlines() if line.startswith("data: {")]
        return json.loads(lines[-1] if lines else text)["result"]

    def _post(self, path: str, body: object, headers: dict[str, str]) -> bytes:
        told = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        self._door.request("POST", path, json.dumps(body), told | headers)
        answer = self._door.getresponse()
        content = answer.read()
        assert answer.status == 200, content
        return content


def timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(agent: Agent, path: str, rounds: int) -> bool:
    """One page, every way in turn; whether the goal is met for both versions."""
    ways: dict[str, Callable[[], None]] = {
        f"call {OLDER}": lambda: agent.call(path, OLDER),
        f"call {NEWEST}": lambda: agent.call(path, NEWEST),
        f"list {NEWEST}": lambda: agent.list(NEWEST),
        "/v1/scrape": lambda: agent.scrape(path),
    }
    for _ in range(5):
        for work in ways.values():
            work()
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            spent[name].append(timed(work))
    p50 = {name: statistics.median(each) for name, each in spent.items()}
    print(path, "  ".join(f"{name} {ms:.1f} ms" for name, ms in p50.items()), flush=True)
    return max(p50[f"call {OLDER}"], p50[f"call {NEWEST}"]) <= GOAL_MS


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=60)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as directory, site() as port:
        product = Product(Path(directory) / "data", egress_allow=f"127.0.0.1:{port}")
        product.start()
        try:
            agent = Agent(product, port)
            met = [measure(agent, path, rounds) for path in PARAGRAPHS]
        finally:
            product.stop()
    print(f"goal: p50 {GOAL_MS} ms for a cached page, in both versions")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
