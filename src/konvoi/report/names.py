"""Names of the things of a case: parties, goods, sites, in the languages that are known for them."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl
from babel import Locale, UnknownLocaleError

from konvoi.kit.text import fold
from konvoi.model.party import party_name
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.page import Message, Name


@dataclass(frozen=True)
class Names:
    """The names of one case; an id without a name stands for itself."""

    case: Case

    def party(self, party: str | None) -> Name:
        """The name of a party: as the submissions give it, else as states and institutions are known."""
        if not party:
            return Name("")
        if party in self._parties:
            return self._parties[party]
        return Name(*(party_name(party, language) for language in ("en", "de", "uk")))

    def good(self, good: str | None) -> Name:
        """The name of a good."""
        return self._goods.get(good or "", Name(good or ""))

    def says(self, good: str, text: str) -> bool:
        """Return True if a text is no more than the name of a good, in any of its languages, or its id."""
        name = self.good(good)
        known = (good, name.en, name.de, name.uk, name.original)
        return bool(good) and fold(text) in {fold(one) for one in known if one}

    def site(self, site: str | None) -> Name:
        """The name of a site, with the one in its own script."""
        return self._sites.get(site or "", Name(site or ""))

    def kind(self, kind: str | None) -> Message:
        """The word for a kind of support."""
        return Message(kind or "not stated")

    def unit(self, good: str | None) -> str:
        """The unit that a good is counted in; empty where it is not in the catalogue."""
        return self._units.get(good or "", "")

    @cached_property
    def _parties(self) -> dict[str, Name]:
        return submitted_names(table(self.case, "parties"))

    @cached_property
    def _goods(self) -> dict[str, Name]:
        return _named(table(self.case, "goods"), "good")

    @cached_property
    def _units(self) -> dict[str, str]:
        goods = table(self.case, "goods")
        return {row["good"]: row["unit"] or "" for row in goods.iter_rows(named=True)}

    @cached_property
    def _sites(self) -> dict[str, Name]:
        found = {}
        for row in table(self.case, "sites").iter_rows(named=True):
            local = row.get("name_local") or ""
            # A name in Cyrillic letters is what a Ukrainian reader reads; others see it beside the Latin one.
            own = row.get("name_uk") or (local if row.get("country") == "UA" else "")
            found[row["site"]] = Name(row["name"] or row["site"], row.get("name_de") or "", own, local)
        return found


def submitted_names(parties: pl.DataFrame) -> dict[str, Name]:
    """Return the names that submissions give parties; parties: the table of that name.

    Where a submission gives English alone, the names that everybody knows fill the gaps.
    """
    filled = {}
    for party, name in _named(parties, "party").items():
        usual = [party_name(party, language) for language in ("de", "uk")]
        german, ukrainian = (text if text != party else "" for text in usual)
        filled[party] = Name(name.en, name.de or german, name.uk or ukrainian)
    return filled


def language_name(code: str) -> Name:
    """Return the name of a language; a code that none bears stands for itself.

    >>> language_name("uk").en
    'Ukrainian'
    """
    try:
        spoken = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return Name(code)
    return Name(*(spoken.get_display_name(one) or code for one in ("en", "de", "uk")))


def table(case: Case, name: str) -> pl.DataFrame:
    """Return a table of the case by name; one that was not submitted is empty, with the columns it would
    have.
    """
    found = case.tables.get(name)
    return BY_NAME[name].empty() if found is None else found


def _named(rows: pl.DataFrame, key: str) -> dict[str, Name]:
    return {
        row[key]: Name(row["name"] or row[key], row.get("name_de") or "", row.get("name_uk") or "")
        for row in rows.iter_rows(named=True)
        if row[key]
    }
