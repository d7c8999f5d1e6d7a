"""Names of partners, goods, regions and implementers in five languages, by use of the seed.

Seeds of the training split use the lists beside this module, those of the dev and test splits the two halves
of bench.pledges.vocabulary, of which the product's own lists know as little as possible.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from bench.pledges.chance import Whole
from bench.pledges.exchange import exchange
from bench.pledges.rates import rates
from bench.pledges.script import cyrillic
from bench.pledges.vocabulary import Half, half

FOLDER = Path(__file__).parent / "lexicon"
LANGUAGES = ("en", "de", "fr", "uk", "pl")
KINDS = ("humanitarian", "military", "financial")
UNITS = ("piece", "tonne", "kit", "none")
SPLITS = ("train", "dev", "test")
SEEDS = {"train": (1, 2, 3, 4, 5), "dev": (11, 12, 13), "test": (101, 102, 103)}
IMPLEMENTERS = 280
NUMBERS = 99
INSTITUTIONS = ("EU", "EPF", "EIB")


def split_of(seed: int) -> str:
    """Which lists a seed draws its names from: below 10 train, below 100 dev, else test."""
    return "train" if seed < 10 else "dev" if seed < 100 else "test"


@dataclass(frozen=True, eq=False)
class Names:
    """Things with several names in each language: strings, and where those of a thing and language start."""

    strings: list[str]
    start: Whole
    count: Whole


@dataclass(frozen=True)
class Partners:
    """Who gives: code, currency, own language, packages counted in the tracker."""

    codes: list[str]
    currency: Whole
    language: Whole
    weight: Whole
    names: Names

    @property
    def states(self) -> Whole:
        """The places of states, without the institutions of the Union."""
        return np.array([i for i, code in enumerate(self.codes) if code not in INSTITUTIONS], dtype=np.int64)


@dataclass(frozen=True)
class Goods:
    """What is given: concept, kind, unit, names; kinds and units by their place in KINDS and UNITS."""

    concepts: list[str]
    kind: Whole
    unit: Whole
    names: Names


@dataclass(frozen=True)
class Lexicon:
    """All names that a seed's records may use."""

    partners: Partners
    goods: Goods
    regions: Names
    details: Names
    of_kind: Whole
    implementers: Names
    words: Names


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a list beside this file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(things: list[list[list[str]]]) -> Names:
    """Names by thing and language, laid end to end."""
    strings: list[str] = []
    start = np.zeros((len(things), len(LANGUAGES)), dtype=np.int64)
    count = np.zeros_like(start)
    for i, thing in enumerate(things):
        for j, names in enumerate(thing):
            start[i, j], count[i, j] = len(strings), len(names)
            strings += names
    return Names(strings, start, count)


def _also(told: str, language: str) -> list[str]:
    """Further names: `de=...` stands in that language, one without stands in all that use Latin letters."""
    names = [name.rpartition("=") for name in told.split("|") if name]
    return [name for of, _, name in names if of == language or (not of and language != "uk")]


def _partners() -> Partners:
    """The partners that the tracker counts."""
    found = rows("partners")
    weights = dict(zip(rates().values("kiel.partners"), rates().counts("kiel.partners"), strict=True))
    codes = exchange().currencies
    named = [[[row[lang], *_also(row["also"], lang)] for lang in LANGUAGES] for row in found]
    return Partners(
        [row["code"] for row in found],
        np.array([codes.index(row["currency"]) for row in found], dtype=np.int64),
        np.array([LANGUAGES.index(row["language"]) for row in found], dtype=np.int64),
        np.array([weights[row["kiel"]] for row in found], dtype=np.int64),
        _names(named),
    )


def _goods(split: str) -> Goods:
    """The goods of all and of this split; a good of all has further names in each split."""
    merged: dict[str, list[dict[str, str]]] = {}
    for row in rows("goods"):
        if row["split"] in ("all", split):
            merged.setdefault(row["concept"], []).append(row)
    first = [found[0] for found in merged.values()]
    return Goods(
        list(merged),
        np.array([KINDS.index(row["kind"]) for row in first], dtype=np.int64),
        np.array([UNITS.index(row["unit"]) for row in first], dtype=np.int64),
        _names(
            [
                [[n for r in found for n in r[lang].split("|")] for lang in LANGUAGES]
                for found in merged.values()
            ]
        ),
    )


def _parts(split: str) -> dict[str, list[str]]:
    """The parts that invented implementers' names are made of: first words of a split are its own."""
    parts: dict[str, list[str]] = {"first": [], "second": [], "form": []}
    for row in rows("implementers"):
        if row["split"] in ("all", split):
            parts[row["part"]] += row["names"].split("|")
    return parts


def _invented(split: str) -> list[list[list[str]]]:
    """Invented implementers, each with the ways in which it is written."""
    return _companies(_parts(split))


def _companies(parts: dict[str, list[str]]) -> list[list[list[str]]]:
    """Return invented companies made of first words, second words and legal forms."""
    found = []
    for i in range(IMPLEMENTERS):
        first = parts["first"][i % len(parts["first"])]
        second = parts["second"][(i // len(parts["first"])) % len(parts["second"])]
        form = parts["form"][(i * 7 + i // 11) % len(parts["form"])]
        name = f"{first} {second}"
        ways = [
            f"{name} {form}",
            f"{name} {form}",
            name,
            f"{name.upper()}, {form.upper()}",
            f"{first[0]}. {second}",
        ]
        found.append([ways, ways, ways, [cyrillic(name), f"«{cyrillic(name)}»", f"{name} {form}"], ways])
    return found


def _implementers(split: str) -> Names:
    """Agencies of the United Nations and others first, as FTS counts them first; then invented ones."""
    agencies = [
        [[row[lang], row[lang], f"{row[lang]} ({row['acronym']})", row["acronym"]] for lang in LANGUAGES]
        for row in rows("agencies")
    ]
    return _names([*agencies, *_invented(split)])


def _details() -> tuple[Names, Whole]:
    """What one undertaking is for and no other, as hospital no. 17; and the kind that each is for."""
    found = [(row, number) for row in rows("details") for number in range(1, NUMBERS + 1)]
    names = _names([[[row[lang].format(number)] for lang in LANGUAGES] for row, number in found])
    return names, np.array([KINDS.index(row["kind"]) for row, _ in found], dtype=np.int64)


ROLES = tuple(dict.fromkeys(row["role"] for row in rows("words")))
"""Parts that a short word plays in a text."""


def _words() -> Names:
    """The words of each role and language; an empty one is a word left out."""
    found = rows("words")
    return _names(
        [[[r[n].rstrip(":") for r in found if r["role"] == role] for n in LANGUAGES] for role in ROLES]
    )


@cache
def lexicon(split: str) -> Lexicon:
    """Return the names of a split."""
    if split != "train":
        return _outside(half(split))
    regions = _names([[[row[lang]] for lang in LANGUAGES] for row in rows("regions")])
    return Lexicon(_partners(), _goods(split), regions, *_details(), _implementers(split), _words())


def _outside(names: Half) -> Lexicon:
    """Return a half of the outside vocabulary in the five languages of this generator."""
    partners = _partners()
    # The plain name stands twice: registers and most texts use it.
    spelt = [[_doubled(names.spellings(code, n)) for n in LANGUAGES] for code in partners.codes]
    numbered = [(kind, named, n) for kind, named in names.details for n in range(1, NUMBERS + 1)]
    return Lexicon(
        replace(partners, names=_names(spelt)),
        Goods(
            [good.concept for good in names.goods],
            np.array([KINDS.index(good.kind) for good in names.goods], dtype=np.int64),
            np.array([UNITS.index(good.unit) for good in names.goods], dtype=np.int64),
            _names([[list(good.names[n]) for n in LANGUAGES] for good in names.goods]),
        ),
        _names([[list(place[n]) for n in LANGUAGES] for place in names.places]),
        _names([[[named[lang][0].format(n)] for lang in LANGUAGES] for _, named, n in numbered]),
        np.array([KINDS.index(kind) for kind, _, _ in numbered], dtype=np.int64),
        _names(_carriers(names)),
        _names([[[w.rstrip(": ") for w in names.words[role][n]] for n in LANGUAGES] for role in ROLES]),
    )


def _doubled(spellings: tuple[str, ...]) -> list[str]:
    """Return spellings with the first one twice as frequent."""
    return [spellings[0], *spellings]


def _carriers(names: Half) -> list[list[list[str]]]:
    """Return organisations, then invented companies, each with its spellings by language."""
    known = [[list(spellings)] * len(LANGUAGES) for spellings in names.organisations]
    return known + _companies({part: list(found) for part, found in names.implementers.items()})
