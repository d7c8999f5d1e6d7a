"""Print what a plan was made without: limits that could not be read."""

from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import said

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 20


def print_without(cells: "pl.DataFrame") -> None:
    """Print each cell that limits the plan and could not be read (konvoi.plan.without.WITHOUT)."""
    from konvoi.cli.output import cut

    if cells.is_empty():
        return
    click.echo(said("Planned without:"))
    for row in cells.head(_SHOWN).iter_rows(named=True):
        values = {name: row[name] or "" for name in ("table", "key", "column", "read", "used")}
        effect = said(str(row["effect"]))
        waived = said("Waived by {by}.", by=row["waived_by"]) if row["waived_by"] else ""
        cell = said("{table}, {key}, {column}: “{read}”.", **values)
        used = said("Used: {used}.", used=row["used"]) if row["used"] else ""
        click.echo(f"  {' '.join(part for part in (cell, effect, used, waived) if part)}")
    cut(min(cells.height, _SHOWN), cells.height)
