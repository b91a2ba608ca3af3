"""The catalogue: every tool on the shelf, found by the file it has there."""

import pkgutil
from functools import cache
from importlib import import_module

from webferry import tools
from webferry.domain.errors import NotFound
from webferry.tools.tool import Tool


@cache
def catalogue() -> dict[str, Tool]:
    """All tools by slug: a new file with a `TOOL` is a new tool."""
    files = (file.name for file in pkgutil.iter_modules(tools.__path__))
    modules = (import_module(f"{tools.__name__}.{name}") for name in sorted(files))
    return {module.TOOL.slug: module.TOOL for module in modules if hasattr(module, "TOOL")}


def tool_of(slug: str) -> Tool:
    """Raises: NotFound."""
    try:
        return catalogue()[slug]
    except KeyError as error:
        raise NotFound(f"Unknown tool: {slug[:100]}") from error
