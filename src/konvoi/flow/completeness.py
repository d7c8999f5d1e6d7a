"""Partners without a submission, and a day of the workspace that is far from its documents."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import FILE
from konvoi.model.finding import Finding, Place, Severity, told

WITHOUT_SUBMISSION = "partner-without-submission"
FAR = timedelta(days=366)
"""How far the day of a workspace may be from the nearest of its documents without a finding."""

_PARTNER = (
    "a submission of this partner; none is at hand",
    "Ask the partner for its submission, or correct the table.",
)


def silent_partners(whole: Gathered, day: date | None) -> tuple[str, ...]:
    """Return the partners named as members or participants that have no document in force, sorted.

    Where no partner submits for itself, as in a file of published facts, none is expected to.
    """
    return tuple(sorted({str(row["party"]) for row in _silent_rows(whole, day)}))


def incomplete(whole: Gathered, day: date | None, *, stated: bool) -> tuple[Finding, ...]:
    """Return the findings on partners without a submission and on the day of the workspace.

    day: of the workspace. stated: it stands in konvoi.toml, and is not that of the latest document.
    """
    partners = [
        told(Severity.WARNING, WITHOUT_SUBMISSION, row, _PARTNER, read=str(row["party"]))
        for row in _silent_rows(whole, day)
    ]
    return (*sorted(partners, key=lambda one: (one.place, one.read)), *(_far(whole, day) if stated else ()))


def _silent_rows(whole: Gathered, day: date | None) -> list[dict[str, object]]:
    """The first row that names each partner without a document in force, with its place."""
    submitting = set(whole.documents.filter("in_force")["party"])
    named: dict[str, dict[str, object]] = {}
    for row in (*_members(whole, day), *_participants(whole)):
        named.setdefault(str(row["party"]), row)
    if not submitting & named.keys():
        return []
    return [named[party] for party in sorted(named.keys() - submitting)]


def _members(whole: Gathered, day: date | None) -> Iterator[dict[str, object]]:
    rows = whole.tables.get("parties", pl.DataFrame())
    for row in rows.iter_rows(named=True) if "role" in rows.columns else ():
        first = row.get("member_from")
        last = row.get("member_to")
        now = day is None or ((first is None or first <= day) and (last is None or last >= day))
        if row["role"] == "member" and now:
            yield _placed(row, "role")


def _participants(whole: Gathered) -> Iterator[dict[str, object]]:
    rows = whole.tables.get("participants", pl.DataFrame())
    for row in rows.sort("_file", "_sheet", "_row").iter_rows(named=True) if rows.height else ():
        yield _placed(row, "party")


def _placed(row: dict[str, object], column: str) -> dict[str, object]:
    return {
        "party": row["party"],
        "submission": row["_file"],
        "sheet": row["_sheet"],
        "row": row["_row"],
        "column": column,
    }


def _far(whole: Gathered, day: date | None) -> Iterator[Finding]:
    days = whole.documents.filter("in_force")["known_on"].drop_nulls().sort().to_list()
    if day is None or not days:
        return
    known = min(days, key=lambda one: abs(one - day))
    if abs(known - day) <= FAR:
        return
    yield Finding(
        Severity.WARNING,
        "day-far-from-documents",
        Place(FILE, column="day"),
        read=day.isoformat(),
        expected="a day within a year of a document; the nearest is of {known}",
        remedy="Correct the day, or add the documents that are missing.",
        values={"known": known.isoformat()},
    )
