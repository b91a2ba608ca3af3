"""How the engine is to run; and the environment ministack reads while it is being imported."""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

REGION = "us-east-1"
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """`access_key` is both the account id and the secret of the port; None lets any account in."""

    port: int
    directory: Path
    access_key: str | None
    snapshot_every_s: float = 5.0

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def state_directory(self) -> Path:
        return self.directory / "state"

    @property
    def scratch_directory(self) -> Path:
        return self.directory / "tmp"


def set_process_environment(options: EngineOptions) -> None:
    """ministack is configured by its environment, at import: refuse to be too late."""
    if "ministack.app" in sys.modules:
        raise RuntimeError("the engine of this process has been configured already")
    for directory in (options.state_directory, options.scratch_directory):
        directory.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        {
            "BIND_HOST": HOST,
            "GATEWAY_PORT": str(options.port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": REGION,
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(options.state_directory),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(options.directory / "s3"),
            "TMPDIR": str(options.scratch_directory),
            "LOG_LEVEL": "ERROR",
            "LAMBDA_ACCOUNT_CONCURRENCY": "1000",
        }
    )
    tempfile.tempdir = str(options.scratch_directory)
