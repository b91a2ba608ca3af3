"""Hides what differs on every visit and means nothing: clocks, counters, tokens."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from functools import cache

LONGEST_LINE = 2_000

_UNITS = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|mos?|years?|yrs?|[smhdwy]|"
    r"sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?|"
    r"secondes?|heures?|jours?|semaines?|mois|ans?|segundos?|minutos?|horas?|días?|semanas?|meses|"
    r"mes|años?|"
    r"секунд\w?|минут\w?|час\w{0,2}|дн\w{1,2}|день|недел\w|месяц\w{0,2}|лет|год\w?)"
)
_COUNTED = (
    r"(?:views?|reads?|likes?|shares?|comments?|replies|votes?|points?|followers?|subscribers?|"
    r"visitors?|"
    r"visits?|online|users? online|people (?:are )?(?:viewing|watching)|watching|downloads?|"
    r"claps?|reactions?|"
    r"aufrufe|kommentare?|gefällt|vues|commentaires?|j['’]aime|vistas|comentarios|me gusta|"
    r"просмотр\w*|комментари\w*|лайк\w*)"
)
_SOME = r"(?:\d{1,4}|an?|one|ein\w{0,2}|une?|un[ao]?)"
_NUMBER = r"\d[\d.,\u00a0\u202f ]{0,12}[kKmM]?"
_MASKS = (
    rf"(?:about |over )?{_SOME}\s?{_UNITS}\s(?:ago|назад)(?!\w)",
    rf"(?<!\w)(?:vor|il y a|hace)\s{_SOME}\s{_UNITS}(?!\w)",
    r"(?<!\w)(?:just now|moments ago|gerade eben|à l['’]instant|ahora mismo|только что)(?!\w)",
    rf"(?<![\w.,]){_NUMBER}\s?{_COUNTED}(?!\w)",
    rf"(?<!\w){_COUNTED}\s?[:(]\s?{_NUMBER}\)?",
    r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s(?:utc|gmt|cet|est|pst|msk)(?:[+-]\d{1,2})?)?(?![\d:])",
    r"(?<![0-9a-f-])(?=[0-9a-f-]*\d)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])",
    r"(?<!\w)(?=\w*\d)(?=\w*[a-z])[a-z0-9_]{20,200}(?!\w)",
    r"(?:©|\(c\)|copyright)\s?(?:\d{4}\s?[-–]\s?)?\d{4}",
    r"(?:page|request|render(?:ed)?|generated|served)\s(?:id|in|at|on)?:?\s?[\d.]{1,12}\s?(?:ms|s|seconds?)(?!\w)",
)
_LINK_TARGET = re.compile(r"\]\([^)\s]{0,1500}(?:\s[^)]{0,300})?\)")
# What is compared: letters, figures, and the few signs that change a meaning.
_SILENT = re.compile(r"[^\w%€$£¥₽₹₩+]+|_+")
_PARTED = re.compile(r"(?<=\d)[.,](?=\d)")


def masked(line: str) -> str:
    """A line as it is compared: masked, without markup, case, space and punctuation."""
    line = _LINK_TARGET.sub("]", line[:LONGEST_LINE])
    for mask in _masks():
        line = mask.sub(" ", line)
    # A point within a number is part of it: 1.5 is not 15.
    return _SILENT.sub("", _PARTED.sub("d", line)).casefold()


@cache
def _masks() -> list[re.Pattern[str]]:
    """Compiled when first used: it takes as long as importing all the rest of the room."""
    return [re.compile(pattern, re.IGNORECASE) for pattern in _MASKS]
