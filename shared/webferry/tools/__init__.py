"""Shelf: one file per tool of the catalogue."""
