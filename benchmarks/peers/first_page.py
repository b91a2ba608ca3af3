"""A peer's first page, from nothing: `python first_page.py PEER_DIRECTORY BROWSER URL`.

Prints the page on one line and waits, so that its processes can be looked at before they end.
"""

import asyncio
import importlib.util
import sys
from pathlib import Path


async def main(directory: str, browser: str, url: str) -> None:
    spec = importlib.util.spec_from_file_location("peer", Path(directory) / "peer.py")
    assert spec
    assert spec.loader
    peer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peer)
    async with peer.visitor("cold", browser) as visit:
        print((await visit(url)).replace("\n", " "), flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
