"""A round of a text: its clauses by parties, its working text, and what a new position would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.accord.clause_groups import Distance, distance_of
from konvoi.accord.distance import OPEN, SETTLED, WAITING
from konvoi.accord.rounds import contradicts_itself, in_order, silence_accepts
from konvoi.accord.rounds import rounds as rounds_of
from konvoi.accord.working_text import WorkingClause, working_text
from konvoi.flow.agreements.figures import round_tables
from konvoi.flow.agreements.rounds import texts
from konvoi.kit.digest import key
from konvoi.model.clauses import HEADINGS, OPERATIVE
from konvoi.model.naming import localized
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.positions import AMEND
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.texts import say

Row = Mapping[str, Any]
MOST = 10_000
_SIGNS = {"by silence": "·", "lifted": "(+)", "unstated": "?", "not readable": "!"}
_STANCES = {
    "accept": "+",
    "accept with reserve": "r",
    "scrutiny reserve": "s",
    "ad referendum": "a",
    "amend": "Δ",
    "support": "=",
    "reject": "×",
}


@dataclass(frozen=True)
class Cell:
    """The position of a party on a clause. sign: as in konvoi agreement positions; words: what it means.

    late: taken after the deadline of the round.
    """

    sign: str
    words: str
    open: bool
    late: bool = False


@dataclass(frozen=True)
class Line:
    """A clause with the position of each party."""

    row: Row
    cells: Sequence[Cell]
    amendment: str


@dataclass(frozen=True)
class Tabled:
    """An amendment that is tabled. clause: empty for the whole text. carried: from an earlier round."""

    party: str
    clause: str
    carried: bool

    def on(self, clause: str) -> bool:
        """Return True if a position on a clause may name it; one without a clause takes that of it.

        Of one that is carried it is known only in which of the clauses of the matrix it is.
        """
        whole = not clause or not self.clause
        return whole or clause == self.clause or (self.carried and clause.startswith(f"{self.clause}/"))


@dataclass(frozen=True)
class OfRound:
    """A round as a viewer may see it."""

    viewer: Viewer
    opened: Opened
    row: Row

    @property
    def name(self) -> str:
        """The id of the round."""
        return str(self.row["round"])

    @property
    def about(self) -> str:
        """The record that forms of its page are about."""
        return f"round/{self.name}"

    @property
    def document(self) -> str:
        """The id of its document."""
        return str(self.row["document"])

    @cached_property
    def title(self) -> str:
        """The title of its document."""
        rows = self.opened.rows("documents", where={"document": self.document}, limit=1).rows
        return str(rows[0]["title"] or "") if rows else ""

    @property
    def silence_accepts(self) -> bool:
        """True where silence until the deadline is acceptance."""
        return silence_accepts(self.row)

    @property
    def contradicts_itself(self) -> bool:
        """True where its deadline is before the day on which it was opened."""
        return contradicts_itself(self.row)

    @cached_property
    def _frames(self) -> dict[str, pl.DataFrame]:
        names = ("rounds", "positions", "documents", "clauses", "positions_left_out")
        found = {name: self.opened.frame(name) for name in names}
        empty = {name: BY_NAME[name].empty() for name in names if name in BY_NAME}
        return {
            name: rows if rows is not None else empty[name]
            for name, rows in found.items()
            if rows is not None or name in empty
        }

    @cached_property
    def clauses(self) -> pl.DataFrame:
        """Its clauses by distance (accord.distance.CLAUSES)."""
        return self._of("round_clauses")

    @cached_property
    def stands(self) -> pl.DataFrame:
        """The positions of its parties (accord.distance.STANDS)."""
        return self._of("round_stands")

    def _of(self, table: str) -> pl.DataFrame:
        rows = self.opened.frame(table)
        if rows is None:
            return pl.DataFrame()
        return rows.filter(pl.col("round") == self.name)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties that are asked, in their order."""
        own = rounds_of(self._frames, {}).get(self.document, ())
        return next((one.parties for one in own if one.name == self.name), ())

    @cached_property
    def text(self) -> pl.DataFrame | None:
        """The clauses of its text; None where it was not handed in."""
        return texts(self._frames).get(self.name)

    def asked(self) -> list[tuple[str, str]]:
        """Return the clauses on which a position can be taken, each with its words."""
        if self.text is None:
            return [(row["clause"], row["text"] or "") for row in self.clauses.iter_rows(named=True)]
        kinds = [str(one) for one in (*HEADINGS, *OPERATIVE)]
        rows = self.text.filter(pl.col("kind").is_in(kinds)).select("clause", "text")
        return [(str(clause), str(text or "")) for clause, text in rows.iter_rows()]

    def working(self) -> tuple[WorkingClause, ...]:
        """Return its working text; empty where its text was not handed in."""
        return () if self.text is None or self.stands.is_empty() else working_text(self.text, self.stands)

    def lines(self) -> list[Line]:
        """Return the matrix: clauses by parties."""
        own = {(row["clause"], row["party"]): row for row in self.stands.iter_rows(named=True)}
        return [
            Line(row, [_cell(own.get((row["clause"], party))) for party in self.parties], _best(row))
            for row in self.clauses.iter_rows(named=True)
        ]

    def counts(self) -> dict[str, int]:
        """Return the number of clauses that are settled, open, and waiting for positions."""
        known = dict(self.clauses["state"].value_counts().iter_rows()) if self.clauses.width else {}
        return {
            "settled": known.get(SETTLED, 0),
            "open": known.get(OPEN, 0),
            "waiting": known.get(WAITING, 0),
        }

    def distance(self, clauses: Sequence[str] = ()) -> Distance:
        """Return the distance of clauses that are traded together; of all without a choice."""
        return distance_of(self.stands, clauses) if self.stands.width else Distance((), ())

    def amendments(self) -> list[tuple[str, str]]:
        """Return the amendments that are tabled: position and words."""
        return [(name, f"{name} · {one.party} · {one.clause}") for name, one in self.tabled.items()]

    @cached_property
    def tabled(self) -> dict[str, Tabled]:
        """The amendments of the round, and those that go on into it, by position."""
        rows = self._frames["positions"].filter(pl.col("stance") == AMEND)
        placed = self._placed()
        found = {}
        for row in rows.iter_rows(named=True):
            name, own = str(row["position"]), row["round"] == self.name
            clause = str(row["clause"] or "").strip().strip("/")
            if own or name in placed:
                here = clause if own or not clause else placed[name]
                found[name] = Tabled(str(row["party"]), here, carried=not own)
        return found

    def _placed(self) -> dict[str, str]:
        """Return the clause of each position that keeps one open, by its place in the text of the round."""
        if not self.stands.width:
            return {}
        rows = self.stands.filter("open").explode("positions").sort("clause", descending=True)
        own = dict(rows.select("positions", "clause").iter_rows())
        return {str(name): str(clause) for name, clause in own.items()}

    def state_of(self, party: str) -> str:
        """Return a digest of what a party says in the round: a form states on which it was filled in."""
        rows = self._frames["positions"].filter((pl.col("round") == self.name) & (pl.col("party") == party))
        return key(*(str(row) for row in rows.sort("position").rows()))

    def with_positions(self, rows: Sequence[Mapping[str, Any]]) -> "Effect":
        """Return what more positions change, by the engine that computes the matrix."""
        known = self._frames
        positions = known["positions"]
        given = [{name: row.get(name) for name in positions.columns} for row in rows]
        more = pl.DataFrame(given, schema=positions.schema)
        day = max([row["day"] for row in rows] + ([self.opened.day] if self.opened.day else []))
        left = known.get("positions_left_out")
        if left is None:
            left = pl.DataFrame(schema=_UNHEARD)
        made = round_tables(
            day=day,
            reader_is_cell=self.viewer.is_cell,
            positions_left_out=left,
            **{
                **{name: rows for name, rows in known.items() if name != "positions_left_out"},
                "positions": pl.concat([positions, more]),
            },
        )
        after = made["round_clauses"].filter(pl.col("round") == self.name)
        stands = made["round_stands"].filter(pl.col("round") == self.name)
        return Effect(_moved(self.clauses, after), self.distance(), distance_of(stands))


@dataclass(frozen=True)
class Moved:
    """A clause whose state or distance a position changes."""

    clause: str
    before: str
    after: str
    distance: int
    then: int


@dataclass(frozen=True)
class Effect:
    """Changes that a position makes: clauses, and the distance of the whole text."""

    moved: Sequence[Moved]
    before: Distance
    after: Distance


def _moved(before: pl.DataFrame, after: pl.DataFrame) -> list[Moved]:
    old = {row["clause"]: row for row in before.iter_rows(named=True)}
    found = []
    for row in after.iter_rows(named=True):
        was = old.get(row["clause"])
        state, distance = (was["state"], was["distance"]) if was else ("", 0)
        if (state, distance) != (row["state"], row["distance"]):
            found.append(Moved(row["clause"], state, row["state"], distance, row["distance"]))
    return found


_UNHEARD = {
    **dict.fromkeys(("position", "round", "party", "stance"), pl.String()),
    "day": pl.Date(),
    **dict.fromkeys(("clause", "amendment", "marking", "_file", "_sheet"), pl.String()),
    "_row": pl.Int64(),
    "sender": pl.String(),
}


def round_of(viewer: Viewer, opened: Opened, name: str) -> OfRound | None:
    """Return a round; None where the viewer sees none of the name."""
    rows = opened.rows("rounds", where={"round": name}, limit=1).rows
    return OfRound(viewer, opened, rows[0]) if rows else None


def rounds_of_document(opened: Opened, document: str) -> Sequence[Row]:
    """Return the rounds of a document in their order."""
    return in_order(opened.rows("rounds", where={"document": document}, limit=MOST).rows)


def _cell(row: Row | None) -> Cell:
    if row is None:
        return Cell("–", say("not asked"), open=False)
    late = bool(row.get("after_deadline"))
    if row["open"] or row["how"] == "expressly":
        stance = str(row["stance"])
        words = localized("choice", stance, code())
        return Cell(_STANCES.get(stance, stance), words, open=bool(row["open"]), late=late)
    how = str(row["how"])
    return Cell(_SIGNS.get(how, how), in_words(how), open=False, late=late)


def in_words(how: str) -> str:
    """Return how a party stands that has said nothing that is in force."""
    known = {
        "by silence": say("accepted under the silence procedure"),
        "lifted": say("reservation withdrawn"),
        "unstated": say("no position stated"),
        "not readable": say("could not be read, accepts nothing"),
    }
    return known.get(how, how)


def legend() -> list[tuple[str, str]]:
    """Return the signs of the matrix with their meaning."""
    stances = [(sign, localized("choice", stance, code())) for stance, sign in _STANCES.items()]
    return [*stances, *((sign, in_words(how)) for how, sign in _SIGNS.items())]


def _best(row: Row) -> str:
    if row["best"] is None:
        return ""
    text = "{amendment} resolves {closes}, reopens {opens}; no position stated: {unsaid}"
    return say(text, amendment=row["best"], **{name: row[name] for name in ("closes", "opens", "unsaid")})


def party_names(parties: Sequence[str]) -> list[tuple[str, str]]:
    """Return parties with their names in the reader's language."""
    return [(one, party_text(one)) for one in parties]
