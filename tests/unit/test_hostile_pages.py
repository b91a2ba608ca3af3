"""No page crashes, stalls or bloats the workbench: read in a process that its limits would kill."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.hostile_pages import PAGES
from webferry.content.document import MAX_DEPTH, MAX_NODES, Document, Node, parse
from webferry.content.markdown.rendering import to_markdown

ROOT = Path(__file__).parents[2]
MAX_CPU_S = 5
MAX_KB = 1 << 20
BATCHES = [sorted(PAGES)[start::8] for start in range(8)]
FIXTURES = sorted((Path(__file__).parents[1] / "pages").glob("*/page.html"))


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch[0])
def test_a_hostile_page_costs_little(batch: list[str]) -> None:
    reader = subprocess.run(
        [sys.executable, "-m", "tests.unit.hostile_reader", *batch],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    told = [json.loads(line) for line in reader.stdout.splitlines()]

    assert [each["page"] for each in told] == batch, reader.stderr[-2000:]
    assert reader.returncode == 0
    assert [each for each in told if each["cpu_s"] > MAX_CPU_S or each["peak_kb"] > MAX_KB] == []


def depth(node: Node) -> int:
    return 1 + max((depth(child) for child in node), default=0)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep",
        "<p>x" * 1_000_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(2000)) + "<p>x" * 5000,
        "<svg>" + "<g>" * 5000,
    ],
    ids=["deep", "many", "reopened", "drawn"],
)
def test_a_tree_has_bounded_depth_and_size(html: str) -> None:
    document = parse(html)

    assert document.truncated
    assert depth(document.tree) <= MAX_DEPTH + 3
    assert sum(1 for _ in document.tree.descendants) <= MAX_NODES


def test_formatting_that_is_defused_is_formatting_again() -> None:
    html = "<p>" + "".join(f"<b id={n}>x</b>" for n in range(20_000)) + "</p>"

    assert len(parse(html).select("b")) == 20_000


def mutated(page: str, dice: random.Random) -> str:
    """Spliced, flipped, doubled and cut: what broken generators and attackers send."""
    for _ in range(dice.randrange(1, 8)):
        start, end = sorted(dice.randrange(len(page) + 1) for _ in range(2))
        match dice.randrange(5):
            case 0:
                page = page[:start] + page[end:]
            case 1:
                page = page[:end] + page[start:]
            case 2:
                page = page[:start] + dice.choice("<>&\"'/=\0\ufffd ") + page[start + 1 :]
            case 3:
                other = dice.choice(FIXTURES).read_text("utf-8")
                page = page[:start] + other[: dice.randrange(len(other))] + page[start:]
            case _:
                page = (
                    page[:start] + "".join(dice.choice("<>/aptd=! ") for _ in range(9)) + page[end:]
                )
    return page[:200_000]


@pytest.mark.parametrize("seed", range(4))
def test_a_mutilated_page_is_still_a_page(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(150):
        page = mutated(dice.choice(FIXTURES).read_text("utf-8"), dice)

        to_markdown(parse(page, "https://example.com/a/b")).encode("utf-8", "surrogatepass")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_page(body: bytes) -> None:
    document = parse(body, "https://example.com/")

    assert isinstance(document, Document)
    to_markdown(document)
