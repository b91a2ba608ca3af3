"""Text that reads like a page's and says nothing: the same seed, the same words."""

import random
import re

_STEMS = re.findall(
    r"\w+",
    """harbour ferry river lantern market garden window letter winter engine copper valley signal
    bridge captain morning island paper season kitchen corner journal station meadow anchor basket
    candle forest history mountain orchard pattern quarter shadow timber village whistle archive
    balance council distance evening fortune gallery horizon journey library measure network
    opinion passage question railway science theatre weather account builder chapter district""",
)
_LINKS = ["of the", "and a", "beside the", "under its", "toward", "without any", "for every", "in"]
_VERBS = ["crosses", "remembers", "keeps", "carries", "follows", "answers", "opens", "measures"]


class Prose:
    """A writer with a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self, count: int) -> str:
        """That many nouns."""
        return " ".join(self.random.choices(_STEMS, k=count))

    def title(self) -> str:
        """A headline."""
        return self.words(self.random.randint(3, 7)).capitalize()

    def sentence(self) -> str:
        """One sentence, sometimes with a link or an emphasis in it."""
        pick = self.random.choice
        text = f"The {pick(_STEMS)} {pick(_VERBS)} the {pick(_STEMS)} {pick(_LINKS)} {pick(_STEMS)}"
        roll = self.random.random()
        if roll < 0.1:
            text += f', <a href="/topic/{pick(_STEMS)}">as the {pick(_STEMS)} says</a>'
        elif roll < 0.15:
            text += f", <em>{self.words(2)}</em>"
        elif roll < 0.18:
            text += f", <strong>{self.words(2)}</strong> & more"
        return f"{text}, {self.words(self.random.randint(3, 12))}."

    def paragraph(self) -> str:
        """A few sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 6)))
