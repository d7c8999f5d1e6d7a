"""The range, the rows and the source rows of a total, as the terminal shows them."""

from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from konvoi.ledger.answer import Total
    from konvoi.ledger.release import Figure, Release


def print_range(total: "Total") -> None:
    """The range and estimate of the figure, and whether the probabilities behind them are calibrated."""
    from konvoi.flow.total_sentences import calibration, span

    for one in (*span(total, figure, _estimate(total)), *calibration(total)):
        click.echo(text_of(one))


def _estimate(total: "Total") -> str:
    """The estimate as a sentence, which names what it rests on where the probabilities are calibrated.

    Where they are not, the next line says so.
    """
    state = total.calibration
    if total.estimate is None or state is None:
        return ""
    figures = {"value": rounded(total.estimate), "unit": total.unit}
    if state.calibrated:
        return " " + said("Estimate by calibrated match probabilities: {value} {unit}.", **figures)
    return " " + said("Estimate by match probabilities: {value} {unit}.", **figures)


def rounded(value: "Decimal") -> "Decimal":
    """Return an estimate to four digits: more would seem more exact than probabilities are.

    >>> from decimal import Decimal
    >>> rounded(Decimal("157420863.62")), rounded(Decimal("12.3456")), rounded(Decimal(0))
    (Decimal('157400000'), Decimal('12.35'), Decimal('0'))
    """
    if not value:
        return value
    last = value.adjusted() - 3
    step = type(value)(1).scaleb(last)
    return value.quantize(step) if last < 0 else type(value)(round(value / step) * int(step))


def print_parts(total: "Total") -> None:
    """The rows of the figure with their ranges and estimates; rows without any value say so."""
    from konvoi.cli.output import table

    if not total.by and not total.unvalued:
        return
    ranged = any(part.lowest != part.highest for part in total.by)
    # Quantities of different goods have each its own unit.
    units = any(part.unit for part in total.by)
    rows = []
    for part in total.by:
        between = "" if part.lowest == part.highest else f"{figure(part.lowest)}–{figure(part.highest)}"
        estimate = figure(rounded(part.estimate)) if between and total.calibration else ""
        rows.append((part.key, figure(part.value), part.unit, between, estimate, str(len(part.entries))))
    shown = {part.key for part in total.by}
    rows += [
        (one.key, said(one.reason or "no value stated", **one.values), "", "", "", str(len(one.entries)))
        for one in total.unvalued
        if one.key not in shown
    ]
    head = ("", "" if units else total.unit, said("Unit"), said("Range"), said("Estimate"), said("entries"))
    estimated = ranged and total.calibration is not None
    columns = [at for at, used in enumerate((True, True, units, ranged, estimated, True)) if used]
    right = [number for number, at in enumerate(columns) if at in (1, 3, 4, 5)]
    table([head[at] for at in columns], [[row[at] for at in columns] for row in rows], right=right)


FURTHER = "Further contributions, not named"
"""The label of released figures; they are beside the total, and not in it."""

_OWN = "Your own contributions are in the total and may be in this sum as well, so the two cannot be added."


def print_further(released: "Sequence[tuple[Release, Figure]]", *, own: bool) -> None:
    """Print released sums of contributions, each with its day; own: of the reader itself, too."""
    for release, one in released:
        told = {"title": said(FURTHER), "value": figure_text(one), "day": release.as_of}
        row = f" ({one.key})" if one.key else ""
        text = "{title}: {value}, not in it (as of {day}, released to {reader})"
        click.echo(f"  {said(text, reader=said(release.reader), **told)}{row}")
    if own:
        click.echo(f"  {said(_OWN)}")


def figure_text(one: "Figure") -> str:
    """A released sum with its unit, or the band that it lies in."""
    if one.band is None:
        return said("{value} {unit}", value=one.value, unit=one.unit)
    low, high = one.band
    return said("{low} to {high} {unit}", low=low, high=high, unit=one.unit)


def ends_text(ends: "tuple[Decimal | None, Decimal | None]") -> str:
    """An interval as the terminal shows it; … where it has no end."""
    low, high = ("…" if end is None else figure(end) for end in ends)
    return f"{low}–{high}"


def print_rows(total: "Total") -> None:
    """The source rows with what of each counted; all together they are the figure."""
    from konvoi.cli.output import table

    cells = [
        [
            row.entry,
            row.unit,
            "–" if row.value is None else figure(row.value),
            "–" if row.value is None else figure(row.counted),
            said("{how} {entry}", how=said(row.how), entry=row.other) if row.other else said(row.how),
        ]
        for row in total.rows or ()
    ]
    heads = (said("entry"), said("package or item"), said("value"), said("counted"), said("how it counted"))
    table(list(heads), cells, right=(2, 3))
