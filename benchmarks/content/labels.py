"""What share of each block belongs to the main content that people marked."""

import re
import subprocess
import tempfile
from pathlib import Path

_WORD = re.compile(r"\w+")
_TRUSTED_WORDS = 8
_GRAM = 3


def words_of(text: str) -> list[str]:
    """The words that scores count."""
    return _WORD.findall(text.lower())


def shares(blocks: list[list[str]], truth: list[str]) -> list[float]:
    """For each block the share of its words that stand, in the same order, in the truth."""
    flat = [word for words in blocks for word in words]
    if not flat or not truth:
        return [0.0] * len(blocks)
    common = _in_common(flat, truth)
    grams = {tuple(truth[at : at + _GRAM]) for at in range(len(truth) - _GRAM + 1)}
    found, start = [], 0
    for words in blocks:
        matched = common[start : start + len(words)]
        start += len(words)
        found.append(_share(words, sum(matched), grams))
    return found


def _share(words: list[str], matched: int, grams: set[tuple[str, ...]]) -> float:
    count = len(words)
    if not count:
        return 0.0
    share = matched / count
    if count < _TRUSTED_WORDS:
        # A few words may well match by chance.
        return share if share == 1.0 or count < _GRAM else 0.6 * share
    seen: set[int] = set()
    for at in range(count - _GRAM + 1):
        if tuple(words[at : at + _GRAM]) in grams:
            seen |= {at, at + 1, at + 2}
    return max(share, len(seen) / count) if len(seen) / count > 0.5 else share


def _in_common(words: list[str], truth: list[str]) -> list[bool]:
    """For each word whether it is in the longest common subsequence, found by GNU diff."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
        ours.write_text("\n".join(words) + "\n", encoding="utf-8")
        theirs.write_text("\n".join(truth) + "\n", encoding="utf-8")
        formats = ["--old-line-format=0", "--new-line-format=", "--unchanged-line-format=1"]
        command = ["diff", "--minimal", *formats, str(ours), str(theirs)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return [mark == "1" for mark in answer.stdout]
