"""Sister texts in the terminal: clause by clause, a column for each text."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import said

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 40
_AT_A_TIME = 5
Row = Mapping[str, object]


def side_by_side(rows: "pl.DataFrame") -> None:
    """The clause of each text (accord.family.SIDE) and how alike its words are to the first; of many texts
    some at a time, of many clauses those first that most texts have."""
    from konvoi.accord.parallel_texts import in_order
    from konvoi.cli.output import cut, table
    from konvoi.kit.text import shown

    documents = in_order(rows)
    groups = [group.to_dicts() for group in rows.partition_by("number", maintain_order=True)]
    if len(groups) > _SHOWN:
        most = sorted(groups, key=len, reverse=True)[:_SHOWN]
        kept = sorted(most, key=lambda group: int(str(group[0]["number"])))
    else:
        kept = groups
    for first in range(0, len(documents), _AT_A_TIME):
        part = documents[first : first + _AT_A_TIME]
        lines = [[*_cells(group, part), shown(str(group[0]["text"]), 80)] for group in kept]
        table(["", *part, said("wording of the first")], lines, right=(0,))
    cut(len(kept), len(groups))
    click.echo(said("=: same wording except for names; %: similarity; –: not in this agreement."))


def _cells(group: Sequence[Row], documents: Sequence[str]) -> list[str]:
    """The number of a row, and its clause in each text."""
    own = {row["document"]: row for row in group}
    cells = []
    for name in documents:
        row = own.get(name)
        alike = {"first": "", "same": " ="}.get(str(row["said"]), f" {row['like']} %") if row else ""
        cells.append(f"{row['clause']}{alike}" if row else "–")
    return [str(group[0]["number"]), *cells]
