"""The working text of a round: what is agreed stands as it is, what is open in brackets with who holds it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from konvoi.accord.compare import differences
from konvoi.model.tables.positions import AMEND

Row = Mapping[str, object]


@dataclass(frozen=True)
class Proposed:
    """An amendment of a clause. position: its id; supporters: other parties that support it. words: what it
    changes, as accord.compare.differences.
    """

    position: str
    party: str
    supporters: tuple[str, ...]
    text: str
    words: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class WorkingClause:
    """A clause of the working text. label: its number in the text. holders: parties that keep it open, each
    with its stance. amendments: in the order of their positions.
    """

    clause: str
    kind: str
    label: str
    text: str
    holders: tuple[tuple[str, str], ...]
    amendments: tuple[Proposed, ...]

    @property
    def is_open(self) -> bool:
        """Return True if the clause stands in brackets."""
        return bool(self.holders)


def working_text(clauses: pl.DataFrame, stands: pl.DataFrame) -> tuple[WorkingClause, ...]:
    """Return the clauses of a text with what is open on each, in their order.

    clauses: of the text (model.clauses.CLAUSES). stands: accord.distance.STANDS of the round. A position on a
    clause that the text lacks is left out.
    """
    held: dict[str, list[Row]] = {}
    for row in stands.filter("open").iter_rows(named=True):
        held.setdefault(str(row["clause"]), []).append(row)
    return tuple(_clause(row, held.get(str(row["clause"]), [])) for row in clauses.iter_rows(named=True))


def _clause(row: Row, held: Sequence[Row]) -> WorkingClause:
    text = str(row["text"] or "")
    return WorkingClause(
        str(row["clause"]),
        str(row["kind"] or ""),
        str(row["label"] or ""),
        text,
        tuple((str(one["party"]), str(one["stance"])) for one in held),
        tuple(_amendments(text, held)),
    )


def _amendments(text: str, held: Sequence[Row]) -> Iterator[Proposed]:
    for one in held:
        words = str(one["words"] or "")
        if one["stance"] != AMEND or not words:
            continue
        known = one["positions"]
        own = {str(each) for each in known} if isinstance(known, list) else set()
        supporters = tuple(str(other["party"]) for other in held if str(other["amendment"] or "") in own)
        name = str(next(iter(known), "")) if isinstance(known, list) else ""
        yield Proposed(name, str(one["party"]), supporters, words, differences(text, words))
