"""The driver's program: where an image carries it packed, it is unpacked for each walk anew."""

import asyncio
from contextlib import suppress
from pathlib import Path

import playwright

from webferry.domain.errors import Unavailable

_DRIVER = Path(playwright.__file__).parent / "driver"
_PACKED = _DRIVER / "node.zst"
_UNPACK = ("/usr/bin/zstd", "-d", "-q")
_WAIT_S = 10.0


async def program_and_script(directory: Path) -> tuple[str, str]:
    """Node.js and what it runs; unpacked, it lies where only this walk's browser could change it.

    Raises: Unavailable.
    """
    node = _DRIVER / "node"
    if _PACKED.exists():
        node = directory / "node"
        await _unpack(node)
    return str(node), str(_DRIVER / "package" / "cli.js")


async def _unpack(node: Path) -> None:
    """What was packed may be run; so may what is unpacked of it."""
    unpacking = await asyncio.create_subprocess_exec(*_UNPACK, str(_PACKED), "-o", str(node))
    try:
        async with asyncio.timeout(_WAIT_S):
            if await unpacking.wait() != 0:
                raise Unavailable("The browser cannot be steered")
    except TimeoutError as error:
        raise Unavailable("The browser cannot be steered") from error
    finally:
        if unpacking.returncode is None:
            with suppress(ProcessLookupError):
                unpacking.kill()
            await unpacking.wait()
