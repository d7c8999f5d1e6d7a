"""One party under many names: organisations that a format only names become the parties that they are."""

from collections.abc import Mapping, Sequence

import polars as pl

from konvoi.kit.text import fold
from konvoi.model.party import party_id, party_name

# An id with a scheme was made by a format from a name or a foreign code; a partner's own id has none.
_SCHEME = ":"
_PARTIES = ("party", "counterparty", "implementer")
_NAMES = ("name", "name_de", "name_uk")


def same_party(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """For each foreign id whose name is exactly that of one known party, that party.

    Known are the rows of `parties` with ids of their own (names in three languages, and aliases), states and
    institutions. Nothing is guessed: a name that two parties bear stands for neither.
    """
    rows = tables.get("parties")
    if rows is None or rows.is_empty():
        return {}
    named: dict[str, set[str]] = {}
    for row in rows.iter_rows(named=True):
        if _SCHEME not in row["party"]:
            for name in spellings_of(row):
                named.setdefault(fold(name), set()).add(row["party"])
    found = {}
    for row in rows.iter_rows(named=True):
        if _SCHEME in row["party"] and row.get("name"):
            known = named.get(fold(row["name"])) or {party_id(row["name"])} - {None}
            if len(known) == 1:
                found[row["party"]] = str(next(iter(known)))
    return found


def renamed(entries: pl.DataFrame, same: Mapping[str, str]) -> pl.DataFrame:
    """Entries with each foreign id of a known party replaced; the submission still says what it said."""
    if not same:
        return entries
    return entries.with_columns(pl.col(name).replace(dict(same)) for name in _PARTIES)


def called(party: str, tables: Mapping[str, pl.DataFrame], language: str) -> str:
    """The name of a party or group in a language: as its row of `parties` says, else as it is known."""
    usual = party_name(party, language)
    rows = tables.get("parties")
    if rows is None or "name" not in rows.columns:
        return usual
    own = rows.filter(pl.col("party") == party)
    if own.is_empty():
        return usual
    row = own.row(0, named=True)
    known = usual if usual != party else row["name"]
    return str(row.get("name" if language == "en" else f"name_{language}") or known or party)


def spellings_of(row: Mapping[str, object]) -> Sequence[str]:
    """The names and aliases of a row of `parties`."""
    aliases = str(row.get("aliases") or "").split(";")
    return [str(name) for name in (*(row.get(key) for key in _NAMES), *aliases) if name and str(name).strip()]
