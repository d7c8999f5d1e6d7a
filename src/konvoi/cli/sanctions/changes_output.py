"""Changes in lists between two days, in the terminal."""

from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said

if TYPE_CHECKING:
    from konvoi.flow.sanctions.list_changes import Changed

_SHOWN = 40
_LONG = 60
_FIELDS = {"measure": "measure ordered"}
"""Fields of which the bare word means something else elsewhere, as they are called here."""


def tell_changes(found: "Changed", regime: str) -> None:
    """Print the number of new, amended and removed listings by regime, then each."""
    from konvoi.cli.output import cut, table

    rows = found.changes.filter(regime=regime) if regime else found.changes
    sums = found.sums.filter(regime=regime) if regime else found.sums
    click.echo(said("From {old} to {new}:", old=found.old, new=found.new))
    heads = ("regime", "list then", "list now", "listed", "delisted", "changed", "basis")
    counted = [
        [
            row["regime"],
            str(row["then"] or "–"),
            str(row["now"]),
            *(_count(row[name]) for name in ("listed", "delisted", "changed")),
            said(row["basis"]),
        ]
        for row in sums.iter_rows(named=True)
    ]
    table([said(head) for head in heads], counted, right=(3, 4, 5))
    counted_alone = set(found.sums["regime"])
    if bare := [one for one in found.left_out if one not in counted_alone]:
        named = ", ".join(bare)
        click.echo(said("Only one list, so nothing to compare: {regimes}.", regimes=named))
    if rows.height:
        click.echo()
        columns = ("regime", "listing", "change", "field", "before", "after")
        shown = [_row(row) for row in rows.head(_SHOWN).iter_rows(named=True)]
        table([said(head) for head in columns], shown)
    cut(min(rows.height, _SHOWN), rows.height)


def _count(value: int | None) -> str:
    return said("cell not known") if value is None else figure(value)


def _row(row: dict[str, str]) -> list[str]:
    from konvoi.kit.text import shown

    sides = [shown(row[name], _LONG) for name in ("before", "after")]
    return [
        row["regime"],
        shown(row["name"], _LONG),
        said(row["change"]),
        said(_FIELDS.get(row["field"], row["field"])),
        *sides,
    ]
