"""Builds the browser function's image and invokes it as Lambda would: read-only, small, not root.

Needs Docker, or root and Debian's `dockerd`, which is then started by hand for as long as it takes;
where neither can be had, it says so and fails nothing. WEBFERRY_IMAGE_BASE names another base: an
image, or a tar of a Debian's root directory for where no registry can be reached.
"""

import http.client
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from setup.emulator import emulator
from setup.emulator import main as fetch_emulator
from webferry_local.free_ports import free_port

ROOT = Path(__file__).resolve().parents[1]
IMAGE = "webferry-browser-worker:test"
IMPORTED_BASE = "webferry-base:test"
MAX_IMAGE_BYTES = 500_000_000
MEMORY_MB = 2048
PAGE = b"""<!doctype html><div id=a></div><button onclick="a.textContent = 'clicked'">Go</button>
<script>a.textContent = 'Made by ' + 'script'</script>"""
STEPS = [{"type": "click", "selector": "text=Go"}, {"type": "screenshot"}, {"type": "extract"}]


class Site(http.server.BaseHTTPRequestHandler):
    """One page that only a browser can read."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_request(self, code: object = None, size: object = None) -> None:
        """Stay silent."""


def docker(*arguments: str) -> str:
    """Raises: SystemExit, with what Docker said."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"docker {arguments[0]} failed:\n{done.stdout}{done.stderr}"[-4000:])
    return done.stdout.strip()


def docker_answers() -> bool:
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@contextmanager
def engine() -> Iterator[bool]:
    """Whether containers can run: on the user's Docker, or on one that ends with us."""
    if shutil.which("docker") and docker_answers():
        yield True
        return
    if not (shutil.which("dockerd") and os.geteuid() == 0):
        yield False
        return
    place = Path(tempfile.mkdtemp(prefix="webferry-docker-"))
    os.environ["DOCKER_HOST"] = f"unix://{place}/socket"
    folders = [f"--data-root={place}/data", f"--exec-root={place}/exec", f"--pidfile={place}/pid"]
    # Without the limit, a root that may not raise limits can start no container.
    limits = ["--default-ulimit", "nofile=1024:4096"]
    daemon = subprocess.Popen(
        ["dockerd", *folders, "-H", os.environ["DOCKER_HOST"], *limits],
        stdout=subprocess.DEVNULL,
        stderr=(place / "log").open("wb"),
    )
    try:
        for _ in range(100):
            if docker_answers():
                break
            time.sleep(0.2)
        yield docker_answers()
    finally:
        daemon.terminate()
        daemon.wait()
        shutil.rmtree(place, ignore_errors=True)


def build() -> None:
    base = os.environ.get("WEBFERRY_IMAGE_BASE")
    if base and Path(base).is_file():
        docker("import", base, IMPORTED_BASE)
        base = IMPORTED_BASE
    chosen = ["--build-arg", f"BASE={base}"] if base else []
    dockerfile = str(ROOT / "functions/browser_worker/Dockerfile")
    print("building the image, some minutes the first time", flush=True)
    docker("build", "-q", "-t", IMAGE, "-f", dockerfile, *chosen, str(ROOT))


def check_image() -> None:
    facts = json.loads(docker("image", "inspect", IMAGE))[0]
    print(f"the image has {facts['Size'] / 1e6:.0f} MB and runs as {facts['Config']['User']}")
    if facts["Size"] > MAX_IMAGE_BYTES or facts["Config"]["User"] in ("", "root", "0"):
        raise SystemExit("the image is too large, or runs as root")


def invoke(page_port: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the function in the container answers about the page, and about steps on it."""
    port, runtime_port = free_port(), free_port()
    narrow = ["--read-only", "--tmpfs=/tmp:exec", "--shm-size", "64k", "--cap-drop", "all"]
    memory = ["--memory", f"{MEMORY_MB}m", "--memory-swap", f"{MEMORY_MB}m"]
    told = {
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY_MB),
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "60",
        "WEBFERRY_ENVIRONMENT": "aws",
        "WEBFERRY_EGRESS_ALLOW": f"127.0.0.1:{page_port}",
    }
    variables = [part for name, value in told.items() for part in ("-e", f"{name}={value}")]
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    addresses += ["--runtime-api-address", f"127.0.0.1:{runtime_port}"]
    container = docker(
        *("run", "-d", "--network", "host", *narrow, *memory, *variables),
        *("-v", f"{emulator()}:/emulator:ro", "--entrypoint", "/emulator", IMAGE),
        *(*addresses, "python3", "-m", "awslambdaric", "browser_worker.handler.handler"),
    )
    letter = json.loads((ROOT / "events/browser_worker.json").read_text("utf-8"))
    url = f"http://127.0.0.1:{page_port}/"
    letter["render"]["page"]["url"] = url
    order = {"url": url, "steps": STEPS, "timeout_ms": 60_000}
    walk = {"v": letter["v"], "walk": order, "links": {}}
    answers = []
    try:
        for asked in (letter, letter, walk, walk):
            started = time.monotonic()
            answers.append(post(port, asked))
            print(f"answered after {time.monotonic() - started:.2f} s")
    finally:
        print(docker("logs", "--tail", "5", container))
        docker("rm", "-f", container)
    return answers[1], answers[3]


def post(port: int, letter: object) -> dict[str, Any]:
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
        try:
            path = "/2015-03-31/functions/function/invocations"
            connection.request("POST", path, json.dumps(letter))
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        except ConnectionError:
            time.sleep(0.1)
        else:
            return answer
        finally:
            connection.close()
    raise SystemExit("the emulator in the container did not answer")


def main() -> int:
    fetch_emulator()
    with engine() as running:
        if not running or emulator() is None:
            print("IMAGE TEST SKIPPED: no container engine can run here", file=sys.stderr)
            return 0
        build()
        check_image()
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        rendered, walked = invoke(site.server_port)
        site.shutdown()
    settled = rendered.get("rendering", {}).get("settled")
    print("the image renders" if settled else f"the image does not render: {rendered}")
    steps = walked.get("walked", {}).get("message") == ""
    print("the image takes steps" if steps else f"the image does not take steps: {walked}")
    return 0 if settled and steps else 1


if __name__ == "__main__":
    raise SystemExit(main())
