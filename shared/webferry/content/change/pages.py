"""The text of a whole page, line by line as its blocks stand, to look up what main lines say."""

from webferry.content.document import Document
from webferry.content.records.outline import outline_of


def whole_text(document: Document) -> str:
    """Everything a page says; a block, or what stands behind one, begins a line."""
    outline = outline_of(document)
    lines: list[str] = []
    block = -1
    for entry, tag in enumerate(outline.tags):
        if tag:
            continue
        around = next((above for above in outline.ancestors(entry) if outline.is_block(above)), 0)
        said = outline.texts[entry]
        if around == block:
            lines[-1] += said
        else:
            lines.append(said)
            block = around
    return "\n".join(" ".join(line.split()) for line in lines)
