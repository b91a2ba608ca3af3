"""A pool without an engine, and functions written on the spot."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from webferry_local.pool.plans import Code, FunctionSettings
from webferry_local.pool.pool import WorkerPool

MakeFunction = Callable[..., FunctionSettings]


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    workers = WorkerPool({"PATH": os.environ["PATH"], "LAUNCHER": "yes"}, max_workers=2)
    yield workers
    workers.stop()


@pytest.fixture
def make_function(pool: WorkerPool, tmp_path: Path) -> MakeFunction:
    def make(
        source: str, *, name: str = "probe", timeout_s: int = 10, **environment: str
    ) -> FunctionSettings:
        directory = tmp_path / name
        directory.mkdir(exist_ok=True)
        (directory / f"{name}.py").write_text(source)
        arn = f"arn:aws:lambda:us-east-1:123456789012:function:{name}"
        pool.register(arn, Code(f"{name}.handler", directory))
        return FunctionSettings(name, arn, timeout_s, 256, None, environment)

    return make
