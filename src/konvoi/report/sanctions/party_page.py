"""One party on all lists as a page: who lists it, by which acts, who does not, and what identifies it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.align.dossier import Dossier
from konvoi.align.matrix import Cell
from konvoi.model.document import PUBLIC
from konvoi.report.ledger.basis import listed
from konvoi.report.page import Column, Message, Name, Number, Page, Section, Table, Value
from konvoi.report.sanctions.listed import cell_message, regime
from konvoi.report.sanctions.proposals import acts_shown, since_shown

_LISTED = Cell.LISTED.value
_LACKS = (Cell.NOT_LISTED.value, Cell.EXPIRED.value)


@dataclass(frozen=True)
class Coverage:
    """Cells of one party over all regimes.

    cells: rows of konvoi.align.matrix MATRIX. regimes: all that are shown. days: own day of each regime's
    list. possible: names of parties that may be this one, by their ids. most: age up to which a list is used.
    """

    cells: pl.DataFrame
    regimes: Sequence[str]
    days: Mapping[str, date]
    possible: Mapping[str, str]
    most: int = 1


def party_page(
    found: Dossier, told: Coverage, *, title: str, day: date, exercise: bool, file: str = "party"
) -> Page:
    """Return the page of a party; file: name of the page without its ending."""
    return Page(
        title=title,
        day=day,
        audience=PUBLIC,
        marking=Message("public"),
        exercise=exercise,
        sections=(_answer(found, told, day), _acts(found), _identity(found), _notes(told, day)),
        records=(),
        head=Message("Party on sanctions lists, as of {day}"),
        file=file,
    )


def _answer(found: Dossier, told: Coverage, day: date) -> Section:
    """Return who lists the party, measure by measure, and the coverage of all regimes as a table."""
    name = Message(
        "{name} ({kind})", {"name": Name(found.name, original=found.original), "kind": Message(found.kind)}
    )
    having = told.cells.filter(cell=_LISTED)["regime"].unique().to_list()
    values: dict[str, Value] = {
        "count": _count(len(having)),
        "of": _count(len(told.regimes)),
        "regimes": _named(one for one in told.regimes if one in having),
    }
    first = (
        Message("Listed by {count} of {of} regimes with a list here: {regimes}.", values)
        if having
        else Message("Listed by none of {of} regimes with a list here.", values)
    )
    return Section("party", name, (first, *_measures(told), *_possible(told)), (), (_coverage(told, day),))


def _measures(told: Coverage) -> list[Message]:
    """Return one sentence for each measure: who orders it, who does not, of whom it is not known."""
    said = []
    for order in _orders(told):
        rows = dict(told.cells.filter(order=order).select("regime", "cell").iter_rows())
        having = [one for one in told.regimes if rows.get(one) == _LISTED]
        lacking = [one for one in told.regimes if rows.get(one) in _LACKS]
        if not having:
            continue
        values: dict[str, Value] = {
            "measure": Message(order),
            "count": _count(len(having)),
            "of": _count(len(having) + len(lacking)),
            "lacking": _named(lacking),
        }
        said.append(
            Message("{measure}: ordered by {count} of {of} regimes with data; missing: {lacking}.", values)
            if lacking
            else Message("{measure}: ordered by {count} of {of} regimes with data.", values)
        )
    return said


def _possible(told: Coverage) -> list[Message]:
    """Return the sentence on parties that may be this one, if there are any."""
    if not told.possible:
        return []
    names: dict[str, Value] = {"names": "; ".join(sorted(told.possible.values()))}
    words = "May be the same party, not yet reviewed: {names}. Until then nothing is stated as missing there."
    return [Message(words, names)]


def _coverage(told: Coverage, day: date) -> Table:
    orders = _orders(told)
    cells = {(row["regime"], row["order"]): row for row in told.cells.iter_rows(named=True)}
    rows = tuple(
        (
            regime(one),
            told.days.get(one) or Message("no list in force"),
            _age(told.days.get(one), day),
            *(_cell(cells.get((one, order)), told) for order in orders),
        )
        for one in told.regimes
    )
    heads = (Message("Regime"), Message("Day of the list"), Message("Days old"))
    kinds = ("text", "day", "number")
    columns = [Column(head, "", kind) for head, kind in zip(heads, kinds, strict=True)]
    columns += [Column(Message(order)) for order in orders]
    empty = Message("No list names the party.")
    return Table("coverage", Message("Coverage by regime and measure"), tuple(columns), rows, empty)


def _cell(row: Mapping[str, object] | None, told: Coverage) -> Value:
    if row is None:
        return Message(Cell.NOT_KNOWN.value)
    cell = cell_message(str(row["cell"]))
    if not row["possible"]:
        return cell
    names = "; ".join(told.possible.get(one, one) for one in str(row["possible"]).split("; "))
    return Message("{cell} (possible: {names})", {"cell": cell, "names": names})


def _acts(found: Dossier) -> Section:
    rows = tuple(
        (
            regime(row["regime"]),
            row["reference"] or row["listing"],
            Message(row["order"]) if row["order"] else "",
            row["programme"] or "",
            acts_shown(row["regime"], row["act"] or ""),
            since_shown(row),
            row["until"],
        )
        for row in found.sources.iter_rows(named=True)
    )
    heads = ("Regime", "Reference", "Measure", "Programme", "Act to cite", "Since", "Until")
    columns = tuple(Column(Message(head), "", "day" if head == "Until" else "text") for head in heads)
    title = Message("Measures and legal acts")
    table = Table("acts", title, columns, rows, Message("No list names the party."))
    count: dict[str, Value] = {"count": Number(Decimal(len(rows)), to="acts")}
    answer = Message("Measures of all regimes against the party: {count}.", count)
    return Section("measures", title, (answer,), (), (table,))


def _identity(found: Dossier) -> Section:
    rows = tuple(
        (Message(row["what"]), row["value"], row["listings"]) for row in found.identity.iter_rows(named=True)
    )
    columns = tuple(Column(Message(head)) for head in ("What", "As listed", "Source"))
    empty = Message("The lists name nothing that identifies the party.")
    table = Table("identity-table", Message("Identity"), columns, rows, empty)
    count: dict[str, Value] = {"count": Number(Decimal(len(rows)), to="identity-table")}
    answer = Message("Values that identify the party, with the listings that name each: {count}.", count)
    return Section("identity", Message("Identity"), (answer,), (), (table,))


def _notes(told: Coverage, day: date) -> Section:
    old = [one for one in told.regimes if one in told.days and (day - told.days[one]).days > told.most]
    values: dict[str, Value] = {"most": told.most, "regimes": _named(old)}
    age = [Message("Lists that are too old (limit in days: {most}): {regimes}.", values)] if old else []
    notes = (
        Message(
            "Not known: no list in force on that day, no data for that day, or the list never "
            "orders this measure. It does not mean “not listed”."
        ),
        Message(
            "Acts in quotation marks are shown as the list writes them: no act is declared for them. Acts "
            "with * are to be verified against the published act before they are cited."
        ),
        Message(
            "That other regimes list the party is no finding on it: whether it meets the criteria of a "
            "regime is for that regime to decide."
        ),
    )
    return Section("notes", Message("About these figures"), (*age, *notes))


def _orders(told: Coverage) -> list[str]:
    return told.cells["order"].unique().sort().to_list()


def _named(names: Iterable[str]) -> Value:
    return listed([regime(one) for one in names], ", ")


def _count(count: int) -> Number:
    return Number(Decimal(count), to="coverage")


def _age(day: date | None, on: date) -> Value:
    """Return the age of a list in days; of a later one only that it is later."""
    if day is None:
        return Message("not applicable")
    return (on - day).days if day <= on else Message("later")
