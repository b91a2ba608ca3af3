"""Webferry beside its peers on the same pages: processor time, memory, completeness.

Usage: python -m benchmarks.run [--install] [--sets http,browser,mixed,cold] [--repeats 3]
                                [--lanes 2]

`--install` makes the peers' environments under --peers-directory first; a peer that is not there is
left out and named. Rounds are interleaved, figures are medians, and no goal is an absolute time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from benchmarks import cold
from benchmarks.process_tree import ProcessTree
from benchmarks.report import Measurement, report
from benchmarks.site.pages import SitePage, site_pages
from webferry.adapters.browser.finder import find_browser

HERE = Path(__file__).parent
ROOT = HERE.parent
SETS = {
    "http": ("webferry/http", "floor/http", "crawl4ai/http"),
    "browser": ("webferry/browser", "playwright/browser", "crawl4ai/browser"),
    "mixed": ("webferry/auto", "crawl4ai/browser"),
}
# Each page often enough that a turn lasts longer than the clock's ticks.
TURNS = {"http": 5, "browser": 1, "mixed": 1}
COLD_TURNS = 3
_TURN_LIMIT_S = 600


def pages_of(name: str) -> list[SitePage]:
    """HTTP gets what servers rendered, the browser mostly shells, the mix a third of them."""
    pages = site_pages()
    served = [page for page in pages if not page.scripted]
    scripted = [page for page in pages if page.scripted]
    return {"http": served, "browser": served[:10] + scripted, "mixed": served + scripted}[name]


def interpreter(peer: str, peers_directory: Path) -> Path | None:
    """The Python of a peer's environment, if it has one."""
    if peer == "webferry":
        return Path(sys.executable)
    python = peers_directory / peer / "bin" / "python"
    return python if python.exists() else None


def install(peers_directory: Path) -> None:
    """Make every peer's environment from its own pinned list; one that fails is left out."""
    for listed in sorted(HERE.glob("peers/*/requirements.txt")):
        place = peers_directory / listed.parent.name
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        pip = [place / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, "-r", listed], check=False).returncode:
            print(f"{listed.parent.name} could not be installed and is left out")
            (place / "bin" / "python").unlink()


@contextmanager
def site() -> Iterator[str]:
    """The bench's site, in a process whose time is nobody's."""
    command = [sys.executable, "-m", "benchmarks.site.serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout
        try:
            yield json.loads(server.stdout.readline())["url"]
        finally:
            server.terminate()


def play(
    name: str, player: str, python: Path, pages: dict[str, str], lanes: int
) -> Measurement | str:
    """One turn of one player in a fresh process; why not, when it fails."""
    peer, mode = player.split("/")
    browser = str(find_browser(os.environ) or "")
    command = [python, HERE / "peers/stage.py", HERE / "peers" / peer, mode, str(lanes), browser]
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            cwd=ROOT,
            env=_environment(peer, browser),
        )
        with process, ProcessTree(process.pid) as tree:
            assert process.stdin
            assert process.stdout
            outcome, used_s = _conducted(process.stdin, process.stdout, pages, tree)
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.wait(timeout=_TURN_LIMIT_S)
        if outcome is None:
            complaints.seek(0)
            return f"{player} broke off: {complaints.read()[-400:]}"
    return Measurement(
        set=name,
        player=player,
        cpu_ms=used_s * 1000 / len(pages),
        pss_mb=tree.peak_pss_mb,
        missed=len(outcome["missed"]) + len(outcome["errors"]),
        took_ms=outcome["took_ms"],
        complaints=tuple(outcome["errors"][:3] + outcome["missed"][:6]),
    )


def _conducted(
    tell: IO[str], hear: IO[str], pages: dict[str, str], tree: ProcessTree
) -> tuple[dict[str, Any] | None, float]:
    try:
        print(json.dumps(pages), file=tell, flush=True)
        for line in hear:
            if line == "ready\n":
                break
        before_s = tree.cpu_s()
        print("go", file=tell, flush=True)
        outcomes = (line for line in hear if line.startswith('{"took_ms"'))
        outcome = next(outcomes, None)
        return json.loads(outcome) if outcome else None, tree.cpu_s() - before_s
    except BrokenPipeError:
        return None, 0.0


def _environment(peer: str, browser: str) -> dict[str, str]:
    environment = {**os.environ, "WEBFERRY_EGRESS_ALLOW": "127.0.0.1", "BROWSER_PATH": browser}
    if peer == "webferry":
        environment["PYTHONPATH"] = str(ROOT / "shared")
    return environment


def _cold_turns(peers_directory: Path) -> list[Measurement]:
    """A first page is short: it is measured several times a round."""
    python = interpreter("playwright", peers_directory)
    turns = [turn for _ in range(COLD_TURNS) for turn in cold.turn(python)]
    for turn in turns:
        print(f"-  {turn}", file=sys.stderr)
    return turns


def main() -> int:
    """Play all rounds and print the table; 1 when a goal that could be measured is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--sets", default="http,browser,mixed,cold")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--peers-directory", type=Path, default=ROOT / ".webferry/bench")
    asked = parser.parse_args()
    if asked.install:
        install(asked.peers_directory)
    measured: list[Measurement] = []
    left_out: set[str] = set()
    with site() as url:
        for round_number in range(asked.repeats):
            for name in asked.sets.split(","):
                if name == "cold":
                    measured += _cold_turns(asked.peers_directory)
                    continue
                turns = range(TURNS[name])
                pages = {f"{url}{p.path}?{t}": p.marker for t in turns for p in pages_of(name)}
                for player in SETS[name]:
                    python = interpreter(player.split("/")[0], asked.peers_directory)
                    turn = python and play(name, player, python, pages, asked.lanes)
                    if isinstance(turn, Measurement):
                        measured.append(turn)
                        print(f"{round_number + 1}  {turn}", file=sys.stderr)
                    else:
                        left_out.add(turn or f"{player.split('/')[0]} is not installed (--install)")
    return report(measured, left_out)


if __name__ == "__main__":
    sys.exit(main())
