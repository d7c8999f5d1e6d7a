"""Proposals of a workspace: proposals.csv read and added to, drafts made from gaps."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.align.list_findings import told
from konvoi.align.matrix import Cell
from konvoi.align.proposing import FILE, HEAD, UNDONE, State, checked, closed, proposal_id, standing
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.flow.sanctions.listed import one_meant
from konvoi.flow.store import append_lines, kept_text
from konvoi.gateways.refusal import Refused
from konvoi.model.finding import Finding, Place

Row = Mapping[str, str]
_NEEDED = HEAD[:12]


@dataclass(frozen=True)
class Steps:
    """The steps of proposals.csv that count, and what is wrong with the others."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()


def steps(folder: Path, *, as_of: date | None = None) -> Steps:
    """Return the recorded steps, by the end of a day where one is named; nothing where there is no such
    file.
    """
    text = kept_text(folder, FILE)
    if not text:
        return Steps()
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        return Steps((), (told("proposals-broken", Place(FILE), read=str(error)),))
    lacking = [name for name in _NEEDED if rows and name not in rows[0]]
    if lacking:
        return Steps((), (told("proposals-broken", Place(FILE, "", 1), read=", ".join(lacking)),))
    plain = [{name: str(row.get(name) or "") for name in HEAD} for row in rows]
    if as_of is not None:
        plain = [row for row in plain if row["at"][:10] <= as_of.isoformat()]
    return Steps(*checked(plain))


def proposed(known: Steps, found: Sanctions | None) -> pl.DataFrame:
    """Return the state of all proposals (PROPOSALS), closed by the lists of the day where these are at
    hand.
    """
    if found is None:
        return standing(known.rows)
    return closed(standing(known.rows, found.parties), found.matrix)


def draft(
    folder: Path, found: Sanctions, name: str, *, to: str, order: str, by: str, at: str, reason: str
) -> dict[str, str]:
    """Write the draft that a regime list a party, from a gap of its list; the row that was written.

    order: which measure, where several are lacking. Refused where there is no such gap, or it is proposed
    already.
    """
    party = one_meant(found, name)
    gap = _gap(found, party, to, order)
    title = found.titles.row(by_predicate=pl.col("party") == party, named=True)
    listings = str(gap["listings"]).split("; ")
    row = dict.fromkeys(HEAD, "") | {
        "proposal": proposal_id(listings, to, str(gap["order"])),
        "step": State.DRAFT.value,
        "name": title["name"],
        "kind": title["kind"],
        "to": to,
        "order": str(gap["order"]),
        "by": by,
        "at": at,
        "reason": reason,
        "listings": "; ".join(listings),
        "acts": str(gap["citations"]),
        "marking": "coalition",
    }
    for one in standing(steps(folder).rows).iter_rows(named=True):
        same = (one["to"], one["order"]) == (to, row["order"])
        if same and one["state"] != State.WITHDRAWN and set(one["listings"].split("; ")) & set(listings):
            raise Refused(
                f"{one['proposal']} proposes it already: {one['state']}; konvoi sanctions propose lists all"
            )
    _write(folder, row)
    return row


def _gap(found: Sanctions, party: str, to: str, order: str) -> Mapping[str, object]:
    """The gap that is meant; Refused with the reason where the lists state none."""
    gaps = found.gaps.filter(party=party, lacks=to)
    if order:
        gaps = gaps.filter(order=order)
    if gaps.height == 1:
        gap = gaps.row(0, named=True)
        if gap["perhaps"]:
            name = _called(found, party)
            raise Refused(f"{to} may list {name} as {gap['perhaps']}: look at both first; no draft was made")
        return gap
    if gaps.height:
        orders = ", ".join(gaps["order"].to_list())
        raise Refused(
            f"{to} lacks several measures against {_called(found, party)}; say one with --measure: {orders}"
        )
    raise Refused(f"{_reason(found, party, to, order)}; no draft was made")


def _reason(found: Sanctions, party: str, to: str, order: str) -> str:
    """Return the reason for which the lists state no gap."""
    cells = found.matrix.filter(party=party, regime=to)
    if order:
        cells = cells.filter(order=order)
    if cells.filter(cell=Cell.LISTED.value).height:
        return f"{to} already lists {_called(found, party)}"
    if to not in found.regimes:
        return f"no list of {to} is imported"
    name = _called(found, party)
    return f"the lists state no gap of {to} for {name}: where a list cannot tell, there is no gap"


def _called(found: Sanctions, party: str) -> str:
    return str(found.titles.row(by_predicate=pl.col("party") == party, named=True)["name"])


def step(
    folder: Path, proposal: str, what: str, *, by: str, at: str, values: Mapping[str, str]
) -> dict[str, str]:
    """Write one step of a proposal that is there: what of State, or UNDONE. values: of the other columns."""
    known = _states(folder)
    if proposal not in known:
        raise Unknown("ID", proposal, sorted(known), nearest(proposal, {one: one for one in known}))
    row = dict.fromkeys(HEAD, "") | {"proposal": proposal, "step": what, "by": by, "at": at} | dict(values)
    if what == UNDONE:
        row["reason"] = row["reason"] or f"{known[proposal]}"
    _write(folder, row)
    return row


def _states(folder: Path) -> dict[str, str]:
    return dict(standing(steps(folder).rows).select("proposal", "state").iter_rows())


def _write(folder: Path, row: Row) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([row[name] for name in HEAD])
    change = Action(Kind.PROPOSED, (), at=row["at"], by=row["by"], reason=row["reason"])
    append_lines(folder, FILE, out.getvalue().removesuffix("\n"), head=",".join(HEAD), change=change)


def session_known(sessions: Sequence[str], name: str) -> str:
    """Return the session that a name means, of those that were submitted; where there are none, any."""
    if sessions and name not in sessions:
        raise Unknown("--table", name, sorted(sessions), nearest(name, {one: one for one in sessions}))
    return name
