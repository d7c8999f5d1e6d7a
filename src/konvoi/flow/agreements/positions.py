"""Positions on the drafts of a workspace, and sister texts side by side, as they stand or stood on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.accord import distance
from konvoi.accord.clause_positions import Heard, heard
from konvoi.accord.distance import WAITING, changes, clauses, stands
from konvoi.accord.rounds import Round, rounds, standing_round
from konvoi.accord.steps import table
from konvoi.flow.agreements.drafts import LEFT_OUT
from konvoi.flow.agreements.rounds import SISTERS, named_round, texts
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.name_lookup import party as known_party
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.kit.progress import Stop, never

_PLACE = {"_file": "file", "_sheet": "sheet", "_row": "row"}


@dataclass(frozen=True)
class Document:
    """The clauses, stands and amendments of one round of a document.

    rounds: all that it has. every: its clauses (accord.distance.CLAUSES); clauses, cells (STANDS): those that
    are asked for. tabled: the amendments by clause, the best first.
    """

    document: str
    title: str
    rounds: tuple[Round, ...]
    round: Round
    said: Heard
    every: pl.DataFrame
    clauses: pl.DataFrame
    cells: pl.DataFrame
    tabled: Mapping[str, list[distance.Change]]

    def counts(self) -> dict[str, int]:
        """Return the number of clauses that are settled, open, or wait for parties that have not spoken."""
        return {state: self.every.filter(pl.col("state") == state).height for state in distance.STATES}

    @property
    def best(self) -> distance.Change | None:
        """The tabled amendment that brings its clause nearest; None where none does."""
        firsts = [found[0] for found in self.tabled.values()]
        ranked = sorted(firsts, key=lambda one: (-one.nearer, len(one.unsaid), one.amendment.position))
        return ranked[0] if ranked and ranked[0].nearer > 0 else None

    def as_dict(self) -> dict[str, object]:
        """All of it as plain JSON values."""
        return {
            "document": self.document,
            "title": self.title,
            "rounds": [_round(one) for one in self.rounds],
            "round": self.round.name,
            "counts": self.counts(),
            "best": _change(self.best) if self.best else None,
            "clauses": [
                {**row, "amendments": [_change(one) for one in self.tabled.get(str(row["clause"]), ())]}
                for row in self.clauses.drop("document", "round", "number").to_dicts()
            ],
            "positions": self.cells.drop("document", "round").rename(_PLACE, strict=False).to_dicts(),
        }


@dataclass(frozen=True)
class Positions:
    """The documents that are negotiated, on a day; parallel texts (flow.agreements.rounds.SISTERS)."""

    day: date
    documents: tuple[Document, ...]
    sisters: pl.DataFrame
    gathered: Gathered

    def as_dict(self) -> dict[str, object]:
        """All of it as plain JSON values."""
        families = self.sisters.rename(_PLACE).drop("marking").to_dicts()
        return {
            "day": self.day.isoformat(),
            "documents": [one.as_dict() for one in self.documents],
            "sisters": families,
            "findings": [one.as_dict() for one in self.gathered.findings],
        }


@dataclass(frozen=True)
class Asked:
    """A question about positions: one document or all, a round by number or id, a party, only open
    clauses.
    """

    document: str = ""
    round: str = ""
    party: str = ""
    open: bool = False


def positions(work: Workspace, asked: Asked, *, stop: Stop = never) -> Positions:
    """Positions and sister texts of a workspace."""
    gathered = loaded(work, stop=stop)
    day = today(gathered, work)
    tables = gathered.tables
    party = known_party("--of", asked.party, gathered, work.settings)
    held = rounds(tables, texts(tables))
    family = tables.get("sisters", pl.DataFrame(schema=SISTERS))
    _known(asked.document, work.view.as_of, (*held, *family["under"].unique()))
    names = [name for name in held if asked.document in ("", name)]
    found = [_document(held[name], asked, gathered, day, party) for name in names]
    # Who asks for a party's word or for what is open asks for positions; texts have none.
    texts_too = not (asked.party or asked.open)
    only = pl.col("under") == asked.document if asked.document else pl.lit(texts_too)
    return Positions(day, tuple(found), family.filter(only), gathered)


def _known(name: str, day: date | None, known: Iterable[str]) -> None:
    """Refuses a name that is no document with rounds or sister texts, or was none on the day asked for."""
    names = sorted(set(known))
    if name and name not in names:
        what = f"DOC, as known on {day}" if day else "DOC"
        raise Unknown(what, name, tuple(names), nearest(name, {one: one for one in names}))


def _document(own: tuple[Round, ...], asked: Asked, gathered: Gathered, day: date, party: str) -> Document:
    one = standing_round(own, day)
    if asked.round:
        named = named_round(own, asked.round)
        if named is None:
            numbers = tuple(str(other.number) for other in own)
            raise Unknown("--round", asked.round, (*numbers, *(other.name for other in own)))
        one = named
    said = heard(own[: one.number], table(gathered.tables, "positions"), day, gathered.tables.get(LEFT_OUT))[
        -1
    ]
    cells = stands(said, day)
    cells = cells.filter(pl.col("party") == party) if party else cells
    cells = cells.filter(pl.col("open")) if asked.open else cells
    whole = clauses(said)
    shown = whole
    if asked.open:
        held = cells["clause"].implode()
        shown = whole.filter(pl.col("clause").is_in(held) | ((pl.col("state") == WAITING) & (not party)))
    titles = dict(table(gathered.tables, "documents").select("document", "title").iter_rows())
    tabled = {clause: found for clause in said.cells if (found := changes(said, clause))}
    return Document(
        one.document, str(titles.get(one.document) or ""), own, one, said, whole, shown, cells, tabled
    )


def _round(one: Round) -> dict[str, object]:
    return {
        "round": one.name,
        "number": one.number,
        "opened": one.opened.isoformat() if one.opened else None,
        "deadline": one.deadline.isoformat(),
        "silence_accepts": one.silence_accepts,
        "parties": list(one.parties),
        "text": one.clauses is not None,
    }


def _change(one: distance.Change) -> dict[str, object]:
    return {
        "amendment": one.amendment.position,
        "party": one.amendment.party,
        "words": one.amendment.row["words"],
        "closes": list(one.closes),
        "opens": list(one.opens),
        "unsaid": list(one.unsaid),
    }


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    return {
        _PLACE.get(name, name): value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
    }
