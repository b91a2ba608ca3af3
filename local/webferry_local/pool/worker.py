"""One worker process: started, invoked, killed; it never outlives the launcher."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, cast

from webferry_local.pool.plans import Code, FunctionSettings, Outcome, failure_payload
from webferry_local.pool.runtime_api import DeadlinePassed, RuntimeApi, WorkerLost
from webferry_local.pool.wire import Connection, NotTheRuntimeApi, Request

BOOTSTRAP = Path(__file__).with_name("bootstrap.py")
INIT_TIMEOUT_S = 30
RESPONSE_LIMIT_BYTES = 6 * 1024 * 1024 + 1024
NEXT = "/2018-06-01/runtime/invocation/next"
INIT_ERROR = "/2018-06-01/runtime/init/error"
ACCEPTED = b'{"status":"OK"}'


class Worker:
    """A process that serves one invocation at a time. Not thread-safe: the pool lends it out."""

    def __init__(
        self, code: Code, settings: FunctionSettings, inherited: Mapping[str, str]
    ) -> None:
        self.settings = settings
        self.usable = True
        self.idle_since = time.monotonic()
        self.stream = f"{time.strftime('%Y/%m/%d', time.gmtime())}/[$LATEST]{uuid.uuid4().hex}"
        self._api = RuntimeApi()
        self._waiting: Connection | None = None
        environment = {**inherited, **settings.environment, **self._runtime_variables(code)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-u", str(BOOTSTRAP)],
            env=environment,
            cwd=code.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._api.watch(cast(BinaryIO, self._process.stdout), self.alive)

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def warm_up(self) -> None:
        """Let the handler's imports run before the first event needs them."""
        try:
            self.usable = self._await_next(INIT_TIMEOUT_S) is None
        except (DeadlinePassed, WorkerLost):
            self.usable = False

    def invoke(self, payload: bytes, request_id: str) -> Outcome:
        """Hand over one event and wait for what comes of it; afterwards look at `usable`."""
        started = time.monotonic()
        try:
            answer, error_type = self._exchange(payload, request_id)
        except DeadlinePassed:
            answer, error_type = self._timed_out(request_id)
        except (WorkerLost, NotTheRuntimeApi):
            answer, error_type = self._lost(request_id)
        if len(answer) > RESPONSE_LIMIT_BYTES:
            error_type = "Function.ResponseSizeTooLarge"
            text = f"Response payload size exceeded maximum allowed payload size ({len(answer)})."
            answer = failure_payload(error_type, text)
        duration_ms = (time.monotonic() - started) * 1000
        self.idle_since = time.monotonic()
        return Outcome(answer, error_type, self._api.take_lines(), duration_ms, self.stream)

    def kill(self) -> None:
        """End the whole process group, so that a browser the handler started goes with it."""
        self.end()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._api.close()

    def end(self) -> None:
        """End the processes now, but keep the pipes: their last words can still be read."""
        self.usable = False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _exchange(self, payload: bytes, request_id: str) -> tuple[bytes, str | None]:
        init_error = self._await_next(INIT_TIMEOUT_S)
        if init_error is not None:
            return self._init_failed(init_error)
        self._hand_over(payload, request_id)
        request, connection = self._api.wait(self.settings.timeout_s)
        connection.reply("202 Accepted", {"Content-Type": "application/json"}, ACCEPTED)
        if request.path.endswith("/error"):
            return request.body, _error_type_of(request)
        return request.body, None

    def _hand_over(self, payload: bytes, request_id: str) -> None:
        connection, self._waiting = self._waiting, None
        try:
            cast(Connection, connection).reply("200 OK", self._event_headers(request_id), payload)
        except OSError as error:
            raise WorkerLost from error

    def _await_next(self, seconds: float) -> Request | None:
        """Wait until the worker asks for an event; its init error if it cannot."""
        if self._waiting is not None:
            return None
        request, connection = self._api.wait(seconds)
        if request.path == INIT_ERROR:
            connection.reply("202 Accepted", {}, ACCEPTED)
            return request
        if request.path != NEXT:
            raise WorkerLost
        self._waiting = connection
        return None

    def _init_failed(self, request: Request) -> tuple[bytes, str]:
        self.usable = False
        return request.body, _error_type_of(request)

    def _timed_out(self, request_id: str) -> tuple[bytes, str]:
        self.end()
        limit = f"{self.settings.timeout_s}.00 seconds"
        text = f"RequestId: {request_id} Error: Task timed out after {limit}"
        return failure_payload("Sandbox.Timedout", text), "Sandbox.Timedout"

    def _lost(self, request_id: str) -> tuple[bytes, str]:
        self.end()
        status = self._process.wait()
        how = f"exit status {status}" if status >= 0 else f"signal: {signal.Signals(-status).name}"
        text = f"RequestId: {request_id} Error: Runtime exited with error: {how}"
        return failure_payload("Runtime.ExitError", text), "Runtime.ExitError"

    def _event_headers(self, request_id: str) -> dict[str, str]:
        deadline_ms = int((time.time() + self.settings.timeout_s) * 1000)
        return {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": request_id,
            "Lambda-Runtime-Deadline-Ms": str(deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": self.settings.arn,
        }

    def _runtime_variables(self, code: Code) -> dict[str, str]:
        return {
            "AWS_LAMBDA_RUNTIME_API": self._api.address,
            "AWS_LAMBDA_FUNCTION_NAME": self.settings.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.settings.memory_mb),
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{self.settings.name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": self.stream,
            "LAMBDA_TASK_ROOT": str(code.directory),
            "PYTHONPATH": os.pathsep.join(map(str, code.search_path)),
            "_HANDLER": code.handler,
        }


def _error_type_of(request: Request) -> str:
    return request.headers.get("lambda-runtime-function-error-type", "Runtime.Unknown")
