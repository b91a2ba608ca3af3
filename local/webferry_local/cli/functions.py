"""The stack's functions by the names people use for them."""

from webferry_local.cli.remote import CommandFailed, Remote


def find_functions(remote: Remote, wanted: str | None) -> dict[str, str]:
    """Logical to physical names: all, or the one meant by `ScrapeApi` or `scrape_api`."""
    functions = remote.resources("AWS::Lambda::Function")
    if wanted is None:
        return functions
    for logical, physical in functions.items():
        if wanted in {physical, logical} or _folded(wanted) == _folded(logical):
            return {logical: physical}
    known = ", ".join(sorted(functions))
    raise CommandFailed(f"there is no function {wanted!r}; known are {known}")


def _folded(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
