"""Main content against pinned peers: `bench.py DATA`, over folders of pages with marked truth.

Each system runs in a process of its own, a peer in an environment of its own; a peer that cannot be
had is reported and left out. Times are CPU time, so a busy machine matters less. The forests that
are shipped have seen the pages they grew on: only pages they have not seen say how good they are.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from markdown_it import MarkdownIt

from benchmarks.content.constructs import Found
from benchmarks.content.environments import NoEnvironment, interpreter_for
from benchmarks.content.foreign import written_foreign
from benchmarks.content.labels import words_of
from benchmarks.content.metadata_scores import metadata_line
from benchmarks.content.pages import MarkedPage, marked_pages
from benchmarks.content.scores import f1
from benchmarks.content.systems import SYSTEMS, System
from webferry.content.document import parse, walk

_RUNNER = Path(__file__).with_name("runner.py")
_HEAD = (
    f"{'system':20} {'F1':>6} {'prec':>6} {'rec':>6} {'ms':>8} {'pages/s':>8} {'MB':>6}  by kind"
)
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def main() -> int:
    """Prints a table for each folder of pages found in DATA."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="+", choices=sorted(SYSTEMS), default=list(SYSTEMS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    parser.add_argument("--fold", type=int, help="only the sites of this fold; 0 is for testing")
    parser.add_argument("--foreign", action="store_true", help="in letters of another script")
    wanted = parser.parse_args()
    for folder in _folders(wanted.data):
        pages = [
            page for page in marked_pages(folder) if wanted.fold is None or page.fold == wanted.fold
        ][:: wanted.every]
        if not pages:
            continue
        if wanted.foreign:
            with TemporaryDirectory() as rewritten:
                _table(wanted.only, Path(rewritten), written_foreign(pages, Path(rewritten)))
            continue
        _table(wanted.only, folder, pages)
        _say(metadata_line(pages))
    return 0


def _table(names: list[str], folder: Path, pages: list[MarkedPage]) -> None:
    _say(f"\n{folder}: {len(pages)} pages\n{_HEAD}")
    for name in names:
        _say(_line(SYSTEMS[name], folder, pages))


def _folders(data: Path) -> list[Path]:
    truths = [data / "ground-truth", *sorted(data.glob("**/ground-truth"))]
    return [truth.parent for truth in dict.fromkeys(truths) if truth.is_dir()]


def _line(system: System, folder: Path, pages: list[MarkedPage]) -> str:
    try:
        answers, peak = _run(system, folder, pages)
    except NoEnvironment as error:
        return f"{system.name:20} left out: {error}"
    kinds: dict[str, list[float]] = {}
    scores, built = [], Found()
    for page, answer in zip(pages, answers, strict=True):
        built.add(page.markdown, answer["text"])
        found = _plain(answer["text"], is_markdown=system.is_markdown)
        score = f1(words_of(found), words_of(page.main))
        scores.append(score)
        kinds.setdefault(page.kind, []).append(score[0])
    score, precision, recall = (mean(each) for each in zip(*scores, strict=True))
    spent = mean(answer["ms"] for answer in answers)
    failed = sum(bool(answer["failed"]) for answer in answers)
    parts = "  ".join(f"{kind} {mean(each):.3f}" for kind, each in sorted(kinds.items()))
    return (
        f"{system.name:20} {score:6.4f} {precision:6.3f} {recall:6.3f} {spent:8.1f}"
        f" {1000 / spent:8.0f} {peak:6.0f}  {parts}"
        + (f"  ({failed} failed)" if failed else "")
        + (f"\n{'':20} {built.line()}" if system.is_markdown else "")
    )


def _run(
    system: System, folder: Path, pages: list[MarkedPage]
) -> tuple[list[dict[str, Any]], float]:
    """Raises: NoEnvironment."""
    command = [interpreter_for(system), str(_RUNNER), system.module]
    asked = "".join(f"{folder / 'html' / page.id}.html.gz\t{page.url}\n" for page in pages)
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(lines) != len(pages) + 1:
        reason = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        raise NoEnvironment(reason[:200])
    return lines[:-1], lines[-1]["peak_mb"]


def _plain(text: str, *, is_markdown: bool) -> str:
    """What a reader of the Markdown sees; peers that answer in HTML or plain text fit as well."""
    if not is_markdown:
        return text
    page = parse(text if text.lstrip().startswith("<html") else _MARKDOWN.render(text))
    return " ".join(getattr(node, "data", "") for node in walk(page.body))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
