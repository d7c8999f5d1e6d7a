"""Tables of what is negotiated, for the brief and for the session pack: who says what to which clause."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import polars as pl

from konvoi.accord.distance import CLAUSES, OPEN, STANDS
from konvoi.kit.text import shown
from konvoi.model.tables.positions import AMEND
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Record, Table, Value

Row = Mapping[str, object]

LEFT_OUT = "positions_left_out"
_LONG = 240
_NO_OPEN = Message("No open positions.")
_NO_ROUND = Message("No round is released to this reader.")
_SIGNS = {
    "by silence": Message("silent"),
    "lifted": Message("lifted"),
    "unstated": Message("?"),
    "not readable": Message("unreadable"),
}
NOTE = Message(
    "Silent: accepted under the silence procedure. Lifted: accepted after a reservation was withdrawn. ?: no "
    "position stated. Unreadable: the position could not be read and is not accepted. Number: parties "
    "with an open position."
)


@dataclass(frozen=True)
class Drafts:
    """The documents in their rounds, as they stand in the last round that has begun."""

    case: Case

    @cached_property
    def names(self) -> Names:
        """The names of parties."""
        return Names(self.case)

    @cached_property
    def clauses(self) -> pl.DataFrame:
        """The clauses of each document in its last round (accord.distance.CLAUSES)."""
        rows = self.case.tables.get("round_clauses", pl.DataFrame(schema=CLAUSES))
        return rows.filter(pl.col("number") == pl.col("number").max().over("document"))

    @cached_property
    def cells(self) -> pl.DataFrame:
        """The statements of each party in these rounds (accord.distance.STANDS)."""
        rows = self.case.tables.get("round_stands", pl.DataFrame(schema=STANDS))
        return rows.join(self.clauses.select("round").unique(), on="round", how="semi", maintain_order="left")

    def answer(self) -> Iterator[Message]:
        """Yield the state of each document, in a sentence, with the amendment that would bring it nearest."""
        rounds = {row["round"]: row for row in table(self.case, "rounds").iter_rows(named=True)}
        for (document, one), rows in self.clauses.group_by("document", "round", maintain_order=True):
            states = dict(rows["state"].value_counts().iter_rows())
            values: dict[str, Value] = {
                "document": str(document),
                "title": self.title(str(document)),
                "number": str(rows["number"][0]),
                "deadline": _day(rounds[str(one)]["deadline"]),
                **{
                    name: Number(Decimal(states.get(state, 0)), to="positions-clauses")
                    for name, state in (
                        ("settled", "settled"),
                        ("open", OPEN),
                        ("left", "not all have spoken"),
                    )
                },
            }
            yield Message(
                "{document}, {title}: round {number}, deadline {deadline}. Clauses agreed: {settled}; "
                "open: {open}; awaiting positions: {left}.",
                values,
            )
            yield from self._best(rows)
        lost = self.case.tables.get(LEFT_OUT)
        if lost is not None and lost.height:
            yield Message(
                "Unreadable positions: {number}. The parties concerned are not treated as accepting.",
                {"number": lost.height},
            )

    def _best(self, rows: pl.DataFrame) -> Iterator[Message]:
        """The one amendment that brings a document nearest."""
        known = rows.filter(pl.col("best").is_not_null()).with_columns(
            nearer=pl.col("closes") - pl.col("opens")
        )
        for row in known.sort("nearer", "unsaid", descending=[True, False]).head(1).iter_rows(named=True):
            yield Message(
                "Most effective single amendment, clause {clause}: {change}.",
                {"change": self.change(row), "clause": str(row["clause"])},
            )

    def change(self, row: Row) -> Value:
        """Return the effect of the best amendment on a clause."""
        if row["best"] is None:
            return ""
        counts: dict[str, Value] = {
            name: Number(Decimal(int(str(row[name]))), behind=(f"positions/{row['best']}",))
            for name in ("closes", "opens", "unsaid")
        }
        return Message(
            "{amendment} resolves {closes}, reopens {opens}; no position stated: {unsaid}",
            {"amendment": str(row["best"]), **counts},
        )

    def title(self, document: str) -> str:
        """Return the title of a document."""
        titles = dict(table(self.case, "documents").select("document", "title").iter_rows())
        return str(titles.get(document) or "")

    def open(self) -> Table:
        """Return the parties that hold clauses open, since when, and until when each is to be lifted."""
        rows = self.cells.filter(pl.col("open")).iter_rows(named=True)
        cells = tuple(
            (
                _place(row),
                self.names.party(str(row["party"])),
                _says(row),
                _day(row["since"]),
                _day(row["lifts"]),
                _late(row),
                shown(str(row["words"] or ""), _LONG),
            )
            for row in rows
        )
        heads = ("Document and clause", "Party", "Position", "Open since", "To be withdrawn by")
        columns = (
            *_columns(heads),
            Column(Message("Days overdue"), "", "number"),
            Column(Message("Wording")),
        )
        return Table("positions-open", Message("Open positions by clause"), columns, cells, _NO_OPEN)

    def distances(self) -> Table:
        """Each clause: where it stands, how far it is from being agreed, what would bring it nearest."""
        cells = tuple(self._distance(row) for row in self.clauses.iter_rows(named=True))
        numbers = (
            "Open for",
            "Accepted",
            "By silence procedure",
            "Reservation withdrawn",
            "No position stated",
        )
        columns = (
            *_columns(("Document and clause", "Wording", "State")),
            *(Column(Message(head), "", "number") for head in numbers),
            Column(Message("Most effective amendment")),
        )
        title = Message("Clauses by distance to agreement")
        return Table("positions-clauses", title, columns, cells, _NO_ROUND)

    def _distance(self, row: Row) -> tuple[Value, ...]:
        held = tuple(f"positions/{one}" for one in self._behind.get((row["round"], row["clause"]), ()))
        distance = Decimal(int(str(row["distance"])))
        return (
            _place(row),
            shown(str(row["text"] or ""), _LONG),
            Message(str(row["state"])),
            Number(distance, "", "", self.case.day, held) if held else int(distance),
            *(int(str(row[name])) for name in ("accepted", "silent", "lifted", "unstated")),
            self.change(row),
        )

    @cached_property
    def _behind(self) -> Mapping[tuple[object, object], list[str]]:
        found: dict[tuple[object, object], list[str]] = {}
        for row in self.cells.filter(pl.col("open")).iter_rows(named=True):
            found.setdefault((row["round"], row["clause"]), []).extend(row["positions"])
        return found

    def matrix(self) -> Table:
        """Clauses by parties."""
        parties = self.cells["party"].unique(maintain_order=True).to_list()
        own: dict[tuple[object, object, object], Row] = {
            (row["round"], row["clause"], row["party"]): row for row in self.cells.iter_rows(named=True)
        }
        cells = tuple(
            (
                _place(row),
                int(str(row["distance"])),
                *(_cell(own.get((row["round"], row["clause"], party))) for party in parties),
            )
            for row in self.clauses.iter_rows(named=True)
        )
        columns = (
            *_columns(("Document and clause",)),
            Column(Message("Open for"), "", "number"),
            *(Column(Message("{party}", {"party": self.names.party(party)})) for party in parties),
        )
        return Table(
            "positions-matrix", Message("Positions by clause and party"), columns, cells, _NO_ROUND, note=NOTE
        )

    def state(self, document: object) -> Message | None:
        """Return the state of a document that is negotiated; None for one that is not."""
        rows = self.clauses.filter(pl.col("document") == str(document))
        if rows.is_empty():
            return None
        left = rows.filter(pl.col("state") == OPEN).height
        values: dict[str, Value] = {
            "number": str(rows["number"][0]),
            "open": Number(Decimal(left), to="positions-clauses"),
            "all": Number(Decimal(rows.height), to="positions-clauses"),
        }
        return Message("round {number}: {open} of {all} clauses open", values)


def records(case: Case) -> Iterator[Record]:
    """The rows of positions, as figures open them."""
    names = Names(case)
    for row in table(case, "positions").sort("position").iter_rows(named=True):
        day = _day(row["day"])
        words = shown(str(row["words"] or ""), _LONG)
        clause = str(row["clause"] or "")
        yield Record(
            id=f"positions/{row['position']}",
            what=listed_parts(str(row["position"]), clause, words),
            party=names.party(str(row["party"])),
            stage=Message(str(row["stance"])),
            days=(day,) if day else (),
            file=str(row["_file"] or ""),
            sheet=str(row["_sheet"] or ""),
            row=int(str(row["_row"] or 0)),
            column="stance",
        )


def listed_parts(*parts: str) -> tuple[Value, ...]:
    """Words with commas between them, without those that are empty."""
    found = listed([one for one in parts if one], ", ")
    return found if isinstance(found, tuple) else (found,)


def _place(row: Row) -> str:
    return f"{row['document']} {row['clause']}"


def _says(row: Row) -> Value:
    """A stance; one on another's amendment names it."""
    said = Message(str(row["stance"]))
    if not row["amendment"] or row["stance"] == AMEND:
        return said
    return (said, " ", str(row["amendment"]))


def _late(row: Row) -> Value:
    ids = tuple(
        f"positions/{one}" for one in (row["positions"] if isinstance(row["positions"], list) else ())
    )
    return Number(Decimal(row["late"]), "d", "", None, ids) if isinstance(row["late"], int) else None


def _cell(row: Row | None) -> Value:
    if row is None:
        return "–"
    if row["open"] or row["how"] == "expressly":
        return Message(str(row["stance"]))
    return _SIGNS[str(row["how"])]


def _columns(heads: tuple[str, ...]) -> tuple[Column, ...]:
    days = ("Open since", "To be withdrawn by")
    return tuple(Column(Message(head), "", "day" if head in days else "text") for head in heads)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
