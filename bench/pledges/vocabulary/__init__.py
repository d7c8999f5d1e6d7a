"""Words that the product's lexicons do not hold, in a development half and a test half that never meet.

`half("dev")` and `half("test")` read the CSV files beside this module; SOURCES.md says where each list comes
from. Both generators draw all names from them: goods, places, parties, organisations, numbered details and
the short words of a sentence, in eight languages.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

FOLDER = Path(__file__).parent
HALVES = ("dev", "test")
LANGUAGES = ("en", "de", "fr", "uk", "pl", "es", "it", "nl")
INSTITUTIONS = {
    "EU": ("European Union", "Europäische Union", "Union européenne", "Європейський Союз",
           "Unia Europejska", "Unión Europea", "Unione europea", "Europese Unie"),
    "EPF": ("European Peace Facility", "Europäische Friedensfazilität", "Facilité européenne pour la paix",
            "Європейський фонд миру", "Europejski Instrument na rzecz Pokoju",
            "Fondo Europeo de Apoyo a la Paz", "Strumento europeo per la pace", "Europese Vredesfaciliteit"),
    "EIB": ("European Investment Bank", "Europäische Investitionsbank", "Banque européenne d'investissement",
            "Європейський інвестиційний банк", "Europejski Bank Inwestycyjny",
            "Banco Europeo de Inversiones", "Banca europea per gli investimenti",
            "Europese Investeringsbank"),
}  # fmt: skip

Worded = dict[str, tuple[str, ...]]
"""The names of one thing by language."""


@dataclass(frozen=True)
class Good:
    """A good: concept, kind (humanitarian, military, financial), unit (piece, tonne, kit, none), names."""

    concept: str
    kind: str
    unit: str
    names: Worded


@dataclass(frozen=True)
class Half:
    """All names of one half.

    parties: further spellings of a partner by its code. forms: patterns that a state's plain name is put
    into. organisations: spellings of each, the last one its acronym. words: alternatives by role; an empty
    one is left out of the sentence.
    """

    goods: tuple[Good, ...]
    places: tuple[Worded, ...]
    details: tuple[tuple[str, Worded], ...]
    parties: dict[str, Worded]
    forms: Worded
    organisations: tuple[tuple[str, ...], ...]
    implementers: dict[str, tuple[str, ...]]
    words: dict[str, Worded]

    def spellings(self, code: str, language: str) -> tuple[str, ...]:
        """Return the ways in which a text of a language names a partner, the plain name first.

        >>> half("dev").spellings("SE", "en")
        ('Sweden', 'Swedish Government Offices', 'Sweden - Ministry of Foreign Affairs', 'Govt of Sweden')
        """
        plain = plain_name(code, language)
        forms = () if code in INSTITUTIONS else self.forms[language]
        return (plain, *self.parties.get(code, {}).get(language, ()), *(form.format(plain) for form in forms))


def rows(name: str, of: str = "") -> list[dict[str, str]]:
    """Return the rows of a list, of one half where it is named."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if of in ("", row["half"])]


@cache
def plain_name(code: str, language: str) -> str:
    """Return a partner's name in a language (CLDR for states)."""
    if code in INSTITUTIONS:
        return INSTITUTIONS[code][LANGUAGES.index(language)]
    return str(Locale.parse(language).territories[code])


@cache
def half(name: str) -> Half:
    """Return the names of a half. ValueError if there is no such half."""
    if name not in HALVES:
        raise ValueError(f"one of {', '.join(HALVES)} expected, not {name}")
    parts: dict[str, tuple[str, ...]] = {}
    for row in rows("implementers", name):
        parts[row["part"]] = tuple(row["names"].split("|"))
    words: dict[str, dict[str, list[str]]] = {}
    for row in rows("words", name):
        of_role = words.setdefault(row["role"], {language: [] for language in LANGUAGES})
        for language in LANGUAGES:
            of_role[language].append(row[language])
    return Half(
        goods=tuple(Good(r["concept"], r["kind"], r["unit"], _worded(r)) for r in rows("goods", name)),
        places=tuple(_worded(row) for row in rows("places", name)),
        details=tuple((row["kind"], _worded(row)) for row in rows("details", name)),
        parties={row["code"]: _tagged(row["names"]) for row in rows("parties", name)},
        forms=_worded(rows("forms", name)[0]),
        organisations=tuple(
            (*row["names"].split("|"), row["acronym"]) for row in rows("organisations", name)
        ),
        implementers=parts,
        words={role: {lang: tuple(w) for lang, w in of.items()} for role, of in words.items()},
    )


def _worded(row: dict[str, str]) -> Worded:
    return {language: tuple(row[language].split("|")) for language in LANGUAGES}


def _tagged(text: str) -> Worded:
    """Names written as language=name, parted by bars."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split("|"):
        language, _, name = part.partition("=")
        found[language] = (*found.get(language, ()), name)
    return found
