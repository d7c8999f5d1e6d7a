"""Proposals on a page: a table of how each stands, and the dossier of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.align.citing import BESIDE, cited
from konvoi.align.dossier import Dossier
from konvoi.align.span_text import span_text
from konvoi.model.document import COALITION, PUBLIC
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.page import Column, Link, Message, Number, Page, Section, Table, Value
from konvoi.report.sanctions.listed import regime

Row = Mapping[str, object]
NONE = Message(
    "No proposal was written down: konvoi sanctions propose PARTY --to REGIME makes a draft from a gap."
)
_HEADS = {
    "proposals": ("Proposal", "Who", "Regime", "Measure", "State", "Meeting", "Adopted by", "Reason", "Acts"),
    "identity": ("What", "As listed", "Source"),
    "sources": ("Regime", "Reference", "Measure", "Act", "Since", "Until", "File", "Row"),
    "steps": ("Action item", "By", "Day", "Meeting", "Adopted by", "Reason"),
}
_DAYS = frozenset({"Until", "Day"})
_IN_SESSION = ("tabled", "adopted", "rejected", "closed by a list")


def proposals_table(rows: pl.DataFrame, *, id: str = "proposals-table") -> Table:
    """Return the state of each proposal (konvoi.align.proposing PROPOSALS)."""
    cells = tuple(_proposal(row) for row in rows.iter_rows(named=True))
    return Table(id, Message("Proposals"), _columns("proposals"), cells, NONE)


def _proposal(row: Row) -> tuple[Value, ...]:
    state: Value = Message(str(row["state"]))
    if row["closed_on"]:
        told = {"state": state, "day": _day(row["closed_on"])}
        state = Message("{state} of {day}", told)
    whom = [str(row["proposal"]), str(row["name"]), regime(str(row["to"])), Message(str(row["order"])), state]
    return (*whom, *(str(row[name] or "") for name in ("session", "whom", "reason", "acts")))


def tabled(case: Case, session: str) -> Section | None:
    """The part of a session's pack on what is tabled in it; nothing where no proposal is."""
    rows = case.tables.get("proposals")
    if rows is None:
        return None
    mine = rows.filter(pl.col("session") == session, pl.col("state").is_in(_IN_SESSION))
    if mine.is_empty():
        return None
    known = {"count": Number(Decimal(mine.height), "", "", case.day, to="proposals-table")}
    answer = Message(
        "{count} proposal that a regime list a party is tabled in this session.",
        known,
        "{count} proposals that a regime list a party are tabled in this session.",
        mine.height,
    )
    title = Message("Proposals on sanctions")
    return Section("proposals", title, (answer,), (), (proposals_table(mine),))


def dossier_page(
    found: Dossier, row: Row, steps: Sequence[Row], *, title: str, day: date, exercise: bool
) -> Page:
    """The dossier of a proposal as a page of its own; row: of PROPOSALS."""
    marking = str(row["marking"])
    own = {PUBLIC: Message("public"), COALITION: Message("for the coalition only")}
    return Page(
        title=title,
        day=day,
        audience=marking,
        marking=own.get(marking, Message("releasable to {party} only", {"party": marking})),
        exercise=exercise,
        sections=(_about(found, row), _identity(found), _sources(found), _steps(steps)),
        records=(),
        head=Message("Proposal as of {day}"),
        file="proposal",
    )


def _about(found: Dossier, row: Row) -> Section:
    regimes = sorted(set(found.sources["regime"]))
    values: dict[str, Value] = {
        "regime": regime(str(row["to"])),
        "name": found.name,
        "kind": Message(found.kind),
        "measure": Message(str(row["order"])),
    }
    others: dict[str, Value] = {
        "regimes": listed([regime(one) for one in regimes], ", "),
        "count": Number(Decimal(found.sources.height), to="proposal-sources"),
    }
    answer = (
        Message("It is proposed that {regime} lists {name} ({kind}): {measure}.", values),
        Message("The party is listed by: {regimes}; measures that they order: {count}.", others),
        Message("State: {state}.", {"state": Message(str(row["state"]))}),
        Message(
            "A list names whom an authority decided on; whether this party meets the criteria of another "
            "regime is for that regime to decide."
        ),
    )
    title = Message("Proposal {id}: {name}", {"id": str(row["proposal"]), "name": found.name})
    return Section("proposal", title, answer)


def _identity(found: Dossier) -> Section:
    rows = tuple(
        (Message(row["what"]), row["value"], row["listings"]) for row in found.identity.iter_rows(named=True)
    )
    empty = Message("The lists name nothing that identifies the party.")
    count = Number(Decimal(len(rows)), to="proposal-identity")
    answer = Message(
        "Values that identify the party, with the listings that name each: {count}.", {"count": count}
    )
    table = Table("proposal-identity", Message("Identity"), _columns("identity"), rows, empty)
    return Section("identity", Message("Identity"), (answer,), (), (table,))


def _sources(found: Dossier) -> Section:
    rows = tuple(
        (
            regime(row["regime"]),
            row["reference"] or row["listing"],
            Message(row["order"]) if row["order"] else "",
            acts_shown(row["regime"], row["act"] or ""),
            since_shown(row),
            _day(row["until"]),
            row["file"],
            str(row["row"] or ""),
        )
        for row in found.sources.iter_rows(named=True)
    )
    empty = Message("No list names the party any more.")
    table = Table("proposal-sources", Message("Listings and acts to cite"), _columns("sources"), rows, empty)
    count = Number(Decimal(found.sources["listing"].n_unique()), to="proposal-sources")
    answer = Message("Listings of the party: {count}.", {"count": count})
    return Section("sources", Message("Listings and acts to cite"), (answer,), (), (table,))


def acts_shown(name: str, acts: str) -> Value:
    """Return the acts of a regime as they are cited, each leading to the published text."""
    found = [one for act in acts.split(BESIDE) for one in cited(name, act)]
    shown: list[Value] = []
    for one in dict.fromkeys(found):
        shown += ["; "] if shown else []
        shown.append(Link(one.text, one.act.link) if one.act and one.act.link else one.text)
    return tuple(shown) if shown else ""


def _steps(steps: Sequence[Row]) -> Section:
    rows = tuple(
        (
            Message(str(one["step"])),
            str(one["by"]),
            _iso(one["at"]),
            *(str(one[name] or "") for name in ("session", "whom", "reason")),
        )
        for one in steps
    )
    table = Table("proposal-steps", Message("Steps of the proposal"), _columns("steps"), rows, NONE)
    count = Number(Decimal(len(rows)), to="proposal-steps")
    answer = Message("Steps written down: {count}.", {"count": count})
    return Section("steps", Message("Steps of the proposal"), (answer,), (), (table,))


def since_shown(row: Row) -> Value:
    """Return the day since which a measure stands: a day, a year, or a span."""
    first = _day(row["since_first"])
    last = _day(row["since_last"])
    if first is None or last is None or first == last:
        return first
    text = span_text(first, last)
    if "–" not in text:
        return text
    return (first, " – ", last)


def _columns(name: str) -> tuple[Column, ...]:
    return tuple(Column(Message(head), "", "day" if head in _DAYS else "text") for head in _HEADS[name])


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _iso(text: object) -> date | str:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return str(text)
