"""Set-up: the Lambda runtime emulator, the one file that the tests need of the SAM CLI's wheel."""

import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements/emulator.txt"
DIRECTORY = Path(sys.prefix) / "emulator"
STAMP = DIRECTORY / "installed.txt"


def emulator() -> Path | None:
    """The emulator for this machine; None where it does not run at all."""
    if sys.platform != "linux":
        return None
    processor = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    return DIRECTORY / f"samcli/local/rapid/aws-lambda-rie-{processor}"


def main() -> None:
    program = emulator()
    wanted = LOCK.read_text("utf-8")
    if program is None or (program.exists() and STAMP.exists() and STAMP.read_text() == wanted):
        return
    print("webferry setup: fetching the Lambda emulator, 8 MB", flush=True)
    # Without its 60 dependencies, and where no import will find it.
    options = ("--no-deps", "--no-compile", "--upgrade", "--quiet", "--require-hashes")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(DIRECTORY), "-r", LOCK],
        check=True,
    )
    program.chmod(0o755)
    STAMP.write_text(wanted, "utf-8")


if __name__ == "__main__":
    main()
