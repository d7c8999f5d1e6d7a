"""Readers of a workspace: the parties that its documents name, and those that are partners."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain

from konvoi.flow.cut import shown_rows
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.settings import Settings
from konvoi.flow.view import CELL, View
from konvoi.kit.text import fold
from konvoi.model.document import COALITION, PUBLIC, Reading
from konvoi.model.markings import parties_of
from konvoi.model.party import GROUPS, party_id
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME

_NO_PARTNERS = frozenset({"supplier", "carrier", "implementer"})


def known_reader(view: View, readings: Sequence[Reading], settings: Settings) -> View:
    """Return the view with its reader's id.

    A reader is a party that konvoi.toml or a document which it may see names, in a marking too, or a state or
    institution that is known. Raises Unknown for all others: what a name may see is not decided where nobody
    knows it. The message names parties of konvoi.toml alone, since documents may be hidden from whoever asks.
    """
    if not view.is_party:
        return view
    stated = {settings.recipient, *settings.groups, *chain.from_iterable(settings.groups.values())} - {""}
    every = _named(readings, stated)
    spelled = _spellings(readings)
    wanted = fold(view.reader)
    reader = every.get(wanted) or spelled.get(wanted) or party_id(view.reader) or ""
    if reader in every.values():
        shown = shown_rows(readings, View(view.as_of, reader), settings)
        # A name that only hidden rows bear is as good as unknown.
        ids = _named(shown, stated)
        if reader in ids.values() and reader in (
            ids.get(wanted),
            _spellings(shown).get(wanted),
            party_id(view.reader),
        ):
            return replace(view, reader=reader)
    if (state := party_id(view.reader)) and state not in GROUPS:
        return replace(view, reader=state)
    known = {fold(one): one for one in (CELL, COALITION, PUBLIC, *sorted(stated))}
    raise Unknown(
        "--for",
        view.reader,
        (
            *known.values(),
            "the states and institutions by id",
            "the parties of the workspace (konvoi table parties); "
            "to add one, give it a row in the table parties",
        ),
        nearest(view.reader, known),
        most=len(known) + 2,
    )


def _named(readings: Sequence[Reading], stated: Collection[str]) -> dict[str, str]:
    """Return the ids of all parties that settings or documents name, by their folded spelling."""
    named = set(stated)
    for reading in readings:
        named.add(reading.party)
        for column in ("party", "counterparty", "implementer"):
            named.update(reading.entries[column].drop_nulls().unique())
        marked = [reading.entries, *reading.tables.values()]
        markings = {
            marking
            for rows in marked
            if "marking" in rows.columns
            for marking in rows["marking"].drop_nulls().unique()
        }
        for marking in {*markings, reading.facts.get("marking", "")}:
            named.update(parties_of(marking))
        for name, rows in reading.tables.items():
            for one in BY_NAME[name].columns if name in BY_NAME else ():
                if one.type == Type.PARTY and one.name in rows.columns:
                    named.update(rows[one.name].drop_nulls().unique())
        if (listed := reading.tables.get("parties")) is not None:
            named.update(listed["party"].drop_nulls())
    return {fold(one): str(one) for one in sorted(named - {""})}


def _spellings(readings: Sequence[Reading]) -> dict[str, str]:
    """Return the ids of parties by their folded names in tables of parties."""
    tables = [one.tables["parties"] for one in readings if "parties" in one.tables]
    return {
        fold(str(name)): str(party)
        for rows in tables
        for party, *names in rows.select("party", "name", "name_de", "name_uk").iter_rows()
        for name in names
        if name
    }


def with_partnership(view: View, readings: Sequence[Reading]) -> View:
    """Return the view of a party, marked as a partner or not, as the table `parties` gives its kind."""
    tables = [one.tables["parties"] for one in readings if "parties" in one.tables]
    kinds = {kind for rows in tables for kind in rows.filter(party=view.reader)["kind"].drop_nulls()}
    return replace(view, partner=not kinds & _NO_PARTNERS)
