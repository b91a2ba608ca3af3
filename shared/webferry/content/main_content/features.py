"""What a block is known by: one column for each feature, one value in it for each block."""

from collections import Counter
from itertools import accumulate
from operator import mul, sub, truediv

from webferry.content.document import Document
from webferry.content.main_content.blocks import Blocks, Region
from webferry.content.main_content.page_facts import page_facts
from webferry.content.main_content.sayings import sayings_in
from webferry.content.main_content.surroundings import region_columns

Columns = dict[str, list[float]]
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SENTENCE_ENDS = (".", "!", "?", "…", "。", ".”", '."', ".)", "؟", "।")
_RANKED_TAGS = "nav address article li tr dt figcaption p blockquote pre summary h6 h5 h4 h3 h2 h1"
_TAG_RANKS = {tag: float(rank) for rank, tag in enumerate(_RANKED_TAGS.split())}
_OTHER_TAG = 1.5
_PROSE_CHARACTERS = 60
_REACHES = (3, 8)
_PROSE_LINKED = 0.4


class Features:
    """Numbers in `columns`, words recognised in `bits`."""

    def __init__(self, document: Document, page: Blocks) -> None:
        self.blocks = page.blocks
        self.page = page
        self.columns: Columns = {}
        self.bits: dict[str, list[int]] = {}
        self.tags = [block.region.tag for block in self.blocks]
        self._own()
        self._said()
        self._sums()
        self._neighbours()
        self._places()
        self._alike()
        self.columns |= region_columns(page, self.words_to, self.links_to, self.prose_to)
        facts = page_facts(document, [region.tag for region in page.regions]) | {
            "page_words": self.words_to[-1],
            "page_blocks": float(len(self.blocks)),
            "page_linked": self.links_to[-1] / self.words_to[-1],
            "page_prose": self.prose_to[-1] / self.words_to[-1],
        }
        for name, value in facts.items():
            self.columns[name] = [value] * len(self.blocks)

    def _own(self) -> None:
        add, blocks = self.columns, self.blocks
        add["words"] = counts = [float(len(block.words)) for block in blocks]
        add["chars"] = sizes = [float(len(block.text)) for block in blocks]
        links = [min(block.linked, len(block.words)) for block in blocks]
        add["linked"] = linked = list(map(truediv, links, counts))
        lower = [sum(map(str.islower, block.words)) for block in blocks]
        add["lower"] = list(map(truediv, lower, counts))
        add["stops"] = stops = [
            float(block.text.count(". ") + block.text.endswith(_SENTENCE_ENDS)) for block in blocks
        ]
        add["tag"] = [_TAG_RANKS.get(tag, _OTHER_TAG) for tag in self.tags]
        add["depth"] = [float(block.region.depth) for block in blocks]
        self._prose = [
            count if share < _PROSE_LINKED and size > _PROSE_CHARACTERS and stop else 0.0
            for count, share, size, stop in zip(counts, linked, sizes, stops, strict=True)
        ]
        self._linked = list(map(mul, counts, linked))

    def _said(self) -> None:
        """Set phrases of the block, and of the heading it stands under."""
        level, headed, gap = 6.0, 0, 0.0
        says = sayings_in([block.text for block in self.blocks])
        under, levels, gaps = [], [], []
        for tag, count, bits in zip(self.tags, self.columns["words"], says, strict=True):
            if tag in HEADINGS:
                level, headed, gap = float(tag[1]), bits, 0.0
            under.append(headed)
            levels.append(level)
            gaps.append(gap)
            gap += count
        self.columns |= {"heading_level": levels, "since_heading": gaps}
        self.bits |= {
            "says": says,
            "under": under,
            "signs": [block.region.signs for block in self.blocks],
            "near": [_near(block.region) for block in self.blocks],
        }

    def _sums(self) -> None:
        self.words_to = [0.0, *accumulate(self.columns["words"])]
        self.links_to = [0.0, *accumulate(self._linked)]
        self.prose_to = [0.0, *accumulate(self._prose)]

    def _neighbours(self) -> None:
        add, count = self.columns, len(self.blocks)
        add["tag-1"] = [-1.0, *add["tag"][:-1]]
        for name in ("tag", "lower"):
            add[f"{name}+1"] = [*add[name][1:], -1.0]
        for reach in _REACHES:
            words = _windows(self.words_to, reach, count)
            links = _windows(self.links_to, reach, count)
            add[f"linked~{reach}"] = list(map(truediv, links, words))

    def _places(self) -> None:
        add, count, words = self.columns, len(self.blocks), self.words_to
        total = words[-1]
        add["place"] = [place / count for place in range(count)]
        add["before"] = words[:-1]
        add["before_part"] = [before / total for before in words[:-1]]
        top = self.tags.index("h1") if "h1" in self.tags else 0
        add["from_title"] = _counted_from(top, count)
        add["words_from_title"] = [before - words[top] for before in words[:-1]]
        prose = next((place for place, size in enumerate(self._prose) if size), 0)
        add["from_prose"] = _counted_from(prose, count)
        self._heart()

    def _heart(self) -> None:
        """The innermost region that holds most of the page's prose."""
        prose = self.prose_to
        heart = self.page.regions[0]
        for region in self.page.regions:
            if prose[region.end] - prose[region.start] > 0.6 * prose[-1]:
                heart = region
        add, count = self.columns, len(self.blocks)
        add["heart"] = [float(heart.start <= place < heart.end) for place in range(count)]
        add["heart_end"] = [-each for each in _counted_from(heart.end, count)]
        add["heart_part"] = [(heart.end - heart.start) / count] * count

    def _alike(self) -> None:
        """Blocks in elements of one kind: cards of a grid, answers of a thread, cells of a menu."""
        kinds: dict[tuple[str, int, int], int] = {}
        keys = zip(
            self.tags, (block.region.near for block in self.blocks), self.bits["near"], strict=True
        )
        alike = [kinds.setdefault(key, len(kinds)) for key in keys]
        many, words = [0.0] * len(kinds), [0.0] * len(kinds)
        for kind, count in zip(alike, self.columns["words"], strict=True):
            many[kind] += 1.0
            words[kind] += count
        means = list(map(truediv, words, many))
        self.columns["alike"] = [many[kind] for kind in alike]
        self.columns["alike_words"] = [means[kind] for kind in alike]
        texts = Counter([block.text for block in self.blocks])
        self.columns["copies"] = [float(texts[block.text]) for block in self.blocks]


def _windows(sums: list[float], reach: int, count: int) -> list[float]:
    """For each block the sum over those up to `reach` before and behind it."""
    ends = [*sums, *[sums[-1]] * reach][reach + 1 : reach + 1 + count]
    starts = [*[0.0] * reach, *sums][:count]
    return list(map(sub, ends, starts))


def _counted_from(start: int, count: int) -> list[float]:
    return list(map(float, range(-start, count - start)))


def _near(region: Region) -> int:
    return region.near | region.parent.near if region.parent else region.near
