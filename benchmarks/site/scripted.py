"""Pages that scripts build: one archetype each of how the web hides its content from plain HTTP.

An archetype is a file in `shells/`: markup and a script, which finds `api`, `card` and `show`.
"""

import json
from pathlib import Path

from benchmarks.site.prose import Prose

SHELLS = {path.stem: path.read_text() for path in sorted(Path(__file__).parent.glob("shells/*"))}

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>[[title]]</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/site.css">
<script src="/static/lib0.js" defer></script><script src="/static/lib1.js" defer></script>
<script>
const api = "/api/cards/[[number]]";
function card(c) {
  const made = document.createElement("article");
  made.innerHTML = `<h2><a href="${c.href}">${c.title}</a></h2><p>${c.text}</p>`;
  return made;
}
function show(cards, into) {
  (into || document.getElementById("root")).replaceChildren(...cards.map(card));
}
</script></head><body>
"""


def shell_page(kind: str, number: int, prose: Prose, cards: list[dict[str, str]]) -> str:
    """The page as the server sends it: no content yet, or only inside a script."""
    page = (_HEAD + SHELLS[kind] + "</body></html>\n").replace("[[number]]", str(number))
    return page.replace("[[title]]", prose.title()).replace("[[state]]", json.dumps(cards))
