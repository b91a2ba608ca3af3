"""What the person at the terminal sees while the product starts, runs and stops."""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Progress:
    """One line per step, with the seconds since the start."""

    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def step(self, text: str) -> None:
        print(f"  {self.seconds:5.1f} s  {text}", flush=True)

    def ready(self, base_url: str, api_key: str, demo_file: Path, engine: str) -> None:
        print(
            f"\nWebferry is ready on {base_url} ({self.seconds:.1f} s)\n\n"
            f"  Console  {base_url}/\n"
            f"  API key  {api_key}  (demo account, also in {shown(demo_file)})\n"
            f"  Engine   {engine}  (guarded; for the webferry command)\n\n"
            f"  Try      curl {base_url}/v1/health\n"
            f"  Logs     .venv/bin/webferry logs -f\n"
            f"  Stop     Ctrl-C; the data stays in {shown(demo_file.parent)}\n",
            flush=True,
        )


def shown(path: Path) -> str:
    """Short where it lies below the current directory."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def complain(text: str) -> None:
    print(f"\nwebferry: {text}", file=sys.stderr, flush=True)
