"""Finds what readers come to a page for: its blocks, their features, a forest, a choice."""
