"""Webferry, the product: every room below is one package, and rooms only look down."""

__version__ = "0.1.0"
