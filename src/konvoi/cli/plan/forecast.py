"""konvoi plan forecast: what of a plan will be there in time, how surely, and what one could change first."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import dir_option, named, opened, planned

if TYPE_CHECKING:
    import polars as pl

    from konvoi.forecast.outlook import Outlook

_SHOWN = 40
_SAMPLES = 10_000_000
_SEEDS = 2**63 - 1


@click.command("forecast")
@click.argument("problem", required=False, type=click.Path(exists=True, path_type=Path), callback=named)
@click.argument("plan", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@dir_option
@click.option(
    "--samples", default=2000, type=click.IntRange(10, _SAMPLES), show_default=True, help="How many runs."
)
@click.option(
    "--seed",
    default=1,
    type=click.IntRange(0, _SEEDS),
    show_default=True,
    help="Seed; the same seed gives the same runs.",
)
@click.option("--changes/--no-changes", default=True, help="Test which first change helps needs at risk.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    problem: Path | None,
    plan: Path | None,
    samples: int,
    seed: int,
    changes: bool,
    as_json: bool,
) -> None:
    """Forecast the on-time probability of a plan by simulation.

    Each run draws how long contracts, production, approvals, lanes, crossings and hand-overs take. For needs
    that are not very likely to be met in time, the most frequent reason and the most effective first change
    are shown, confirmed by simulating again. The forecast is for the coordination cell: another reader
    (--for) gets the movements of which it may see every record, and the needs served by these alone.

    PROBLEM, PLAN; default: the workspace and its plan: the one in force, if one was adopted.

    \b
    Example:
      konvoi plan forecast
      konvoi plan forecast out-cell/problem out-cell/plan --samples 5000
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell
    from konvoi.flow.forecast.forecast_workspace import forecast
    from konvoi.flow.run import audited

    plan, problem = planned(plan, problem)
    follow([problem])
    work = opened([problem])
    watch = Watch(quiet=as_json or not work.view.is_cell)
    found = audited(work, plan, stop=watch)[0].plan
    outlook, tried, findings = forecast(
        work, found, (seed, samples), named=problem, changing=changes, stop=watch
    )
    watch.close()
    if as_json:
        answer(_document(outlook, tried) | {"findings": [finding.as_dict() for finding in findings]})
    else:
        _show(outlook, tried)
        tell(findings)
    ctx.exit(exit_code(findings))


def _document(outlook: "Outlook", tried: "pl.DataFrame") -> dict[str, object]:
    """All of a forecast as plain JSON values."""

    tables = ("needs", "partners", "movements", "causes", "bases", "queues")
    rows = {name: getattr(outlook, name).to_dicts() for name in tables}
    return {"seed": outlook.seed, "samples": outlook.samples, **rows, "changes": tried.to_dicts()}


def _show(outlook: "Outlook", tried: "pl.DataFrame") -> None:
    """The needs, the least sure first, the partners, what days rest on."""
    from konvoi.cli.output import cut, table

    needs = outlook.needs.sort("on_time", "need").rows(named=True)
    one = "{count} need with something planned ({samples} runs, seed {seed})"
    many = "{count} needs with something planned, the least sure first ({samples} runs, seed {seed})"
    click.echo(said(one, many, len(needs), samples=outlook.samples, seed=str(outlook.seed)))
    days = [said("{number} of 100", number=number) for number in (10, 50, 90)]
    why = _causes(outlook, "need")
    what = _changes(tried)
    rows = [
        [r["need"], *_line(r, "on_time"), why.get(r["need"], ""), what.get(r["need"], "")]
        for r in needs[:_SHOWN]
    ]
    head = [said("in time"), *days]
    table([said("need"), *head, said("most often late by"), said("change first")], rows, right=(1,))
    cut(_SHOWN, len(needs))
    why = _causes(outlook, "partner")
    rows = [
        [r["partner"], str(r["movements"]), *_line(r, "on_time"), why.get(r["partner"], "")]
        for r in outlook.partners.sort("on_time", "partner").iter_rows(named=True)
    ]
    table([said("partner"), said("movements"), *head, said("most often late by")], rows, right=(1, 2))
    _notes(outlook)


def _line(row: Mapping[str, object], chance: str) -> list[str]:
    return [_percent(row[chance]), *(str(row[name]) for name in ("first", "middle", "last"))]


def _percent(share: object) -> str:
    """Return a share as briefs write it: a share that is nearly sure is not shown as sure."""
    from konvoi.report.language import Language

    return Language(code()).percent(Decimal(str(share)))


def _causes(outlook: "Outlook", of: str) -> dict[str, str]:
    """Return the most frequent cause of lateness of each need, or partner, with its share of the late
    arrivals.
    """
    from konvoi.report.forecast.foresight import Called
    from konvoi.report.language import Language

    rows = outlook.causes.filter(outlook.causes["of"] == of).unique("id", keep="first", maintain_order=True)
    text = Language(code()).text
    return {
        row["id"]: f"{text(Called().step(row['kind'], row['key']))} ({_percent(row['share'])})"
        for row in rows.iter_rows(named=True)
    }


def _changes(tried: "pl.DataFrame") -> dict[str, str]:
    """Return the first possible change for each need, with the chance that it then has."""
    from konvoi.report.forecast.foresight import Called
    from konvoi.report.language import Language

    text = Language(code()).text
    return {
        row["need"]: f"{text(Called().change(row))}: {_percent(row['after'])}"
        for row in tried.iter_rows(named=True)
    }


def _notes(outlook: "Outlook") -> None:
    """Print the basis of the days, and the effect of queues."""
    from konvoi.report.forecast.foresight import based
    from konvoi.report.language import Language

    for sentence in based(outlook.bases.rows(named=True)):
        click.echo(Language(code()).text(sentence))
    worse = outlook.queues.filter(outlook.queues["free"] - outlook.queues["queued"] >= 0.01)
    if worse.height:
        one = "Queues at scarce capacity lower the on-time probability of {count} need; details: --json."
        many = "Queues at scarce capacity lower the on-time probability of {count} needs; details: --json."
        click.echo(said(one, many, worse.height))
