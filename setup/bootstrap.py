"""Set-up: makes .venv from a hashed lock file, once; needs nothing but a Python.

Usage: python setup/bootstrap.py local|dev. Any Python 3.7 can read this file, so that an old one
is told so in a sentence.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "webferry-setup.txt"
OLDEST_PYTHON = (3, 11)
OTHER_PYTHONS = ("python3.13", "python3.12", "python3.11")
NEEDED_BYTES = 1_000_000_000
# What `make test` installs holds all that `make up` needs.
CONTAINED_IN = {"local": ("local", "dev"), "dev": ("dev",)}


def say(text: str) -> None:
    print(f"webferry setup: {text}", flush=True)


def stop(text: str) -> NoReturn:
    print(f"webferry setup: {text}", file=sys.stderr)
    raise SystemExit(1)


def use_a_python_that_is_new_enough() -> None:
    """Go on as another interpreter when this one is too old and a newer one is found."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    newer = next(filter(can_make_a_venv, OTHER_PYTHONS), None)
    if newer is None:
        stop(
            f"Python 3.11 or newer is needed; {sys.executable} is {platform.python_version()}. "
            "Install one, or name it: WEBFERRY_PYTHON=/path/to/python3.12 make up"
        )
    raise SystemExit(subprocess.call([newer, *sys.argv]))


def can_make_a_venv(python: str) -> bool:
    """Whether it really runs: version managers leave programs that only say what they lack."""
    if shutil.which(python) is None:
        return False
    tried = subprocess.run(
        [python, "-c", "import ensurepip, venv"], capture_output=True, check=False
    )
    return tried.returncode == 0


def lock_file(lock: str) -> Path:
    return ROOT / "requirements" / f"{lock}.txt"


def home() -> str:
    """The place and the interpreter a virtual environment is tied to."""
    return f"{ROOT} {sys.executable} {platform.python_version()}"


def fingerprint(lock: str) -> str:
    """What an installation was made from; any difference means that it is out of date."""
    made_from = (ROOT / "pyproject.toml").read_bytes() + lock_file(lock).read_bytes()
    return f"{home()}\n{hashlib.sha256(made_from).hexdigest()}\n"


def stamp() -> str:
    return STAMP.read_text("utf-8") if STAMP.is_file() and VENV_PYTHON.exists() else ""


def is_set_up(lock: str) -> bool:
    return stamp() in [fingerprint(holder) for holder in CONTAINED_IN[lock]]


def require_disk_space() -> None:
    free_bytes = shutil.disk_usage(ROOT).free
    if free_bytes < NEEDED_BYTES:
        stop(
            f"only {free_bytes / 1e9:.1f} GB are free in {ROOT}; "
            f"{NEEDED_BYTES / 1e9:.0f} GB are needed. Make room and try again."
        )


def make_venv() -> None:
    if stamp().startswith(home() + "\n"):
        return
    say(f"making .venv with Python {platform.python_version()}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode != 0:
        stop(
            "no virtual environment could be made. On Debian and Ubuntu this helps: "
            "apt-get install python3-venv"
        )


def pip(*arguments: str) -> None:
    """Run pip, naming each package it comes to; its own words are shown only when it fails."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--no-deps", "--no-input", *arguments]
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            show_progress(line)
    if process.returncode != 0:
        stop(
            f"pip failed:\n\n{''.join(lines[-15:])}\nIs the package index reachable? "
            "Run the same command again when it is: what was fetched is kept."
        )


def show_progress(line: str) -> None:
    verb, _, rest = line.partition(" ")
    if verb in ("Collecting", "Processing"):
        name = re.split("==|-[0-9]", Path(rest.split()[0]).name)[0]
        print(f"  {name}", end="", flush=True)
    elif verb == "Installing" and "," in rest:
        print("\n  ... unpacking", flush=True)


def install(lock: str) -> None:
    count = len(re.findall("^[a-z]", lock_file(lock).read_text("utf-8"), re.MULTILINE))
    say(f"fetching {count} packages, about half a minute the first time")
    pip("--no-compile", "--require-hashes", "-r", str(lock_file(lock)))
    pip("--no-build-isolation", "-e", str(ROOT))
    compile_wheels()


def compile_wheels() -> None:
    """On all cores, and not at the first start: imports are several times as fast afterwards."""
    say("compiling them")
    command = [str(VENV_PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV)]
    # Some wheels carry templates that are no Python: their errors concern nobody.
    subprocess.run(command, check=False, capture_output=True)


def main() -> None:
    use_a_python_that_is_new_enough()
    lock = sys.argv[1]
    if is_set_up(lock):
        return
    require_disk_space()
    make_venv()
    # Half an installation is known by its missing fingerprint, and the next run goes on from it.
    STAMP.write_text(f"{home()}\n", "utf-8")
    install(lock)
    STAMP.write_text(fingerprint(lock), "utf-8")
    say("done")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted; run the same command again to go on")
