"""Follow-up of meetings: action items due soon or overdue by owner with their letters, and decisions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from konvoi.accord.reminders import DUE_SOON, ESCALATED
from konvoi.accord.steps import ENDED
from konvoi.flow.reader_papers import REMINDER
from konvoi.model.party import party_name
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.languages import code
from konvoi.web.reports.papers import paper_of

Row = Mapping[str, Any]
MOST = 10_000


@dataclass(frozen=True)
class Owner:
    """An owner of action items. paper: id of the letter, empty where the viewer sees none; files: of it, DOCX
    and calendar.
    """

    party: str
    name: str
    rows: Sequence[Row]
    paper: str
    files: Sequence[str]

    @property
    def overdue(self) -> int:
        """Number of its items that are overdue."""
        return sum(one["level"] != DUE_SOON for one in self.rows)

    @property
    def soon(self) -> int:
        """Number of its items that are due soon."""
        return len(self.rows) - self.overdue

    @property
    def escalated(self) -> int:
        """Number of its items of which the head of its delegation is told."""
        return sum(one["level"] == ESCALATED for one in self.rows)


@dataclass(frozen=True)
class Followed:
    """A decision with the number of its action items, and of those that are done or dropped."""

    row: Row
    items: int
    ended: int


def owners(viewer: Viewer, opened: Opened) -> list[Owner]:
    """Return the owners of action items to remind of, those with most overdue first.

    A letter is computed from what its owner may see; the coordination cell reads those of all owners.
    """
    rows: dict[str, list[Row]] = {}
    for row in opened.rows("reminders", order=("due", "step"), limit=MOST).rows:
        rows.setdefault(str(row["party"]), []).append(row)
    found = [_owner(viewer, party, own) for party, own in rows.items()]
    return sorted(found, key=lambda one: (-one.overdue, one.name))


def _owner(viewer: Viewer, party: str, rows: Sequence[Row]) -> Owner:
    own = view(viewer, party) if viewer.reads(party) else None
    paper = paper_of(own, f"{REMINDER}-{party}") if own is not None else None
    names = (
        ()
        if paper is None
        else [one for one in paper.names if one.endswith((f".{code()}.docx", f".{code()}.ics"))]
    )
    return Owner(party, party_name(party, code()), rows, paper.id if paper else "", names)


def decisions(opened: Opened) -> Iterator[Followed]:
    """Yield the decisions, the newest first, with what came of their action items."""
    items, ended = Counter[str](), Counter[str]()
    for (follows, state), count in opened.counts("standing", ("follows", "state")).items():
        items[follows] += count
        ended[follows] += count if state in ENDED else 0
    for row in opened.rows("decided", order=("-day", "decision"), limit=200).rows:
        shown = {**row, "shown": row.get(f"words_{code()}") or row["words"]}
        yield Followed(shown, items[row["decision"]], ended[row["decision"]])
