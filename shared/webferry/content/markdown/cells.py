"""What stands in a cell of a table, brought to the one line that a cell of Markdown has."""

from webferry.content.document import Element, Node, Text, verbatim

_BLOCKS = "p, div, ul, ol, li, table, tr, dl, dt, dd, blockquote, section, article, address, figure"
_LINES = frozenset(_BLOCKS.split(", "))
_BREAK = "<br>"
# Noncharacters: no page can mean anything by them.
_ALIGNED = {"right": "\ufdd0", "center": "\ufdd1", "left": "\ufdd2"}
_RULES = {"\ufdd0": "---:", "\ufdd1": ":---:", "\ufdd2": ":---"}


def to_one_line(cell: Element) -> None:
    """Blocks and breaks become `<br>`, items get a bullet, inner cells a space between them."""
    if cell.select_one(f"{_BLOCKS}, br") is None:
        return
    for item in cell.select("li"):
        item.insert(0, verbatim("• "))
    for inner in cell.select("td, th"):
        inner.append(verbatim(" "))
        inner.unwrap()
    for broken in cell.select("br"):
        broken.replace_with(verbatim(_BREAK))
    for block in cell.select(_BLOCKS):
        for edge in (block.previous_sibling, block.next_sibling):
            if edge is not None and not _is_a_break(edge):
                (block.insert_before if edge == block.previous_sibling else block.insert_after)(
                    verbatim(_BREAK)
                )
        block.unwrap()
    _without_edges(cell)


def _is_a_break(node: Node) -> bool:
    if type(node) is Text:
        return not node.data.strip()
    return type(node) is Element and node.text == _BREAK


def _without_edges(cell: Element) -> None:
    """Breaks at an edge, and those behind another, say nothing."""
    last_was_break = True
    for node in list(cell):
        blank = type(node) is Text and not node.data.strip()
        if type(node) is Element and node.text == _BREAK:
            if last_was_break:
                node.extract()
            last_was_break = True
        elif not blank:
            last_was_break = False
    for node in reversed(list(cell)):
        if not _is_a_break(node):
            return
        node.extract()


def mark_alignment(heads: list[Element], first: list[Element]) -> None:
    """Leave a sign in the head of each column that is aligned."""
    for index, head in enumerate(heads):
        side = _side(head) or (_side(first[index]) if index < len(first) else "")
        if side:
            head.append(verbatim(_ALIGNED[side]))


def _side(cell: Element) -> str:
    written = (cell.attr("align") or "").strip().lower()
    style = (cell.attr("style") or "")[:300].lower().replace(" ", "")
    if not written and "text-align:" in style:
        written = style.partition("text-align:")[2].partition(";")[0]
    return written if written in _ALIGNED else ""


def write_alignment(markdown: str) -> str:
    """Turn the signs in the heads into colons in the rules below them."""
    if not any(sign in markdown for sign in _RULES):
        return markdown
    lines = markdown.split("\n")
    for number, line in enumerate(lines[:-1]):
        signs = [sign for sign in _RULES if sign in line]
        if signs and "| --- |" in lines[number + 1]:
            lines[number + 1] = _rule(line, lines[number + 1])
    return "".join(each for each in "\n".join(lines) if each not in _RULES)


def _rule(heads: str, rule: str) -> str:
    start, _, rest = rule.partition("|")
    columns = heads[len(start) :].replace("\\|", "").strip().strip("|").split("|")
    rules = (next((_RULES[sign] for sign in _RULES if sign in column), "---") for column in columns)
    return f"{start}| {' | '.join(rules)} |" if rest else rule
