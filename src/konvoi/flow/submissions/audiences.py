"""Readers of certain records before and after their markings are stated anew: rows, and amounts by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from konvoi.flow.cut import cut
from konvoi.flow.gathered import Gathered
from konvoi.flow.readers import with_partnership
from konvoi.flow.settings import Settings
from konvoi.flow.stated_markings import At, records_in
from konvoi.flow.totals_asked import ask
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace
from konvoi.ledger.question import Question


@dataclass(frozen=True)
class Audience:
    """The part of some records that one reader sees records before and after.

    rows: how many of them. amounts: pledged, in the currency of the workspace; None where no total can be
    drawn.
    """

    reader: str
    rows: tuple[int, int]
    amounts: tuple[Decimal | None, Decimal | None]
    unit: str

    def as_dict(self) -> dict[str, object]:
        """The audience as plain values."""
        rows, amounts = list(self.rows), list(self.amounts)
        return {"reader": self.reader, "rows": rows, "amounts": amounts, "unit": self.unit}


def audiences_of(
    work: Workspace,
    states: tuple[Gathered, Gathered],
    readers: Sequence[str],
    party: str,
    records: frozenset[At],
) -> tuple[Audience, ...]:
    """Return what each reader sees of records of a party in two states of the coordination cell's view."""
    before, after = (_State(work, one, party, records) for one in states)
    found = []
    for reader in readers:
        (rows, amount), (new_rows, new_amount) = before.seen_by(reader), after.seen_by(reader)
        found.append(Audience(reader, (rows, new_rows), (amount, new_amount), after.unit or before.unit))
    return tuple(found)


class _State:
    """A state of the record, with the value of each entry of some records of a party."""

    def __init__(self, work: Workspace, whole: Gathered, party: str, records: frozenset[At]) -> None:
        self._as_of, self._readings = work.view.as_of, whole.readings
        self._settings: Settings = work.settings
        self._own = [one for one in whole.readings if one.party == party]
        self._records = records
        self.unit = ""
        self._values = self._amounts(work, whole)

    def _amounts(self, work: Workspace, whole: Gathered) -> Mapping[str, Decimal] | None:
        total = ask(whole, Question(mix=True), work.settings, with_rows=True)
        if total.refused:
            return None
        self.unit = total.unit
        named = {record for table, record in self._records if table in ("packages", "lines")}
        entries = whole.ledger.entries.select("entry", "package", "line").iter_rows()
        wanted = {entry for entry, package, line in entries if (line or package) in named}
        return {one.entry: one.counted for one in total.rows or () if one.counted and one.entry in wanted}

    def seen_by(self, reader: str) -> tuple[int, Decimal | None]:
        view = with_partnership(View(self._as_of, reader), self._readings)
        shown = cut(self._own, view, self._settings)
        rows = len({at for one in shown for at in records_in(one, self._records)})
        if self._values is None:
            return rows, None
        seen = {entry for one in shown for entry in one.entries["entry"]}
        return rows, sum((value for entry, value in self._values.items() if entry in seen), Decimal(0))
