"""Precision, recall and F1 over words, counted as often as they occur."""

from collections import Counter


def f1(found: list[str], truth: list[str]) -> tuple[float, float, float]:
    """F1, precision, recall; all 1 when nothing was to be found and nothing was."""
    if not found and not truth:
        return 1.0, 1.0, 1.0
    common = (Counter(found) & Counter(truth)).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(found), common / len(truth)
    return 2 * precision * recall / (precision + recall), precision, recall
