"""Parties as bench.screen asks about them, and how many of them are alerts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bench.record import Benchmark

from konvoi.align.asking import Asked
from konvoi.align.hits import Hit, Said
from konvoi.align.listing import Birth, Identifier, Kind, Listing, Name
from konvoi.align.roles import Role, Rules
from konvoi.align.screening import Ready, hits
from konvoi.kit.days import Days
from konvoi.model.finding import Place

ON = date(2022, 5, 4)
"""The day of most lists: later their measures have expired."""


@dataclass(frozen=True)
class Wanted:
    """A party, and the listing that it is."""

    listing: str
    party: Asked


def asked(
    id: str, name: str, kind: str, *, born: Days | None = None, number: Identifier | None = None
) -> Asked:
    """Return a party under a name, with a birth or a number."""
    births = (Birth(born),) if born else ()
    numbers = (number,) if number else ()
    known = Listing(id, Kind(kind), (Name(name),), Place(), births=births, identifiers=numbers)
    return Asked(id, known, Kind(kind), frozenset({Role.SUPPLIER}))


def year_of(born: date | None) -> Days | None:
    """Return the year of a birth."""
    return Days(date(born.year, 1, 1), date(born.year, 12, 31)) if born else None


def day_of(born: date | None) -> Days | None:
    """Return the day of a birth."""
    return Days(born, born) if born else None


def pairs(found: Iterable[Hit]) -> set[tuple[str, str]]:
    """Return party and listing of each match and each question, also where every measure has ended."""
    return {(one.party, one.source.listing) for one in found if one.said != Said.APART}


def found_share(wanted: Sequence[Wanted], lists: Ready) -> tuple[float, list[Wanted]]:
    """Return the share of parties found as a match or a question with their listing, and those missed."""
    told = pairs(hits([one.party for one in wanted], lists, Rules(), ON))
    missed = [one for one in wanted if (one.party.party, one.listing) not in told]
    return 1 - len(missed) / max(len(wanted), 1), missed


def alerts(found: Iterable[Hit], prefix: str) -> tuple[int, int]:
    """Return how many parties of a sort are hits, and how many of these are matches and no questions."""
    mine = [one for one in found if one.party.startswith(prefix) and one.said != Said.APART]
    return len({one.party for one in mine}), len({one.party for one in mine if one.said == Said.MATCH})


def false_alerts(
    bench: Benchmark, what: str, found: Iterable[Hit], prefix: str, count: int
) -> tuple[float, float]:
    """State of parties that nobody lists how many per 1,000 are hits, and how many of these matches."""
    told, matched = (1000 * one / max(count, 1) for one in alerts(found, prefix))
    bench.figures |= {
        what: count,
        f"{what}: false alerts per 1,000": told,
        f"{what}: of these matches per 1,000": matched,
    }
    return told, matched
