"""States and the European Union in Ukrainian texts, in any case: "між Україною та Королівством Швеція"."""

import re
from collections.abc import Iterator
from functools import cache

from konvoi.kit.text import tidy
from konvoi.model.party import states

_ENDINGS = "а|я|о|е|и|ї|і|у|ю|ою|ею|єю|ом|ем|єм|ам|ям|ами|ями|ах|ях|ія|ії|ію|ією|ів|ь|й|ого|им|ий"
_FORMAL = {
    "LV": "Латвійськ",
    "LT": "Литовськ",
    "EE": "Естонськ",
    "FI": "Фінляндськ",
    "FR": "Французьк",
    "IT": "Італійськ",
    "PT": "Португальськ",
    "GR": "Грецьк|Еллінськ",
    "CZ": "Чеськ",
    "HR": "Хорватськ",
    "SK": "Словацьк",
}
"""Adjectives of formal names, followed by "Республіка"."""
_OTHERS = {
    "GB": r"Сполучен\w+\s+Королівств\w+(?:\s+Велик\w+\s+Британі\w+"
    r"(?:\s+(?:і|й|та)\s+Північн\w+\s+Ірланді\w+)?)?",
    "DK": r"Дані(?:я|ї|ю|єю)",
    "US": r"Сполучен\w+\s+Штат\w+",
    "EU": r"Європейськ\w+\s+Союз\w*",
}
_LEAST = 4
"""Letters of a stem; shorter ones are parts of other words."""


def named_in_ukrainian(text: str) -> Iterator[str]:
    """Yield the ids of the states that a text names, and of the EU, in its order.

    >>> list(named_in_ukrainian("Угода між Україною та Латвійською Республікою"))
    ['UA', 'LV']
    """
    for found in _pattern().finditer(tidy(text)):
        yield str(found.lastgroup)


@cache
def _pattern() -> re.Pattern[str]:
    forms = {code: rf"(?:{adjective})\w+\s+Республік\w+" for code, adjective in _FORMAL.items()} | _OTHERS
    for code, name in states("uk").items():
        stems = [re.sub(r"(?:ія|ї|а|я|о|е|и|і|й|ь|у|ю)$", "", word) for word in name.split()]
        if len("".join(stems)) >= _LEAST:
            plain = r"\s+".join(rf"{re.escape(stem)}(?:{_ENDINGS})?" for stem in stems)
            forms[code] = f"{forms[code]}|{plain}" if code in forms else plain
    longest = sorted(forms, key=lambda code: -len(forms[code]))
    return re.compile("|".join(rf"(?P<{code}>\b(?:{forms[code]})\b)" for code in longest), re.IGNORECASE)
