"""The white space of finished Markdown."""

import re

_EDGE = "&#160;"
_PADDING = re.compile(r"(?<!\\)&#160;")
_FENCE = re.compile(r"[ >\d.*+-]{0,40}(`{3,})")


def tidy(markdown: str) -> str:
    """Hard spaces become plain ones; those that only pad a line go."""
    markdown = markdown.replace("\xa0", " ")
    if _EDGE in markdown:
        markdown = "\n".join(_without_padding(markdown.split("\n")))
    return markdown.strip()


def _without_padding(lines: list[str]) -> list[str]:
    fence = ""
    kept: list[str] = []
    for line in lines:
        if mark := "```" in line and _FENCE.match(line):
            # The same mark closes what it opened; in a longer fence it is code.
            fence = mark[1] if not fence else "" if mark[1] == fence else fence
        plain = line if fence or mark or _EDGE not in line else _PADDING.sub(" ", line).rstrip()
        if fence or mark or plain or (kept and kept[-1]):
            kept.append(plain)
    return kept
