"""The engine every test may use: one per test process, a fresh account per session."""

import io
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import botocore.session
import pytest
from botocore.loaders import create_loader

from webferry_local.engine.options import REGION, EngineOptions
from webferry_local.engine.session import EngineSession
from webferry_local.engine.threaded import ThreadedEngine
from webferry_local.free_ports import free_port
from webferry_local.pool.plans import Code
from webferry_local.pool.pool import WorkerPool

# Reading the services' models anew for each session would take most of a test's time.
SERVICE_MODELS = create_loader()


@dataclass(frozen=True)
class TestEngine:
    """What tests see of the engine."""

    __test__ = False
    endpoint: str
    pool: WorkerPool

    def session(self) -> EngineSession:
        account = "".join(secrets.choice("123456789") for _ in range(12))
        core = botocore.session.Session()
        core.register_component("data_loader", SERVICE_MODELS)
        return EngineSession(self.endpoint, account, botocore_session=core)

    def function(
        self,
        session: EngineSession,
        name: str,
        *,
        handler: str,
        code_directory: Path,
        environment: Mapping[str, str] | None = None,
        timeout_s: int = 10,
    ) -> str:
        """Create a function in the engine, runnable by the pool; its ARN."""
        variables = {**credentials(session), **(environment or {})}
        function: dict[str, str] = session.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=f"arn:aws:iam::{session.account}:role/any",
            Handler=handler,
            Timeout=timeout_s,
            Code={"ZipFile": empty_archive()},
            Environment={"Variables": variables},
        )
        arn = function["FunctionArn"]
        self.pool.register(arn, Code(handler, code_directory))
        return arn


def credentials(session: EngineSession) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": session.endpoint,
        "AWS_ACCESS_KEY_ID": session.account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def empty_archive() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("code_lies_elsewhere.txt", "")
    return archive.getvalue()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestEngine]:
    options = EngineOptions(
        port=free_port(), directory=tmp_path_factory.mktemp("engine"), access_key=None
    )
    pool = WorkerPool({"PATH": os.environ["PATH"]}, max_workers=4)
    with ThreadedEngine(options, pool):
        yield TestEngine(options.endpoint, pool)
