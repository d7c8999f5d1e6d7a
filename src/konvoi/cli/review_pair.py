"""Review decisions on one pair, and the list of undecided pairs."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import said
from konvoi.flow.view import View


def decide_pair(
    folder: Path,
    pair: tuple[str, str],
    view: View,
    *,
    verdict: str | None,
    relation: str,
    by: str,
    reason: str,
    as_json: bool,
) -> None:
    """Record the decision on a pair of records or of listings, named by their ids."""
    from konvoi.flow.matching.judging import decide
    from konvoi.flow.name_lookup import word
    from konvoi.model.entries import RELATION_KINDS

    if verdict is None or not by.strip():
        raise click.UsageError("a decision needs --verdict and --by")
    relation = word("--relation", relation, RELATION_KINDS)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"relation": relation, "by": by, "at": now, "reason": reason}
    row = decide(folder, pair, verdict, **told, as_of=view.as_of)
    if as_json:
        from konvoi.cli.output import answer

        answer(row)
    else:
        told = {name: row[name] for name in ("left", "right", "relation", "by")} | {"verdict": said(verdict)}
        click.echo(
            said("{left} and {right}: {verdict} ({relation}), by {by}. Run konvoi run to apply.", **told)
        )


def list_pairs(folder: Path, view: View, *, most: int, as_json: bool) -> None:
    """Print the undecided pairs, those with the largest effect first."""
    from konvoi.cli.output import answer, cut, table
    from konvoi.flow.matching.judging import undecided

    rows = undecided(folder, view)
    if as_json:
        answer({"undecided": rows})
        return
    click.echo(said("{count} pair is undecided.", "{count} pairs are undecided.", len(rows)))
    cells = [[str(r["left"]), str(r["relation"]), str(r["right"]), str(r["change"])] for r in rows[:most]]
    if cells:
        table([said("left"), said("relation"), said("right"), said("would change")], cells, right=(3,))
    cut(most, len(rows))
