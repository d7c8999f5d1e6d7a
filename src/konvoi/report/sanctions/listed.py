"""Words of sanctions lists as message ids: regimes, measures, what a list tells, what changed in it."""

import polars as pl

from konvoi.align import hits
from konvoi.align.acts import Theme
from konvoi.align.list_status import State
from konvoi.align.listing import Kind, NameKind, Order, Tie
from konvoi.align.matrix import Cell
from konvoi.model.party import LANGUAGES, party_name
from konvoi.report.page import Message, Name

LISTS = pl.Schema(
    {
        "regime": pl.String(),
        "day": pl.Date(),
        "first": pl.Date(),
        "last": pl.Date(),
        "age": pl.Int64(),
        "state": pl.String(),
        "listed": pl.Int64(),
    }
)
"""The list of each regime behind a case: its day and age, for which days it can speak, how many it lists."""

SUM = pl.Schema({"parties": pl.Int64(), "regimes": pl.Int64(), "undecided": pl.Int64(), "most": pl.Int64()})
"""How many parties are listed at all, by how many regimes; pairs that wait; how old a list may be."""

REGIMES = {
    "au": Message("Australia"),
    "ca": Message("Canada"),
    "eu": Message("European Union"),
    "ua": Message("Ukraine"),
    "uk": Message("United Kingdom"),
    "un": Message("United Nations"),
    "us": Message("United States"),
}
_CHANGES = (
    "new",
    "amended",
    "gone",
    "name",
    "birth",
    "nationality",
    "measure ordered",
    "programme",
    "reference",
)
_HEADS_OF_LISTS = (
    *("regime", "day", "on", "data from", "data to", "state", "none in force", "party", "name"),
    *(
        "original",
        "kind",
        "not listed by",
        "listed by",
        "how many",
        "acts",
        "there",
        "instead",
        "perhaps",
        "until",
    ),
    *("days", "listed on by", "cells known", "share", "first", "then", "n", "earlier", "same day", "later"),
    *("median days", "since", "Lists", "Matrix", "Gaps", "Ends soon", "Shares", "Order of listing", "About"),
)
_GAPS = (
    *("programme", "theme", "measure", "gaps", "acts to cite", "programmes", "themes", "none declared"),
    *("By programme", "By theme", "By measure", "Acts", "as listed", "title", "number", "in force from"),
    *("in force until", "link", "declared", "verified", "regimes with data", "yes", "no"),
    *("delisted", "changed", "basis", "two lists", "days given in one list", "list then", "list now"),
    *("owners", "other", "swift", "lei", "screened party", "no list in force", "later"),
)
NOT_KNOWN = "cell not known"
"""Message of a cell that no list can answer; elsewhere what is unknown was not reported by a partner."""

_ENUMS = (Kind, NameKind, Order, Tie, Cell, State, Theme, hits.State, hits.Disposition)
WORDS = (
    *(one.value for many in _ENUMS for one in many),
    *(*_CHANGES, *_HEADS_OF_LISTS, *_GAPS),
    NOT_KNOWN,
    *("draft", "tabled", "adopted", "rejected", "withdrawn", "undone", "closed by a list"),
    *("Identity", "Listings", "what", "value", "source", "listing", "list", "reference", "act"),
    *("at the latest", "file", "sheet", "row", "passport", "national-id", "tax", "registration"),
    *("imo-ship", "imo-company", "mmsi", "inn", "ogrn", "kpp", "okpo", "edrpou", "rnokpp", "lei", "swift"),
)
"""Words that reach a page or the terminal as values."""


def cell_message(cell: str) -> Message:
    """Return a cell of the matrix as people read it: a list that cannot tell leaves it not known."""
    return Message(NOT_KNOWN if cell == Cell.NOT_KNOWN.value else cell)


def regime(name: str) -> Message | Name:
    """Return the name of a regime: that of its state, where nothing else is declared."""
    return REGIMES.get(name) or Name(*(party_name(name.upper(), one) for one in LANGUAGES))
