"""Line breaks: one breaks the line, two part the paragraph, those at an edge do nothing."""

from webferry.content.document import Document, Element, Node, Text, new_element

_INLINE_EDGES = frozenset(("p", "div", "li", "td", "th", "dd", "dt", "section", "article", "body"))


def mend_breaks(document: Document) -> None:
    """Runs of breaks become paragraphs; a break that opens or closes a block goes."""
    for found in document.select("br"):
        # Handles of breaks that an earlier run took out have no parent any more.
        if found.parent is None:
            continue
        run = _run_from(found)
        inside = _in_a_cell(found)
        if _at_an_edge(run) and not inside:
            for each in run:
                each.extract()
        elif len(run) > 1 and not inside:
            found.insert_before(new_element("p"))
            for each in run:
                each.extract()


def _run_from(first: Element) -> list[Node]:
    run: list[Node] = [first]
    node = first.next_sibling
    while node is not None and _is_empty(node):
        if type(node) is Element:
            run.append(node)
        node = node.next_sibling
    return run


def _is_empty(node: Node) -> bool:
    if type(node) is Text:
        return not node.data.strip()
    return type(node) is Element and node.tag == "br"


def _at_an_edge(run: list[Node]) -> bool:
    parent = run[0].parent
    if type(parent) is not Element or parent.tag not in _INLINE_EDGES:
        return False
    return all(map(_is_empty, run[0].previous_siblings)) or all(
        map(_is_empty, run[-1].next_siblings)
    )


def _in_a_cell(element: Element) -> bool:
    return element.closest("td, th, pre, a, h1, h2, h3, h4, h5, h6") is not None
