"""Start and stop the engine as its own process, as it comes, on a free loopback port."""

import http.client
import os
import random
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.engine.waiting import wait_until
from webferry_local.free_ports import free_port

REGION = "us-east-1"
START_DEADLINE_S = 30
STOP_DEADLINE_S = 30
CLIENT_CONFIG = Config(
    max_pool_connections=64,
    inject_host_prefix=False,
    retries={"mode": "standard", "total_max_attempts": 1},
)


class BareEngine:
    """One `python -m ministack` with its own state and temporary directories."""

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.host = "127.0.0.1"
        self.endpoint = f"http://{self.host}:{self.port}"
        self._home = home
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        temporary = self._home / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "BIND_HOST": self.host,
            "GATEWAY_PORT": str(self.port),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "ERROR",
            "TMPDIR": str(temporary),
            **self._settings,
        }
        with (self._home / "engine.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ministack"], env=environment, stdout=log, stderr=log
            )
        try:
            wait_until(self._answers, START_DEADLINE_S)
        except (AssertionError, RuntimeError):
            self.kill()
            raise

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def client(self, service: str, *, account: str) -> Any:
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=account,
            aws_secret_access_key="test",
            config=CLIENT_CONFIG,
        )

    def _end(self, sign: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(sign)
            self._process.wait(STOP_DEADLINE_S)
            self._process = None

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"the engine ended while starting: see {self._home}/engine.log")
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            connection.request("GET", "/_ministack/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def fresh_account() -> str:
    return str(random.randrange(10**11, 10**12))
