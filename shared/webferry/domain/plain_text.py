"""Text that people see as it is: patterns of what it is made of, for rules and documents."""

_UNSEEN = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
# One line with something to see on it.
LINE_PATTERN = rf"^[^{_UNSEEN}]*[^\s{_UNSEEN}][^{_UNSEEN}]*$"
# Four characters at least, however it is trimmed.
LONGER_LINE_PATTERN = rf"^[^{_UNSEEN}]*[^\s{_UNSEEN}][^{_UNSEEN}]{{2,}}[^\s{_UNSEEN}][^{_UNSEEN}]*$"
