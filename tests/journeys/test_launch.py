"""Starting, stopping, killing: the data stays, nothing is left behind, refusals are clear."""

import json
import shutil
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.journeys.product import Product
from webferry_local.engine.web_server import bind
from webferry_local.launcher.settings import PROJECT

GRACE_S = 10
PLANTED = """BillingMode: PAY_PER_REQUEST
      WarmThroughput:
        ReadUnitsPerSecond: 12001"""


def listeners() -> set[str]:
    """Local addresses of all listening TCP sockets and bound UDP sockets, with their ports."""
    found = set()
    for table, states in (("tcp", {"0A"}), ("tcp6", {"0A"}), ("udp", {"07"}), ("udp6", {"07"})):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state = line.split()[:4]
            if state in states:
                found.add(f"{table} {local}")
    return found


def workers_of(product: Product) -> set[int]:
    """Processes that carry this product's data directory in their environment."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"bootstrap.py" in command and f"TMPDIR={product.data}/".encode() in environment:
            found.add(int(process.name))
    return found


@pytest.mark.promise("commands.survive", "commands.no-orphans")
def test_after_kill_9_account_key_and_job_are_still_there_and_no_worker_is_left(
    tmp_path: Path,
) -> None:
    product = Product(tmp_path / "data").start()
    account = product.command_json("account", "create", "durable@example.com")
    demo_key = product.demo["apiKey"]
    with product.client(account["apiKey"]) as client:
        order = {"urls": ["https://example.invalid/"], "mode": "async"}
        job_id = client.post("/v1/scrape", json=order).json()["jobId"]
    assert workers_of(product)
    product.kill()
    deadline = time.monotonic() + GRACE_S
    while workers_of(product):
        assert time.monotonic() < deadline, "workers outlived the launcher"
        time.sleep(0.05)
    product.start()
    with product.client(account["apiKey"]) as client:
        assert client.get("/api/keys").status_code == 200
        assert client.get(f"/v1/jobs/{job_id}").status_code == 200
    assert product.demo["apiKey"] == demo_key
    assert product.stop() == 0


@pytest.mark.promise(
    "commands.stop", "commands.up.demo", "commands.up.demo-key", "commands.up.ready"
)
def test_after_ctrl_c_the_next_start_goes_on_with_the_same_data(tmp_path: Path) -> None:
    product = Product(tmp_path / "data").start()
    letter = product.demo
    assert set(letter) == {"baseUrl", "apiKey", "email", "password", "webhookSecret"}
    assert (product.data / "demo.json").stat().st_mode & 0o077 == 0
    assert f"Webferry is ready on {product.base_url}" in product.output
    assert letter["apiKey"] in product.output
    assert product.stop() == 0
    product.start()
    assert product.demo == letter
    with product.client() as client:
        assert client.get("/api/keys").status_code == 200
    assert product.stop() == 0


@pytest.mark.promise("commands.loopback")
def test_nothing_listens_beyond_loopback(tmp_path: Path) -> None:
    before = listeners()
    product = Product(tmp_path / "data").start()
    opened = listeners() - before
    assert any(f":{product.port:04X}" in address for address in opened)
    assert [a for a in opened if not a.split()[1].startswith("0100007F:")] == []
    product.stop()


@pytest.mark.promise("commands.engine-guard")
def test_a_page_of_another_origin_cannot_reach_the_engine(product: Product) -> None:
    endpoint = f"http://127.0.0.1:{product.engine_port}"
    create = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "text/plain"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": f"evil.example:{product.engine_port}"},
        {},
    ):
        answer = httpx.post(endpoint, headers={**create, **headers}, content=b"{}")
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    preflight = httpx.options(endpoint, headers={"Origin": "https://evil.example"})
    assert preflight.status_code == 403


@pytest.mark.promise("commands.port-taken", "commands.port")
def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    product = Product(tmp_path / "data")
    holder = bind("127.0.0.1", product.port)
    holder.listen()
    told = product.command("up", succeeds=False)
    assert f"Port {product.port} is taken" in told
    assert "WEBFERRY_PORT=" in told
    assert "Traceback" not in told
    holder.close()


@pytest.mark.promise("commands.newer-data", "commands.data")
def test_data_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    product = Product(tmp_path / "data")
    product.data.mkdir()
    (product.data / "identity.json").write_text(json.dumps({"format": 9, "accessKey": "1" * 12}))
    told = product.command("up", succeeds=False)
    assert "newer Webferry" in told
    assert "Traceback" not in told


@pytest.mark.promise("commands.read-back")
def test_a_property_that_the_engine_drops_stops_the_start_and_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for part in ("functions", "shared", "local", "layers"):
        shutil.copytree(PROJECT / part, copy / part)
    template = (PROJECT / "template.yaml").read_text()
    planted = template.replace("BillingMode: PAY_PER_REQUEST", PLANTED)
    assert planted != template
    (copy / "template.yaml").write_text(planted)
    product = Product(tmp_path / "data", source=copy / "local")
    told = product.command("up", succeeds=False)
    assert "did not take effect" in told
    assert "AccountsTable.WarmThroughput" in told
    assert "Traceback" not in told


@pytest.mark.promise("commands.many-at-once")
def test_accounts_made_at_once_are_all_different(product: Product) -> None:
    commands = [
        subprocess.Popen(
            [*product.own_command, "account", "create", f"crowd{number}@example.com", "--json"],
            env=product.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    accounts = [json.loads(command.communicate()[0]) for command in commands]
    assert len({account["id"] for account in accounts}) == 8
    assert len({account["apiKey"] for account in accounts}) == 8
