"""A later stage of a line that holds more than an earlier one."""

from collections.abc import Sequence

import polars as pl

from konvoi.intake.check import UNIT, Whole, by_place, decimal_of, plain
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import Stage

_STAND_IN = "Correct the {what}, or submit what is missing of the stage before."


def excess(
    whole: Whole, *, later: Sequence[Stage], earlier: Sequence[Stage], code: str
) -> tuple[Finding, ...]:
    """A finding for each line or package of which more stands at one of the later stages than at the earlier.

    Entries of one unit at one stage add up; quantities are compared in one unit of measure, amounts in one
    currency; of several earlier stages the largest counts. Where none of the earlier is known, nothing is
    compared.
    """
    known = whole.entries.filter(pl.col("stage").is_in([str(stage) for stage in (*later, *earlier)]))
    quantities = known.filter(pl.col("quantity").is_not_null()).with_columns(
        value=pl.col("quantity"), measure=pl.col("unit")
    )
    amounts = known.filter(pl.col("amount_minor").is_not_null() & pl.col("quantity").is_null()).with_columns(
        value=pl.col("amount_minor"), measure=pl.col("currency")
    )
    return by_place(
        [
            *_compared(quantities, "quantity", later=later, earlier=earlier, code=code),
            *_compared(amounts, "amount", later=later, earlier=earlier, code=code),
        ]
    )


def _compared(
    entries: pl.DataFrame, what: str, *, later: Sequence[Stage], earlier: Sequence[Stage], code: str
) -> list[Finding]:
    keys = [*UNIT, "measure"]
    sums = entries.group_by([*keys, "stage"], maintain_order=True).agg(
        pl.col("value").sum(), pl.col("submission", "sheet", "row", "column").last()
    )
    before = (
        sums.filter(pl.col("stage").is_in([str(stage) for stage in earlier]))
        .group_by(keys)
        .agg(before=pl.col("value").max())
    )
    over = (
        sums.filter(pl.col("stage").is_in([str(stage) for stage in later]))
        .join(before, on=keys, how="inner", nulls_equal=True)
        .filter(pl.col("value") > pl.col("before"))
    )
    return [_finding(row, what, code, earlier) for row in over.iter_rows(named=True)]


def _finding(row: dict[str, object], what: str, code: str, earlier: Sequence[Stage]) -> Finding:
    unit = str(row["measure"] or "")
    values = {
        "before": _shown(row["before"], what, unit),
        "unit": unit,
        "stage": " / ".join(str(stage) for stage in earlier),
        "what": what,
    }
    read = f"{row['line'] or row['package'] or ''}, {row['stage']}: {_shown(row['value'], what, unit)}"
    words = ("at most {before} {unit}, as {stage}", _STAND_IN)
    return told(Severity.WARNING, code, row, words, read=read, values=values)


def _shown(value: object, what: str, unit: str) -> str:
    return plain(to_major(int(decimal_of(value)), unit) if what == "amount" else decimal_of(value))
