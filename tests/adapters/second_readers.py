"""Readers of URLs that are not ours: the browser's own parser, and the standard library's."""

import html
import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

# A scheme, a host and a port; None when it is no URL.
Reading = tuple[str, str, str] | None

_PAGE = """<!doctype html><meta charset="utf-8"><pre id="out"></pre><script>
const pairs = PAIRS;
document.getElementById("out").textContent = JSON.stringify(pairs.map(([url, base]) => {
  try {
    const read = base ? new URL(url, base) : new URL(url);
    return [read.protocol.slice(0, -1), read.hostname, read.port];
  } catch { return null; }
}));
</script>"""
_OUTPUT = re.compile(r'<pre id="out">(.*?)</pre>', re.DOTALL)


def read_by_browser(browser: Path | str, pairs: Sequence[tuple[str, str | None]]) -> list[Reading]:
    """How Chromium reads each URL, relative to its base; its parser shares no code with ours."""
    # ASCII only, and no sign that could end the script: what arrives is what was meant.
    text = json.dumps(pairs).replace("<", "\\u003c")
    with tempfile.TemporaryDirectory() as directory:
        page = Path(directory, "urls.html")
        page.write_text(_PAGE.replace("PAIRS", text))
        command = [str(browser), "--no-sandbox", "--disable-gpu", "--dump-dom"]
        command += [f"--user-data-dir={directory}/profile", page.as_uri()]
        run = subprocess.run(command, capture_output=True, check=True, timeout=120)
    found = _OUTPUT.search(run.stdout.decode())
    assert found, run.stderr[-500:]
    readings = json.loads(html.unescape(found[1]))
    return [tuple(reading) if reading else None for reading in readings]


def read_by_library(url: str) -> Reading:
    """How Python's standard library reads a URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    return parts.scheme, f"[{host}]" if ":" in host else host, "" if port is None else str(port)
