"""Runs one `webferry` command: parse, do, print; failures are one sentence and an exit code."""

import argparse
import sys
from collections.abc import Sequence

from webferry_local.cli.parser import parser
from webferry_local.cli.remote import CommandFailed

FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except CommandFailed as failure:
        print(f"webferry: {failure}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain at exit either.
        sys.stderr.close()
        return 0


def _run(options: argparse.Namespace) -> int:
    # Each verb brings its own libraries in: `webferry --help` must not wait for boto3.
    if options.verb == "up":
        from webferry_local.launcher.up import up

        return up()
    from webferry_local.cli.verbs import carry_out

    return carry_out(options)
