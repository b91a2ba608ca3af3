"""The official suite: installed in a directory of its own, run, and what it said read."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

NODE = "node@24.21.0"
SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12"
INSPECTOR = "@modelcontextprotocol/inspector@2.12.0"
_SCORED = re.compile(r"^([✓✗]) ([a-z0-9/-]+): \d+ passed, \d+ failed", re.MULTILINE)
_SHOWN = re.compile(r"http://127\.0\.0\.1:\d+/oauth/authorize\?\S+")
# The Inspector asks nobody who has no terminal, unless it is told to; BROWSER opens nothing then.
_TALKATIVE = {"MCP_AUTO_OPEN_ENABLED": "true", "BROWSER": "true"}
_NOT_SCORED = re.compile(r"^  [✓✗] ([a-z0-9/-]+) \([a-z-]+\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the scenarios that a revision requires."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]

    @classmethod
    def read(cls, printed: str) -> Self:
        """The verdict in what the suite printed."""
        optional = set(_NOT_SCORED.findall(printed))
        found = [(mark, name) for mark, name in _SCORED.findall(printed) if name not in optional]
        return cls(
            tuple(name for mark, name in found if mark == "✓"),
            tuple(name for mark, name in found if mark == "✗"),
        )


class Suite:
    """Node and the suite's package, and nothing outside their directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._bin = directory / "node_modules" / ".bin"

    def install(self) -> None:
        """Fetch what is not there yet.

        Raises: OSError: there is no npm; CalledProcessError: it could not install.
        """
        wanted = [NODE, SUITE, INSPECTOR]
        note = self._directory / "installed.json"
        if note.exists() and json.loads(note.read_text()) == wanted:
            return
        self._directory.mkdir(parents=True, exist_ok=True)
        (self._directory / "package.json").write_text('{"private": true}')
        quiet = ["--no-audit", "--no-fund", "--loglevel", "error"]
        subprocess.run(["npm", "install", *quiet, *wanted], cwd=self._directory, check=True)
        note.write_text(json.dumps(wanted))

    def run(self, *arguments: str, patience_s: int = 300) -> str:
        """All that the suite prints; its exit code is ours to judge."""
        done = subprocess.run(
            [self._bin / "conformance", *arguments],
            cwd=self._directory,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=patience_s,
            check=False,
        )
        return done.stdout + done.stderr

    def talk(self, program: str, *arguments: str, visit: Callable[[str], None]) -> str:
        """All that a program prints that has its user visit the address it shows."""
        with subprocess.Popen(
            [self._bin / program, *arguments],
            cwd=self._directory,
            env={**self._environment, **_TALKATIVE, "HOME": str(self._directory)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            return "".join(_visiting(process, visit))

    @property
    def _environment(self) -> Mapping[str, str]:
        return {**os.environ, "PATH": f"{self._bin}{os.pathsep}{os.environ['PATH']}"}


def _visiting(process: subprocess.Popen[str], visit: Callable[[str], None]) -> Iterator[str]:
    """The lines of a process; an address is visited as soon as it is shown."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if shown := _SHOWN.search(line):
            visit(shown[0])
