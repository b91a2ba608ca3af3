"""Workbench: bytes and text in, data out; parsers allowed, I/O not."""
