"""Reads one hostile page inside hard limits, and says what it took: CPU seconds and peak bytes."""

import json
import re
import resource
import sys
from pathlib import Path

from tests.unit.hostile_pages import PAGES
from webferry.content.document import parse
from webferry.content.main_content.choice import Part, keep_part
from webferry.content.markdown.rendering import to_markdown
from webferry.content.metadata import metadata_of

MAX_CPU_S = 10
MAX_BYTES = 3 << 30
MAX_INPUT = 2_000_000


def peak_kb() -> int:
    """The most memory held so far. What `getrusage` says on Linux includes who started us."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))
        if peak:
            return int(peak[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Every page named on the command line, one line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    for name in sys.argv[1:]:
        page = PAGES[name]()[:MAX_INPUT]
        before = resource.getrusage(resource.RUSAGE_SELF)
        spent = before.ru_utime + before.ru_stime
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + MAX_CPU_S, resource.RLIM_INFINITY))
        document = parse(page, "https://example.com/")
        metadata_of(document)
        whole = document.copy()
        keep_part(document, Part.MAIN)
        written = to_markdown(whole) + to_markdown(document)
        after = resource.getrusage(resource.RUSAGE_SELF)
        took = after.ru_utime + after.ru_stime - spent
        told = {"page": name, "cpu_s": took, "peak_kb": peak_kb(), "letters": len(written)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
