"""Framework documents whose term or sums end: what runs out when, and the notice that the document states."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from konvoi.accord.facts import PAST
from konvoi.accord.terms import after

Row = Mapping[str, object]

TERM_ENDED, SUMS_ENDED, TERM_ENDS, SUMS_END, PART_ENDED, RUNNING = STATES = (
    "term ended",
    "sums ended",
    "term ends within a year",
    "sums end within a year",
    "some sums ended",
    "running",
)
AHEAD = 365
"""Days before an end from which a document counts as ending."""

RENEWALS = pl.Schema(
    {
        "document": pl.String(),
        "parties": pl.String(),
        "state": pl.String(),
        "signed": pl.Date(),
        "ends": pl.Date(),
        "sums": pl.Int64(),
        "sums_until": pl.Date(),
        "undated": pl.Int64(),
        "due": pl.Date(),
        "notice": pl.Int64(),
        "extension": pl.Int64(),
        "extend_by": pl.Date(),
        "behind": pl.List(pl.String()),
        "address": pl.String(),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each signed document that states an end or a sum.

sums: obligations of money, those without a last day in `undated`, too. due: the end that `state` is
about; of a running document the next one. notice: months from a notice to the end. extension: months before
the end by which it is agreed, and that day as `extend_by`. behind: the obligations, as undertakings/id.
"""


def renewals(
    documents: pl.DataFrame,
    undertakings: pl.DataFrame,
    milestones: pl.DataFrame,
    terms: pl.DataFrame,
    *,
    day: date,
) -> pl.DataFrame:
    """Return RENEWALS on a day, by state and then by the end that it is about.

    The sums of a document have ended if all have a last day before the day. Statements of the past and goods
    are none of them. A document that is neither signed nor in force is left out: nothing of it can have
    ended. Of the notice a milestone speaks before the text.
    """
    sums: dict[object, list[Row]] = {}
    for row in undertakings.iter_rows(named=True):
        if row["force"] != PAST and row["good"] is None:
            sums.setdefault(row["document"], []).append(row)
    notice = dict(_months(terms, "termination")) | {
        row["document"]: row["months"]
        for row in milestones.iter_rows(named=True)
        if row["months"] is not None
    }
    extension = dict(_months(terms, "extension"))
    rows = [
        _row(one, sums.get(one["document"], []), notice, extension, day)
        for one in documents.iter_rows(named=True)
        if _is_signed(one) and (one["ends"] is not None or one["document"] in sums)
    ]
    rows.sort(key=lambda row: (STATES.index(str(row["state"])), str(row["due"] or "9999"), row["document"]))
    return pl.DataFrame(rows, schema=RENEWALS)


def _is_signed(document: Row) -> bool:
    return document["day"] is not None or document["in_force"] is not None


def _months(terms: pl.DataFrame, point: str) -> Iterator[tuple[object, object]]:
    for row in terms.iter_rows(named=True):
        if row["point"] == point and row["number"] is not None:
            yield row["document"], row["number"]


def _row(
    document: Row,
    sums: Sequence[Row],
    notice: Mapping[object, object],
    extension: Mapping[object, object],
    day: date,
) -> dict[str, object]:
    ends = document["ends"]
    days = [one for row in sums if isinstance(one := row["until"], date)]
    undated = len(sums) - len(days)
    state, due = _state(ends if isinstance(ends, date) else None, days, day, open_ended=bool(undated))
    months = extension.get(document["document"])
    return {
        **{name: document[name] for name in RENEWALS if name in document},
        "state": state,
        "signed": document["day"],
        "sums": len(sums),
        "sums_until": max(days, default=None),
        "undated": undated,
        "due": due,
        "notice": notice.get(document["document"]),
        "extension": months,
        "extend_by": after(ends, -months) if isinstance(ends, date) and isinstance(months, int) else None,
        "behind": sorted(f"undertakings/{row['undertaking']}" for row in sums),
    }


def _state(
    ends: date | None, days: Sequence[date], day: date, *, open_ended: bool
) -> tuple[str, date | None]:
    """Return the state of a document on a day, and the end that it is about.

    days: the last days of its sums. open_ended: whether it names sums without one.
    """
    ahead = min((one for one in days if one >= day), default=None)
    if ends is not None and ends < day:
        return TERM_ENDED, ends
    if days and ahead is None and not open_ended:
        return SUMS_ENDED, max(days)
    if ends is not None and (ends - day).days <= AHEAD:
        return TERM_ENDS, ends
    if ahead is not None and (ahead - day).days <= AHEAD:
        return SUMS_END, ahead
    if any(one < day for one in days):
        return PART_ENDED, max(one for one in days if one < day)
    return RUNNING, min((one for one in (ahead, ends) if one is not None), default=None)
