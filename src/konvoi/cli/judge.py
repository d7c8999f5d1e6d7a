"""konvoi judge: a person decides about a pair."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, view_options


@click.command("judge")
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option("--verdict", type=click.Choice(["same", "different", "unsure"]), help="What you decide.")
@click.option("--relation", default="", help="Default: the relation that is proposed.")
@click.option("--by", default="", help="Who decides.")
@click.option("--reason", default="", help="Why.")
@click.option("--dir", "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--most", default=20, show_default=True, help="How many pairs to list.")
@view_options()
@json_option
def command(
    *,
    left: str | None,
    right: str | None,
    verdict: str | None,
    relation: str,
    by: str,
    reason: str,
    folder: Path,
    most: int,
    as_json: bool,
) -> None:
    """Without a pair: the undecided pairs, those that weigh most first. With one: decide it.

    Those that would change the total most come first, then pairs of projects, then call-offs and the
    framework contracts that they may be under, then allocations and the undertakings that they may fulfil.
    Listings of sanctions are judged by their ids, as konvoi sanctions --pairs tells them. A decision is a new
    line of judgements.csv; it is undone by deciding again.

    \b
    Example:
      konvoi judge
      konvoi judge e12ab e34cd --verdict same --by "M. Example" --reason "same waybill"
    """
    from konvoi.flow.matching.judging import decide, undecided
    from konvoi.flow.name_lookup import word
    from konvoi.model.entries import RELATION_KINDS

    follow([folder])
    if left is not None and right is None:
        raise click.UsageError("a pair is two records; name both, or none to list the undecided pairs")
    if left is None or right is None:
        _list(undecided(folder, chosen_view()), most=most, as_json=as_json)
        return
    if verdict is None or not by.strip():
        raise click.UsageError("a decision needs --verdict and --by")
    relation = word("--relation", relation, RELATION_KINDS)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"relation": relation, "by": by, "at": now, "reason": reason}
    row = decide(folder, (left, right), verdict, **told, as_of=chosen_view().as_of)
    if as_json:
        from konvoi.cli.output import answer

        answer(row)
    else:
        told = {name: row[name] for name in ("left", "right", "relation", "by")} | {"verdict": said(verdict)}
        click.echo(
            said("{left} and {right}: {verdict} ({relation}), by {by}. konvoi run draws it in.", **told)
        )


def _list(rows: "list[dict[str, object]]", *, most: int, as_json: bool) -> None:
    from konvoi.cli.output import answer, cut, table

    if as_json:
        answer({"undecided": rows})
        return
    click.echo(said("{count} pair is undecided.", "{count} pairs are undecided.", len(rows)))
    cells = [[str(r["left"]), str(r["relation"]), str(r["right"]), str(r["change"])] for r in rows[:most]]
    if cells:
        table([said("left"), said("relation"), said("right"), said("would change")], cells, right=(3,))
    cut(most, len(rows))
