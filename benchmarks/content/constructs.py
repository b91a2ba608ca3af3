"""How much of the code, its languages and the footnotes of an expected Markdown is found."""

import re
from dataclasses import dataclass

from benchmarks.content.labels import words_of

_FENCE = re.compile(
    r"^(?P<edge>[ >\d.*+-]*)(?P<fence>`{3,}|~{3,})[ ]*(?P<info>[^\n`]*)\n"
    r"(?P<code>.*?)^[ >]*(?P=fence)[`~]*[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_NOTE = re.compile(r"^\[\^[^\]\s]+\]:\s*(?P<words>.*(?:\n(?:    |\n    ).*)*)", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r"^[ ]*> ?", re.MULTILINE)
_MOST = 0.8
_SAME_LANGUAGE = {
    "py": "python", "python3": "python", "js": "javascript", "mjs": "javascript", "sh": "bash",
    "shell": "bash", "zsh": "bash", "ts": "typescript", "yml": "yaml", "rb": "ruby", "rs": "rust",
    "c++": "cpp", "cs": "csharp", "c#": "csharp", "golang": "go", "md": "markdown",
    "ps1": "powershell",
}  # fmt: skip
_NO_LANGUAGE = frozenset(("", "text", "txt", "plain", "plaintext", "none"))


@dataclass(slots=True)
class Found:
    """Counts of what was expected and of what of it was found."""

    code: int = 0
    code_found: int = 0
    told: int = 0
    told_found: int = 0
    notes: int = 0
    notes_found: int = 0

    def add(self, expected: str, answer: str) -> None:
        """Code counts when all its signs but white space are there, a note when most words are."""
        ours = dict(_blocks(answer))
        for code, language in _blocks(expected):
            self.code += 1
            self.code_found += code in ours
            if language not in _NO_LANGUAGE:
                self.told += 1
                self.told_found += ours.get(code) == language
        notes = [set(words) for words in _notes(answer)]
        for words in _notes(expected):
            self.notes += 1
            self.notes_found += any(
                len(note.intersection(words)) >= _MOST * len(set(words)) for note in notes
            )

    def line(self) -> str:
        """The recall of each, and out of how many."""
        parts = (
            ("code", self.code_found, self.code),
            ("code with language", self.told_found, self.told),
            ("footnotes", self.notes_found, self.notes),
        )
        return "  ".join(f"{name} {_share(found, of)} of {of}" for name, found, of in parts)


def _share(found: int, of: int) -> str:
    return f"{found / of:.3f}" if of else "-"


def _blocks(markdown: str) -> list[tuple[str, str]]:
    blocks = []
    for found in _FENCE.finditer(markdown):
        code = found["code"]
        if ">" in found["edge"]:
            code = _QUOTED.sub("", code)
        if written := _SPACE.sub("", code):
            name = (found["info"].split() or [""])[0].lower()
            blocks.append((written, _SAME_LANGUAGE.get(name, name)))
    return blocks


def _notes(markdown: str) -> list[list[str]]:
    return [words for note in _NOTE.finditer(markdown) if (words := words_of(note["words"]))]
