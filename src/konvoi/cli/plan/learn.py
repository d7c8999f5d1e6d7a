"""konvoi plan learn: how long things take, and how far from their promised day, from what has come so far."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from konvoi.cli.i18n import chosen, code, figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import as_of_option, chosen_view
from konvoi.cli.workspace_argument import paths_argument

if TYPE_CHECKING:
    import polars as pl

    from konvoi.forecast.leadtimes.model import Model
    from konvoi.model.finding import Finding

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 40


@click.command("learn")
@paths_argument
@click.option("--deliveries", multiple=True, type=_FILE, help="A CSV of deliveries, beside the workspace.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="As known on this day.")
@click.option(
    "--by",
    default="",
    help="By delivery channel, partner, programme, mode, lane, supplier, good, season.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the model here.")
@click.option("--show", type=_FILE, help="Show the lead times of a stored model; estimate nothing.")
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    deliveries: tuple[Path, ...],
    on: datetime | None,
    by: str,
    out: Path | None,
    show: Path | None,
    as_json: bool,
) -> None:
    """Learn lead times from the ledger or from past deliveries.

    A workspace stores its model as leadtimes.json; its forecasts use it. Open cases count as lasting longer
    than until now. No kind of goods takes the lead times of another; with fewer than 30 completed cases there
    is no basis. A CSV has the columns received and promised or begun (days), and may have case, shipment,
    kind, measure, withdrawn, replaced and those of --by (docs/reference/lead-times.md).

    \b
    Example:
      konvoi plan learn
      konvoi plan learn --deliveries history.csv --by lane
      konvoi plan learn --show leadtimes.json --by mode --json
    """
    from konvoi.cli.output import exit_code, say, tell
    from konvoi.flow.forecast.leadtimes import FILE, keep, known_column, model_at
    from konvoi.flow.workspace import is_workspace

    column = known_column(by)
    findings: tuple[Finding, ...] = ()
    if show:
        model = model_at(show)
    else:
        model, findings = _learn(paths, deliveries, on, quiet=as_json)
        home = (paths or (Path(),))[0]
        today = on is None and chosen_view().as_of is None
        out = out or (home / FILE if is_workspace(home) and today else None)
        if out:
            keep(model, out)
    if model is not None:
        _tell(model, column, findings, as_json=as_json)
    if not as_json:
        tell(findings)
        if out and not show:
            say(said("{out}: written.", out=out))
    ctx.exit(exit_code(findings))


def _learn(
    paths: tuple[Path, ...], deliveries: tuple[Path, ...], on: datetime | None, *, quiet: bool
) -> "tuple[Model, tuple[Finding, ...]]":
    """The model, and what was wrong with what it was learnt from."""
    from konvoi.cli.output import Watch
    from konvoi.cli.workspace_argument import opened
    from konvoi.flow.forecast.leadtimes import learnt
    from konvoi.flow.workspace import is_workspace

    alone = deliveries and not paths and not is_workspace(Path())
    work = None if alone else opened(paths)
    day = on.date() if on else chosen_view().as_of
    watch = Watch(quiet=quiet)
    found = learnt(work, deliveries, on=day, stop=watch)
    watch.close()
    return found.model, found.findings


def _tell(model: "Model", by: str, findings: "tuple[Finding, ...]", *, as_json: bool) -> None:
    from konvoi.cli.output import answer
    from konvoi.forecast.leadtimes.summary import summary

    rows = summary(model, by)
    if as_json:
        head = {"data": model.data, "digest": model.digest, "until": model.until.isoformat()}
        answer(head | {"learnt": rows.to_dicts(), "findings": [one.as_dict() for one in findings]})
        return
    cases = sum(one.cases for one in model.learnt)
    one = "Learnt from {data}, as known on {day}: {count} case."
    many = "Learnt from {data}, as known on {day}: {count} cases."
    click.echo(said(one, many, cases, data=model.data, day=model.until))
    _print(rows, asked=bool(by))


def _print(rows: "pl.DataFrame", *, asked: bool) -> None:
    from konvoi.cli.output import cut, table

    heads = ("kind", "measure", "group", "cases ended", "open", "early", "on the day", "late", "days")
    cells = [_cells(row) for row in rows.head(_SHOWN).iter_rows(named=True)]
    if cells:
        table([said(head) for head in heads], cells, right=(3, 4, 5, 6, 7, 8))
        click.echo(
            said(
                "Days until 10 %, 50 % and 90 % of cases are complete; against a promised date: days "
                "after that date."
            )
        )
    elif asked:
        click.echo(said("All cases have the same value; no breakdown possible."))
    else:
        click.echo(said("There is no case to learn from."))
    cut(len(cells), rows.height)


def _cells(row: dict[str, Any]) -> list[str]:
    open_ = "" if row["open"] is None else figure(row["open"])
    head = [
        chosen("kind", row["kind"]),
        _measured(row["measure"]),
        row["group"] or said("all"),
        figure(row["cases"]),
        open_,
    ]
    if not row["basis"]:
        return [*head, said("no basis"), "", "", ""]
    shares = ["" if row[name] is None else _percent(row[name]) for name in ("early", "on_the_day", "late")]
    days = [said("never") if row[name] is None else figure(row[name]) for name in ("p10", "p50", "p90")]
    return [*head, *shares, " / ".join(days)]


def _percent(share: float) -> str:
    from konvoi.report.language import Language

    return Language(code()).percent(Decimal(str(share)))


def _measured(measure: str) -> str:
    """The two ends of a measure: stages as they are called, other words as catalogues know them."""
    ends = measure.split(" > ")
    return " > ".join(name if (name := chosen("stage", end)) != end else said(end) for end in ends)
