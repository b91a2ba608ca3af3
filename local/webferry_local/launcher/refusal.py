"""What the launcher says when it cannot start."""


class LaunchRefused(Exception):
    """The product cannot start; the text tells the user why and what to do."""
