"""`python -m webferry_local` is the `webferry` command."""

from webferry_local.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
