"""Rows by which one partner would change what others state: they act once accepted.

A partner may add names of its own, for parties and goods that nobody has stated before. A name of another
party, and another unit or family for a good that somebody else stated first, does not act until konvoi.toml
accepts it (`[aliases]`, `[goods]`). A party that submits decides on its offers alone: in a document of
another partner its offer is at most made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.parties import spellings_of
from konvoi.flow.settings import Settings
from konvoi.intake.cell import as_read
from konvoi.kit.text import fold
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.party import party_id
from konvoi.model.spelling import party_named
from konvoi.model.units import written_unit

_OURS = "konvoi"
_DEFINES = ("unit", "family")
_MADE = "made"
Row = Mapping[str, object]


def admitted_declarations(
    readings: Sequence[Reading], ages: Mapping[str, int], settings: Settings
) -> tuple[list[Reading], list[Finding]]:
    """Return the readings with the rows of parties and goods as they act, and findings on what does not.

    ages: of documents, later ones higher.
    """
    names = _Names.of(readings, ages, settings)
    partners = _partners(readings, settings)
    senders = frozenset(fold(one.party) for one in readings if one.party)
    firsts = _first_definitions(readings, ages, settings)
    found: list[Reading] = []
    told: list[Finding] = []
    for one in readings:
        tables = dict(one.tables)
        if "parties" in tables and one.format.startswith(_OURS):
            rows = [_named(row, names, told) for row in tables["parties"].iter_rows(named=True)]
            tables["parties"] = pl.DataFrame(rows, schema=tables["parties"].schema)
        if "goods" in tables and one.format.startswith(_OURS):
            rows = [_defined(row, one.party, firsts, told) for row in tables["goods"].iter_rows(named=True)]
            tables["goods"] = pl.DataFrame(rows, schema=tables["goods"].schema)
        if "offers" in tables and one.format.startswith(_OURS) and fold(one.party) in partners:
            rows = [_offered(row, one.party, senders, told) for row in tables["offers"].iter_rows(named=True)]
            tables["offers"] = pl.DataFrame(rows, schema=tables["offers"].schema)
        found.append(replace(one, tables=tables))
    return found, told


@dataclass(frozen=True)
class _Names:
    """The parties to whom names belong, by folded name.

    senders: ids of parties that submit. stated: the parties that state a name of themselves, those with the
    earliest document. accepted: the party that konvoi.toml gives to a name.
    """

    senders: Mapping[str, str]
    stated: Mapping[str, frozenset[str]]
    accepted: Mapping[str, str]

    @classmethod
    def of(cls, readings: Sequence[Reading], ages: Mapping[str, int], settings: Settings) -> "_Names":
        """Return the names that belong to somebody in some documents."""
        senders = {fold(one.party): one.party for one in readings if one.party}
        found: dict[str, dict[str, int]] = {}
        for one in sorted(readings, key=lambda one: ages[one.document]):
            for row in _rows(one, "parties"):
                if row["party"] == one.party:
                    for name in spellings_of(row):
                        found.setdefault(fold(name), {}).setdefault(one.party, ages[one.document])
        stated = {
            name: frozenset(party for party, age in parties.items() if age == min(parties.values()))
            for name, parties in found.items()
        }
        return cls(senders, stated, {fold(name): party for name, party in settings.aliases.items()})

    def other(self, name: str, party: str) -> str:
        """Return another party whose name it is; empty if the name may stand for the party."""
        spelt = fold(name)
        if self.accepted.get(spelt) == party:
            return ""
        known = self.senders.get(spelt) or party_id(name) or party_named(name)
        holders = {known} if known else set(self.stated.get(spelt, ()))
        others = holders - {party, party_id(party)}
        return min(others, default="")


def _named(row: Row, names: _Names, told: list[Finding]) -> dict[str, object]:
    """Return a row of parties without names that belong to another party; a row keeps its id as its name."""
    party = str(row["party"])
    if ":" in party:
        return dict(row)
    taken = {name: holder for name in spellings_of(row) if (holder := names.other(name, party))}
    for name, holder in sorted(taken.items()):
        told.append(
            Finding(
                Severity.WARNING,
                "alias-of-other-party",
                _place(row, "aliases"),
                as_read(name),
                "a name that is not that of another party; it belongs to {holder}",
                "It does not act. If both are one party, accept it in konvoi.toml: [aliases] “{name}” = "
                "“{party}”. Otherwise remove the name.",
                {"holder": holder, "name": name, "party": party},
            )
        )
    if not taken:
        return dict(row)
    aliases = ";".join(one for one in str(row.get("aliases") or "").split(";") if one not in taken)
    rest = {one: None for one in ("name_de", "name_uk") if str(row.get(one) or "") in taken}
    first = {"name": party} if str(row.get("name") or "") in taken else {}
    return {**row, **rest, **first, "aliases": aliases or None}


@dataclass(frozen=True)
class _Definition:
    """The unit and family of a good, as its first sender states them, or the one that konvoi.toml accepts."""

    party: str
    values: Mapping[str, str]
    accepted: bool = False


def _first_definitions(
    readings: Sequence[Reading], ages: Mapping[str, int], settings: Settings
) -> dict[str, _Definition]:
    """Return the definition of each good that counts: the accepted sender's, otherwise the earliest.

    Of two senders whose documents cannot be told apart by age neither is the first.
    """
    stated: dict[str, list[tuple[int, _Definition]]] = {}
    for one in readings:
        for row in _rows(one, "goods"):
            definition = _Definition(one.party, {name: _value(row, name) for name in _DEFINES})
            stated.setdefault(str(row["good"]), []).append((ages[one.document], definition))
    found: dict[str, _Definition] = {}
    for good, all_ in stated.items():
        chosen = [(age, one) for age, one in all_ if one.party == settings.goods.get(good)] or all_
        first = min(age for age, _ in chosen)
        senders = {one.party for age, one in chosen if age == first}
        if len(senders) == 1:
            # The sender itself may change its definition.
            party = senders.pop()
            own = max(((age, at) for at, (age, one) in enumerate(all_) if one.party == party))
            found[good] = replace(all_[own[1]][1], accepted=settings.goods.get(good) == party)
    return found


def _defined(
    row: Row, sender: str, firsts: Mapping[str, _Definition], told: list[Finding]
) -> dict[str, object]:
    """Return a row of goods with the unit and family of the definition that counts."""
    first = firsts.get(str(row["good"]))
    if first is None or first.party == sender:
        return dict(row)
    differing = [name for name in _DEFINES if (value := _value(row, name)) and value != first.values[name]]
    if not first.accepted:
        told += [_redefined(row, name, sender, first) for name in differing]
    return {**row, **{name: first.values[name] or None for name in differing}}


def _redefined(row: Row, column: str, sender: str, first: _Definition) -> Finding:
    values = {"column": column, "holder": first.party, "good": str(row["good"]), "party": sender}
    return Finding(
        Severity.WARNING,
        "good-redefined",
        _place(row, column),
        as_read(str(row[column])),
        "{column} as {holder} stated it for “{good}” before: {value}",
        "The definition is not applied. Use a separate id for another good, or accept the definition "
        "in konvoi.toml: [goods] “{good}” = “{party}”.",
        {**values, "value": first.values[column] or "–"},
    )


def _partners(readings: Sequence[Reading], settings: Settings) -> frozenset[str]:
    """Return the folded ids of parties that give or receive; the coordination cell does neither."""
    found = {settings.recipient}
    for one in readings:
        found |= {str(row["party"]) for row in _rows(one, "parties") if row["kind"] == "state"}
        if one.format.startswith(_OURS) and any(_has_own(one, table) for table in ("packages", "offers")):
            found.add(one.party)
    return frozenset(fold(one) for one in found if one)


def _has_own(reading: Reading, table: str) -> bool:
    """Return True if a table of a document has rows of its sender; packages can be very many."""
    rows = reading.tables.get(table)
    return rows is not None and bool((rows["party"] == reading.party).any())


def _offered(row: Row, sender: str, senders: frozenset[str], told: list[Finding]) -> dict[str, object]:
    """Return a row of offers as its sender may state it: of an offer of another sender only that it
    is made. senders: folded ids of all parties that submit.
    """
    party, state = str(row["party"] or sender), str(row["state"] or "accepted")
    own = fold(party) == fold(sender) or party_id(party) == sender
    if own or fold(party) not in senders or state == _MADE:
        return dict(row)
    told.append(
        Finding(
            Severity.WARNING,
            "offer-of-other-party",
            _place(row, "state"),
            as_read(state),
            "made, for an offer of another party: {holder} decides on it",
            "It counts as made and is not planned. {holder} submits the offer itself, with its state.",
            {"holder": party, "party": sender},
        )
    )
    return {**row, "state": _MADE}


def _value(row: Row, name: str) -> str:
    value = str(row.get(name) or "")
    return written_unit(value) if name == "unit" else value


def _rows(reading: Reading, table: str) -> Iterator[Row]:
    rows = reading.tables.get(table)
    return rows.iter_rows(named=True) if rows is not None and reading.format.startswith(_OURS) else iter(())


def _place(row: Row, column: str) -> Place:
    return Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), column)
