"""`python -m tests.conformance`: runs the suite, prints its table, fails if too little passed."""

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mcp.shared.exceptions import MCPDeprecationWarning

from mcp_server.environment import serving
from tests.conformance.bridge import bridge
from tests.conformance.fixtures import fixture_server
from tests.conformance.suite import Suite, Verdict
from tests.conformance.walks import walks
from tests.conftest import TestEngine
from tests.furnished import furnish
from webferry_local.engine.options import EngineOptions
from webferry_local.engine.threaded import ThreadedEngine
from webferry_local.free_ports import free_port
from webferry_local.pool.pool import WorkerPool

# Of the older revision four scenarios have the server ask the client in the middle of a call, which
# nobody can who keeps no session.
NEEDED = {"2026-07-28": 37, "2025-11-25": 26}
WALKS = {"authorization": 2, "inspector": 1}


@contextmanager
def served() -> Iterator[str]:
    """The fixture server behind the product's gate, with a house to know its callers by."""
    pool = WorkerPool({"PATH": os.environ["PATH"]}, max_workers=1)
    with _surroundings_kept(), tempfile.TemporaryDirectory() as directory:
        options = EngineOptions(port=free_port(), directory=Path(directory), access_key=None)
        with ThreadedEngine(options, pool):
            furnished = furnish(TestEngine(options.endpoint, pool))
            os.environ.update(furnished.environment)
            key = furnished.key_of("conformance@example.com")
            with bridge(serving(fixture_server), key) as url:
                yield url


@contextmanager
def _surroundings_kept() -> Iterator[None]:
    """What follows shall not find the house's names, nor the engine's place for files."""
    environment, place = dict(os.environ), tempfile.tempdir
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = place


def shown(revision: str, verdict: Verdict) -> bool:
    """Print what became of a revision; whether it is enough."""
    passed, failed = len(verdict.passed), len(verdict.failed)
    wanted = (NEEDED | WALKS)[revision]
    enough = passed >= wanted
    for name in (*verdict.passed, *verdict.failed):
        print(f"{revision}  {'passed' if name in verdict.passed else 'FAILED'}  {name}")
    word = "enough" if enough else "NOT ENOUGH"
    needed = f"{passed} of {passed + failed} required, {wanted} needed"
    print(f"{revision}  {needed}: {word}\n")
    return enough


def _of_server(suite: Suite, parts: list[str]) -> Iterator[bool]:
    """The scenarios of the revisions."""
    if revisions := [part for part in parts if part in NEEDED]:
        with served() as url:
            for revision in revisions:
                printed = suite.run("server", "--url", url, "--requirements", revision)
                verdict = Verdict.read(printed)
                if not verdict.passed:
                    print(printed[-2000:])
                yield shown(revision, verdict)


def _of_walks(suite: Suite, parts: list[str]) -> Iterator[bool]:
    """Those of the authorization server, and the Inspector, both with a real browser."""
    if named := [part for part in parts if part in WALKS]:
        with walks(suite) as walk:
            for part in named:
                verdict = walk.authorization() if part == "authorization" else walk.inspector()
                yield shown(part, verdict)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=[*NEEDED, *WALKS], action="append")
    parts = options.parse_args().part or [*NEEDED, *WALKS]
    suite = Suite(Path(os.environ.get("WEBFERRY_DATA") or ".webferry").resolve() / "conformance")
    try:
        suite.install()
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"make conformance needs npm, and a registry once: {error}") from error
    logging.disable(logging.INFO)
    # The older revision has what the newer one gives up, and is asked for it.
    warnings.simplefilter("ignore", MCPDeprecationWarning)
    enough = [*_of_server(suite, parts), *_of_walks(suite, parts)]
    return 0 if all(enough) else 1


if __name__ == "__main__":
    sys.exit(main())
