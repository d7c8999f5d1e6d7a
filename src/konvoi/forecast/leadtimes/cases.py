"""Cases to learn from: one line for each thing that began, or was promised, and what became of it."""

from datetime import date

import polars as pl

from konvoi.model.finding import Finding, Place, Severity

FACTORS = ("route", "partner", "programme", "mode", "lane", "supplier", "good", "season")
"""Factors of cases, beside their kind: columns of CASES; an unknown value is a value of its own."""

RECEIVED = "received"
ENDS = (RECEIVED, "withdrawn", "replaced")
"""Ends of a case; the first is the one that is forecast."""

SPAN = "span"
DEVIATION = "deviation"
"""Days counted from the day on which a stage was reached; or from the day that was promised."""

PROMISED = "promised > received"
"""The measure of earliness and lateness against the first promised day."""

CASES = pl.Schema(
    {
        "case": pl.String(),
        "shipment": pl.String(),
        "kind": pl.String(),
        "measure": pl.String(),
        "of": pl.String(),
        **dict.fromkeys(FACTORS, pl.String()),
        "since": pl.Date(),
        "ended_from": pl.Date(),
        "ended_to": pl.Date(),
        "how": pl.String(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""case: its name. shipment: what travels together has one luck, and is weighed as less than as many cases.

measure: what is measured, such as `dispatched > received`; of: SPAN or DEVIATION. since: the day from which
days count. ended_from, ended_to: the first and last day on which it can have ended, null while it is open.
how: one of ENDS, null while it is open. file, sheet, row: where it was read.
"""

LONGEST = 3650
"""Days between two days above which a case counts as a typing error."""

_NUMBER = pl.col("since").dt.quarter()
SEASON = pl.when(_NUMBER.is_not_null()).then(pl.format("Q{}", _NUMBER))
"""The season of a case: the quarter in which its days begin to count."""


def as_known(cases: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return the cases as known on a day: those that had not ended by then are open.

    Only promises for days before that day are included: for these all early or punctual ends are known.
    """
    promised = pl.col("of") == DEVIATION
    begun = pl.when(promised).then(pl.col("since") < day).otherwise(pl.col("since") <= day)
    hidden = pl.col("ended_to") > day
    return cases.filter(begun).with_columns(
        pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("ended_from", "ended_to", "how")
    )


def sound(cases: pl.DataFrame, day: date) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the cases that can be learnt from (CASES, in order of `case`), and the findings on the others.

    A case with no first day, kind or measure is left out without a finding: there is nothing to count. One
    that ends later than the day up to which there are facts is reported, and open on that day (`as_known`).
    """
    last = pl.coalesce("ended_to", "ended_from")
    told = (
        cases.filter(pl.all_horizontal(pl.col("since", "kind", "measure").is_not_null()))
        .sort("case", "measure", "of", "since", "ended_to", "row", nulls_last=True)
        .with_columns(ended_to=last, ended_from=pl.coalesce("ended_from", last))
        .with_columns(how=pl.when(last.is_not_null()).then(pl.coalesce("how", pl.lit(RECEIVED))))
    )
    days = (pl.col("ended_to") - pl.col("since")).dt.total_days()
    far = (pl.col("ended_from") - pl.col("since")).dt.total_days()
    faults = (
        ("lead-time-backwards", (pl.col("of") == SPAN) & (days < 0) | (days < far)),
        ("lead-time-beyond-ten-years", (days.abs() > LONGEST) | (far.abs() > LONGEST)),
        ("lead-time-end-unknown", last.is_not_null() & ~pl.col("how").is_in(list(ENDS))),
    )
    findings: list[Finding] = []
    for code, wrong in faults:
        findings += [_finding(code, row, day) for row in told.filter(wrong).iter_rows(named=True)]
        told = told.filter(wrong.fill_null(False).not_())
    later = told.filter(pl.col("ended_from") > day).iter_rows(named=True)
    findings += [_finding("lead-time-in-future", row, day) for row in later]
    begun = pl.when(pl.col("of") == SPAN).then(pl.max_horizontal("ended_from", "since"))
    return told.with_columns(ended_from=begun.otherwise(pl.col("ended_from"))), findings


_WORDS = {
    "lead-time-in-future": (
        "{measure}: an end no later than {day}, the day up to which there are facts",
        "Correct the day, or set a later day in konvoi.toml; the case counts as open until then",
    ),
    "lead-time-backwards": (
        "{measure}: an end that is not before its beginning on {since}",
        "Correct one of the two days; the case does not count until then",
    ),
    "lead-time-beyond-ten-years": (
        "{measure}: an end within ten years of {since}",
        "Correct the year; the case does not count until then",
    ),
    "lead-time-end-unknown": (
        "received, withdrawn or replaced",
        "Write one of them; the case does not count until then",
    ),
}


def _finding(code: str, row: dict[str, object], day: date) -> Finding:
    """Return the finding on a case, at its place."""
    number = row["row"]
    column = "how" if code == "lead-time-end-unknown" else "ended"
    place = Place(
        str(row["file"] or ""), str(row["sheet"] or ""), number if isinstance(number, int) else 0, column
    )
    read = str(row["how"] if column == "how" else row["ended_to"] or "")
    values = {"measure": str(row["measure"]), "since": str(row["since"]), "day": day.isoformat()}
    expected, remedy = _WORDS[code]
    return Finding(Severity.WARNING, code, place, f"{row['case']}: {read}", expected, remedy, values)
