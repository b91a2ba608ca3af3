"""The receiver of the tools document as it is printed, run by Node.js.

Express is the one that WEBFERRY_TEST_EXPRESS names (a folder `node_modules`), else a stand-in that
has what the printed code uses of it: tests need no network.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PRINTED = (HERE / "journeys/printed/receive_webhooks.mjs").read_text()
BEFORE = "import express from 'express';\nconst app = express();\n"
AFTER = """
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
"""
NODE = shutil.which("node")


@dataclass
class PrintedReceiver:
    """Where it listens, and what it prints, line by line."""

    url: str
    process: subprocess.Popen[str]

    def line(self) -> str:
        """The next line, waiting for it."""
        assert self.process.stdout
        return self.process.stdout.readline()


@contextmanager
def printed_receiver(secret: str) -> Iterator[PrintedReceiver]:
    """Run it with a signing secret, for as long as the block lasts."""
    assert NODE
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "receiver.mjs").write_text(BEFORE + PRINTED + AFTER)
        modules = os.environ.get("WEBFERRY_TEST_EXPRESS", str(HERE / "stand_ins"))
        (Path(folder) / "node_modules").symlink_to(modules)
        environment = {"MAPIOK_WEBHOOK_SECRET": secret}
        command = [NODE, f"{folder}/receiver.mjs"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout
                port = process.stdout.readline().strip()
                yield PrintedReceiver(f"http://127.0.0.1:{port}/webhooks/mapiok", process)
            finally:
                process.terminate()
