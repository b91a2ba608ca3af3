"""Articles that can be edited, and seen twice with different noise around and within them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

WORDS = [
    "harbour",
    "bridge",
    "council",
    "winter",
    "ferry",
    "market",
    "garden",
    "river",
    "storm",
    "engine",
    "paper",
    "summer",
    "museum",
    "glass",
    "street",
    "house",
    "morning",
    "letter",
    "signal",
    "copper",
    "forest",
    "island",
    "water",
    "window",
    "record",
    "season",
    "village",
    "station",
    "number",
    "travel",
    "colour",
    "mirror",
    "silver",
    "weather",
    "kitchen",
    "animal",
    "corner",
    "doctor",
    "orange",
]


@dataclass(frozen=True)
class Version:
    """One look at a page: its HTML, and what a reader of the main content gets of it."""

    html: str
    main: str


Noise = Callable[["Look"], None]


@dataclass
class Look:
    """A page while noise is put into it."""

    dice: random.Random
    head: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    classes: str = "body"
    # Blocks the classifier takes for content at one visit and not at the next, though they stay.
    taken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Article:
    """A headline and its blocks."""

    title: str
    blocks: tuple[str, ...]
    noises: tuple[Noise, ...]

    def seen(self, seed: int) -> Version:
        """The page as one visit shows it."""
        look = Look(random.Random(seed))
        for noise in self.noises:
            noise(look)
        inner = "".join(f"<p class='{look.classes}'>{block}</p>" for block in self.blocks)
        within = "".join(f"<div class='meta'>{each}</div>" for each in look.within)
        html = (
            f"<html><head>{''.join(look.head)}</head><body>{''.join(look.before)}<main><h1>{self.title}"
            f"</h1>{within}{inner}</main>{''.join(look.after)}<footer><p>{FOOT}</p></footer></body></html>"
        )
        main = "\n\n".join([f"# {self.title}", *look.within, *self.blocks, *look.taken])
        return Version(html, main)


FOOT = "The Harbour Paper is printed on the quay every morning"


def article(dice: random.Random, noises: list[Noise] | None = None) -> Article:
    """An article of a few paragraphs, a price and a figure."""
    blocks = [_sentence(dice, dice.randint(12, 40)) for _ in range(dice.randint(3, 9))]
    blocks.insert(
        1, f"The entrance costs {dice.randint(3, 90)}.{dice.randint(10, 99)} euros a day."
    )
    blocks.insert(2, f"${dice.randint(100, 999)}.00")
    kept = NOISES if noises is None else noises
    return Article(_sentence(dice, 5), tuple(blocks), tuple(kept))


def _sentence(dice: random.Random, length: int) -> str:
    return " ".join(dice.choices(WORDS, k=length)).capitalize() + "."


def token(look: Look) -> None:
    mark = f"{look.dice.getrandbits(128):032x}"
    look.head.append(f"<meta name='csrf' content='{mark}'><script nonce='{mark}'>x</script>")
    look.after.append(f"<p>Request {mark}</p>")


def cache_bust(look: Look) -> None:
    look.head.append(f"<link rel=stylesheet href='/s.css?v={look.dice.random()}'>")
    look.after.append(f"<img src='/pixel.gif?{look.dice.random()}' alt=''>")


def hashed_classes(look: Look) -> None:
    look.classes = f"css-{look.dice.getrandbits(32):x}"


def advertisement(look: Look) -> None:
    look.before.append(f"<aside class='ad'>{_sentence(look.dice, 12)}</aside>")


def clock(look: Look) -> None:
    look.before.append(f"<div>{look.dice.randint(0, 23)}:{look.dice.randint(10, 59)}</div>")


def counters(look: Look) -> None:
    look.after.append(f"<div>{look.dice.randint(2, 900)} users online</div>")


def related(look: Look) -> None:
    links = "".join(f"<li><a href='/x'>{_sentence(look.dice, 6)}</a></li>" for _ in range(5))
    look.after.append(f"<ul class='related'>{links}</ul>")


def cookie_banner(look: Look) -> None:
    if look.dice.random() < 0.5:
        look.before.append("<div class='cookie'>We use cookies. <button>Accept</button></div>")


def ages(look: Look) -> None:
    unit = look.dice.choice(("minutes", "hours", "days"))
    look.within.append(f"{look.dice.randint(2, 50)} {unit} ago")
    look.within.append(f"{look.dice.randint(1_000, 9_999):,} views")


def wavering(look: Look) -> None:
    if look.dice.random() < 0.5:
        look.taken.append(FOOT)


NOISES: list[Noise] = [
    token, cache_bust, hashed_classes, advertisement, clock,
    counters, related, cookie_banner, ages, wavering,
]  # fmt: skip


def _edited(page: Article, place: int, block: str) -> Article:
    return replace(page, blocks=(*page.blocks[:place], block, *page.blocks[place + 1 :]))


def one_word(page: Article, dice: random.Random) -> Article:
    place = dice.choice([0, *range(3, len(page.blocks))])
    words = page.blocks[place].split()
    words[dice.randrange(len(words))] = dice.choice(("zeppelin", "quince", "walrus"))
    return _edited(page, place, " ".join(words))


def one_figure(page: Article, dice: random.Random) -> Article:
    return _edited(page, 1, f"The entrance costs {dice.randint(100, 200)}.50 euros a day.")


def a_price(page: Article, dice: random.Random) -> Article:
    return _edited(page, 2, f"${dice.randint(1000, 1999)}.00")


def the_title(page: Article, dice: random.Random) -> Article:
    return replace(page, title=_sentence(dice, 4))


def a_block_more(page: Article, dice: random.Random) -> Article:
    return replace(page, blocks=(*page.blocks, _sentence(dice, 15)))


def a_block_less(page: Article, dice: random.Random) -> Article:
    return replace(page, blocks=page.blocks[:-1])


EDITS: list[Callable[[Article, random.Random], Article]] = [
    one_word, one_figure, a_price, the_title, a_block_more, a_block_less,
]  # fmt: skip
