"""Runs one system over pages, in its own environment: a line of JSON for each page, then memory.

Only the standard library and the system itself may be imported here.
"""

import gzip
import importlib
import json
import resource
import sys
import time
from pathlib import Path

_EXTRACTORS = Path(__file__).with_name("extractors")


def main() -> int:
    """`runner.py MODULE`, with lines of `file<TAB>url` on standard input."""
    sys.setrecursionlimit(5_000)
    out = sys.stdout
    # Peers print to standard output as they please.
    sys.stdout = sys.stderr
    sys.path.insert(0, str(_EXTRACTORS))
    extract = importlib.import_module(sys.argv[1]).extract
    for line in sys.stdin:
        file, _, url = line.rstrip("\n").partition("\t")
        body = gzip.decompress(Path(file).read_bytes())
        start = time.process_time()
        try:
            text, failed = extract(body, url), ""
        except Exception as error:  # noqa: BLE001 - what a peer does with a page is the result
            text, failed = "", type(error).__name__
        spent = (time.process_time() - start) * 1000
        out.write(json.dumps({"text": text, "ms": spent, "failed": failed}) + "\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.write(json.dumps({"peak_mb": peak}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
