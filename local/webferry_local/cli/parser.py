"""The grammar of the `webferry` command, and its help."""

import argparse
from typing import TypeAlias

from webferry_local.cli.mcp_config import FILES

# argparse names the type of its own sub-commands only privately.
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

DESCRIPTION = "Run Webferry on this computer, or operate one that runs here or in your AWS account."
EPILOG = """examples:
  webferry up                                      run everything (same as `make up`)
  webferry account create you@example.com          a new account, with its first API key
  webferry keys create you@example.com --scopes scrape:run
  webferry logs -f scrape_api                      follow one function
  webferry invoke scrape_api -e events/health.json

exit codes: 0 done · 1 failed · 2 wrong usage, or the product cannot start"""


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(
        prog="webferry",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument(
        "--stack",
        metavar="NAME",
        help="operate this stack of your AWS account instead of the one running here",
    )
    verbs = root.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    verbs.add_parser("up", help="run everything on this computer until Ctrl-C")
    _logs(verbs)
    _account(verbs)
    _keys(verbs)
    _credits(verbs)
    _invoke(verbs)
    _mcp_config(verbs)
    _with_json(verbs.add_parser("status", help="functions, queues, dead letters, tables, browser"))
    return root


def _with_json(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--json", action="store_true", help="print one JSON value for programs")
    return verb


def _logs(verbs: Verbs) -> None:
    logs = verbs.add_parser("logs", help="what the functions printed in the last hour")
    logs.add_argument("function", nargs="?", help="one function, e.g. scrape_api; default: all")
    logs.add_argument("-f", "--follow", action="store_true", help="go on with what comes next")


def _account(verbs: Verbs) -> None:
    account = verbs.add_parser("account", help="open accounts, switch them off and on")
    acts = account.add_subparsers(dest="act", required=True, metavar="ACT")
    create = _with_json(acts.add_parser("create", help="a new account and its first API key"))
    create.add_argument("email")
    create.add_argument("--password", help="read from the terminal, or made up, when left out")
    for act, text in (
        ("disable", "refuse all its keys from the next request on"),
        ("enable", "let its keys work again"),
    ):
        _with_json(acts.add_parser(act, help=text)).add_argument("account", help="id or email")


def _keys(verbs: Verbs) -> None:
    keys = verbs.add_parser("keys", help="an account's API keys")
    acts = keys.add_subparsers(dest="act", required=True, metavar="ACT")
    create = _with_json(acts.add_parser("create", help="a new key, shown only now"))
    create.add_argument("account", help="id or email")
    create.add_argument("--name", default="Made by the operator")
    create.add_argument("--scopes", help="comma-separated, e.g. scrape:run,runs:read; default: all")
    _with_json(acts.add_parser("list", help="masked")).add_argument("account", help="id or email")
    revoke = _with_json(acts.add_parser("revoke", help="refuse it from the next request on"))
    revoke.add_argument("account", help="id or email")
    revoke.add_argument("key", help="the key's id, e.g. key-1710000000000")


def _credits(verbs: Verbs) -> None:
    acts = verbs.add_parser("credits", help="an account's credits").add_subparsers(
        dest="act", required=True, metavar="ACT"
    )
    grant = _with_json(acts.add_parser("grant", help="add credits, once per reference"))
    grant.add_argument("account", help="id or email")
    grant.add_argument("amount", type=int)
    grant.add_argument("--reference", help="what this gift is for; the same one is given once")
    refund = _with_json(
        acts.add_parser("refund", help="take back credits whose money was given back, once")
    )
    refund.add_argument("account", help="id or email")
    refund.add_argument("amount", type=int, help="at most so many; what is spent stays spent")
    refund.add_argument("--reference", required=True, help="which refund; the same one counts once")
    verify = _with_json(acts.add_parser("verify", help="prove every balance from its entries"))
    verify.add_argument("account", nargs="?", help="id or email; default: everybody")


def _invoke(verbs: Verbs) -> None:
    invoke = verbs.add_parser("invoke", help="hand one event to one function")
    invoke.add_argument("function", help="e.g. scrape_api")
    invoke.add_argument("-e", "--event", required=True, metavar="FILE", help="JSON file, or -")


def _mcp_config(verbs: Verbs) -> None:
    config = verbs.add_parser("mcp-config", help="what to tell Claude, Cursor, VS Code to connect")
    config.add_argument("--client", choices=FILES, help="one file's text")
    config.add_argument("--key", help="an API key, for a client that cannot open a browser")
