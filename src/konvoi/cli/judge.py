"""konvoi judge: a person decides about a pair."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.talk import json_option


@click.command("judge")
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option("--verdict", type=click.Choice(["same", "different", "unsure"]), help="What you decide.")
@click.option("--relation", default="", help="Default: the relation that is proposed.")
@click.option("--by", default="", help="Who decides.")
@click.option("--reason", default="", help="Why.")
@click.option("--dir", "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--most", default=20, show_default=True, help="How many pairs to list.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
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
    """Without a pair: the undecided pairs, those that would change the total most first. With one: decide it.

    A decision is a new line of judgements.csv; it is undone by deciding again.

    \b
    Example:
      konvoi judge
      konvoi judge e12ab e34cd --verdict same --by "M. Example" --reason "same waybill"
    """
    from konvoi.flow.judging import decide, undecided
    from konvoi.flow.known import word
    from konvoi.model.entries import RELATION_KINDS

    if left is not None and right is None:
        raise click.UsageError("a pair is two records; name both, or none to list the undecided pairs")
    if left is None or right is None:
        _list(undecided(folder), most=most, as_json=as_json)
        return
    if verdict is None or not by.strip():
        raise click.UsageError("a decision needs --verdict and --by")
    relation = word("--relation", relation, RELATION_KINDS)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = decide(folder, (left, right), verdict, relation=relation, by=by, at=now, reason=reason)
    if as_json:
        from konvoi.cli.talk import answer

        answer(row)
    else:
        click.echo(
            f"{row['left']} and {row['right']}: {verdict} ({row['relation']}), by {by}. "
            "konvoi run draws it in."
        )


def _list(rows: "list[dict[str, object]]", *, most: int, as_json: bool) -> None:
    from konvoi.cli.talk import answer, table

    if as_json:
        answer({"undecided": rows})
        return
    click.echo(f"{len(rows)} pairs are undecided.")
    cells = [[str(r["left"]), str(r["relation"]), str(r["right"]), str(r["change"])] for r in rows[:most]]
    if cells:
        table(["left", "relation", "right", "would change"], cells, right=(3,))
    if len(rows) > most:
        click.echo(f"… {most} of {len(rows)} shown; --most or --json shows more")
