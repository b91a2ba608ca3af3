"""An interpreter for each system: ours is the one that runs, a peer gets a virtual environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.content.systems import System

_HOME = "WEBFERRY_BENCH_ENVIRONMENTS"


class NoEnvironment(Exception):
    """A peer could not be installed."""


def interpreter_for(system: System) -> str:
    """Raises: NoEnvironment."""
    if not system.pins:
        return sys.executable
    home = Path(os.environ.get(_HOME, Path.home() / ".cache" / "webferry-bench"))
    folder = home / "-".join(system.pins).replace("==", "-")
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        _install(system, folder, python)
        (folder / "ready").touch()
    return str(python)


def _install(system: System, folder: Path, python: Path) -> None:
    uv = shutil.which("uv")
    _run([sys.executable, "-m", "venv", str(folder)])
    install = [uv, "pip", "install", "-q", "--python", str(python)] if uv else []
    _run([*(install or [str(python), "-m", "pip", "install", "-q"]), *system.pins])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NoEnvironment(last[:200])
