"""A function under the Lambda emulator, on this machine and without a container."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from setup.emulator import emulator
from webferry_local.free_ports import free_port

ROOT = Path(__file__).parents[2]
_INVOCATIONS = "/2015-03-31/functions/function/invocations"
_STARTED = b"(rapid) exec"


@dataclass(frozen=True)
class EmulatedFunction:
    """One environment: it serves one event at a time, like Lambda's own."""

    port: int
    pid: int

    def invoke(self, event: object) -> Any:
        """What the function answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", _INVOCATIONS, json.dumps(event))
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


@contextmanager
def emulated(handler: str, environment: Mapping[str, str]) -> Iterator[EmulatedFunction]:
    """The function, for as long as the block lasts."""
    program = emulator()
    assert program, "the emulator runs on Linux only"
    assert program.exists(), "no emulator: run `python setup/emulator.py`"
    port, runtime_port = free_port(), free_port()
    addresses = [
        *("--runtime-interface-emulator-address", f"127.0.0.1:{port}"),
        *("--runtime-api-address", f"127.0.0.1:{runtime_port}"),
    ]
    process = subprocess.Popen(
        [program, *addresses, sys.executable, "-m", "awslambdaric", handler],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(str(ROOT / root) for root in ("functions", "shared")),
            "AWS_LAMBDA_FUNCTION_TIMEOUT": "60",
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    listening = threading.Event()
    reading = threading.Thread(target=_read, args=(process, listening), daemon=True)
    reading.start()
    try:
        assert listening.wait(20), "the emulator did not begin"
        _connect(port)
        yield EmulatedFunction(port, process.pid)
    finally:
        # It ends the runtime first, and the runtime's end is the end of its browsers.
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        reading.join()


def _connect(port: int) -> None:
    """It says so a moment before it is true."""
    for _ in range(200):
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.02)


def _read(process: "subprocess.Popen[bytes]", listening: threading.Event) -> None:
    """The emulator says on its error stream that it is there; nobody else reads the rest."""
    assert process.stderr is not None
    with process.stderr as lines:
        for line in lines:
            if _STARTED in line:
                listening.set()
