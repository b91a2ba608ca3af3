"""The `webferry` command: the launcher and the operator's tools."""

from webferry_local.cli.command import main

__all__ = ["main"]
