"""Every dialect of a product of its own, asked: `python -m tests.fuzz`; fails unless spotless."""

import argparse
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.fuzz.asking import DIALECTS, ask, open_purse
from tests.journeys.pages import site
from tests.journeys.product import Product

# So many requests to each operation make two thousand to each dialect.
EXAMPLES = {"scrape": 180, "tools": 90, "flows": 40}
ENOUGH = 2000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--only", choices=DIALECTS, action="append")
    parser.add_argument("--examples", type=int, help="for each operation")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--log", type=Path, help="a directory for what is said")
    options = parser.parse_args()
    spotless = True
    with site() as page, tempfile.TemporaryDirectory() as directory:
        product = Product(Path(directory) / "data", egress_allow=urlsplit(page).netloc).start()
        try:
            key = open_purse(product, "fuzz@example.com")
            for dialect in options.only or DIALECTS:
                count = str(options.examples or EXAMPLES[dialect])
                asked = ask(product, key, dialect, f"{page}/", "-n", count, "--seed", options.seed)
                verdict = "no failures" if asked.spotless else asked.said
                print(f"{dialect}: {asked.cases} cases, {verdict}", flush=True)
                if options.log:
                    (options.log / f"{dialect}.txt").write_text(asked.said)
                spotless &= asked.spotless and (bool(options.examples) or asked.cases >= ENOUGH)
        finally:
            product.stop()
    return 0 if spotless else 1


if __name__ == "__main__":
    sys.exit(main())
