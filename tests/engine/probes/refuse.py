"""Raise an error with a name of its own."""


class PageMoved(Exception):
    """What a state machine may want to retry or catch by its name."""


def handler(_event: object, _context: object) -> None:
    raise PageMoved("to another address")
