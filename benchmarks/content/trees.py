"""Writes what lightgbm grew the way `webferry.content.main_content.forest` reads it."""

from typing import Any

from webferry.content.main_content.forest import HIGHEST_LEAF

_HIGHEST_SUM = 65_535


def as_model(dumped: dict[str, Any]) -> dict[str, Any]:
    """Thresholds by feature, bits by word list, trees in preorder, and what their sums mean."""
    names = dumped["feature_names"]
    roots = [tree["tree_structure"] for tree in dumped["tree_info"]]
    asked = sorted({question for root in roots for question in _questions(root, names)})
    thresholds: dict[str, list[float]] = {}
    bits: dict[str, list[int]] = {}
    for name, threshold in asked:
        if "@" in name:
            bits.setdefault(name.split("@")[0], []).append(int(name.split("@")[1]))
        else:
            thresholds.setdefault(name, []).append(threshold)
    numbers = _numbered(thresholds, bits)
    lowest = [min(_leaves(root)) for root in roots]
    spread = max(max(_leaves(root)) - low for root, low in zip(roots, lowest, strict=True))
    step = max(spread / HIGHEST_LEAF, len(roots) * spread / _HIGHEST_SUM)
    trees = [
        _preorder(root, names, numbers, low, step) for root, low in zip(roots, lowest, strict=True)
    ]
    return {
        "thresholds": thresholds,
        "bits": bits,
        "trees": trees,
        "step": float(f"{step:.6g}"),
        "start": float(f"{sum(lowest):.6g}"),
    }


def _numbered(
    thresholds: dict[str, list[float]], bits: dict[str, list[int]]
) -> dict[tuple[str, float], int]:
    order = [(name, value) for name, values in thresholds.items() for value in values]
    order += [(f"{name}@{bit}", 0.0) for name, places in bits.items() for bit in places]
    return {question: number for number, question in enumerate(order)}


def _question(node: dict[str, Any], names: list[str]) -> tuple[str, float]:
    name = names[node["split_feature"]]
    return name, 0.0 if "@" in name else float(f"{node['threshold']:.6g}")


def _questions(node: dict[str, Any], names: list[str]) -> list[tuple[str, float]]:
    if "leaf_value" in node:
        return []
    below = _questions(node["left_child"], names) + _questions(node["right_child"], names)
    return [_question(node, names), *below]


def _leaves(node: dict[str, Any]) -> list[float]:
    if "leaf_value" in node:
        return [node["leaf_value"]]
    return _leaves(node["left_child"]) + _leaves(node["right_child"])


def _preorder(
    node: dict[str, Any],
    names: list[str],
    numbers: dict[tuple[str, float], int],
    low: float,
    step: float,
) -> list[int]:
    if "leaf_value" in node:
        return [~round((node["leaf_value"] - low) / step)]
    left, right = node["left_child"], node["right_child"]
    return [
        numbers[_question(node, names)],
        *_preorder(left, names, numbers, low, step),
        *_preorder(right, names, numbers, low, step),
    ]
