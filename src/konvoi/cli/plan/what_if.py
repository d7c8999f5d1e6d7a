"""konvoi plan what-if: what would change in the plan in force if something happened."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from konvoi.cli.i18n import code, figure, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.planned_without import print_without
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, planned
from konvoi.kit.json_text import json_text

if TYPE_CHECKING:
    from konvoi.flow.planning.what_if import Answer
    from konvoi.flow.workspace import Workspace
    from konvoi.plan.plan import Plan
    from konvoi.plan.planner import Outcome
    from konvoi.plan.scenario import Scenario
    from konvoi.plan.solve import Candidate
    from konvoi.report.planning.scenario_result import Tried

_SHOWN = 10
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PERCENT = click.FloatRange(0, 100)
_SECONDS = click.FloatRange(0)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("what-if")
@click.argument("plan", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--problem",
    "--dir",
    "problem",
    type=click.Path(exists=True, path_type=Path),
    help="The workspace, workbook or folder of CSV that was planned; default: the workspace in this folder.",
)
@click.option("--close", multiple=True, metavar="LANE", help='A lane or a site, or "SITE - SITE".')
@click.option("--without", multiple=True, metavar="PARTNER", help="The party sends and buys nothing.")
@click.option("--from", "first", default="", metavar="WEEK", help="2031-W12 or a day; default: at once.")
@click.option("--to", "last", default="", metavar="WEEK", help="The last week or day; default: to the end.")
@click.option(
    "--delay",
    multiple=True,
    metavar="BUDGET:WEEKS",
    help="The money of a budget, or an offer, arrives later.",
)
@click.option("--add", multiple=True, type=_FILE, help="A CSV of additional offers, or a workbook.")
@click.option("--scenarios", type=_FILE, help="Many scenarios: a TOML file with a table for each.")
@click.option("--rounds", type=click.IntRange(1), help="Rounds of search at most; default: that of the plan.")
@click.option(
    "--gap",
    type=_PERCENT,
    help="Stop at this distance from the bound, in percent; default: that of the plan.",
)
@click.option(
    "--seconds", type=_SECONDS, default=0.0, help="Stop after this time, for all scenarios together."
)
@click.option("--out", type=_FOLDER, help="Where to; default: what-if.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    plan: Path | None,
    problem: Path | None,
    scenarios: Path | None,
    rounds: int | None,
    gap: float | None,
    seconds: float,
    out: Path | None,
    as_json: bool,
    **named: Any,
) -> None:
    """Compare scenarios: plans close to the one in force, and new.

    PLAN: the folder of a plan; default: that of the workspace in this folder (out-cell/plan, or the plan
    in force, if one was adopted since). All options of
    one call form one scenario; --from and --to limit the weeks in which places are closed and partners are
    out. The workspace does not change: --out receives a page in each language, and for each scenario the
    problem and both plans. Each plan is reported on stderr as soon as it is found, with --json as one JSON
    document a line. Ctrl-C ends planning with the best plans so far and their bounds. The comparison is for
    the coordination cell: another reader (--for) gets, of the plan of each scenario, the movements and unmet
    needs of which it may see every record.

    \b
    Example:
      konvoi plan what-if --close PLMED --from 2031-W12 --to 2031-W16
      konvoi plan what-if plan --problem problem.xlsx --without AR --delay B-1:4 --add offers.csv
      konvoi plan what-if --scenarios winter.toml --out winter
    """
    from konvoi.cli.output import Watch, exit_code
    from konvoi.cli.time_limit import Ending
    from konvoi.flow.planning.scenarios import typed, written
    from konvoi.flow.planning.what_if import what_if
    from konvoi.flow.planning.what_if import written as files
    from konvoi.gateways.files import write_folder

    asked = [*typed(**named), *(written(scenarios) if scenarios else ())]
    if not asked:
        raise click.UsageError("name what is to happen: --close, --without, --delay, --add or --scenarios")
    plan, problem = planned(plan, problem)
    follow([problem])
    work = opened([problem])
    share = gap / 100 if gap is not None else None
    with Ending(Watch(quiet=as_json or not work.view.is_cell), seconds).heeded() as ending:
        heard = (_stream if as_json else _report) if work.view.is_cell else None
        found = what_if(plan, work, asked, rounds=rounds, gap=share, heard=heard, stop=ending)
        found = found.ended(ending.why)
    target = out or Path("what-if")
    if not work.view.is_cell:
        _release(work, found, target, as_json=as_json)
        return
    sizes = write_folder(target, files(found, work.settings.languages))
    _tell(found, target, sizes, as_json=as_json)
    ctx.exit(exit_code(found.findings, refused=bool(found.refused)))


def _release(work: "Workspace", found: "Answer", target: Path, *, as_json: bool) -> None:
    """Write and print the part of each scenario's plan that a reader other than the coordination cell may
    see.
    """
    from konvoi.cli.output import answer
    from konvoi.flow.run import released_to
    from konvoi.gateways.files import write_folder
    from konvoi.plan.folder import files

    plans = {
        (number, one.scenario.name, kind): released_to(work, outcome.plan)
        for number, one in enumerate(found.tried, start=1)
        for kind, outcome in one.outcomes().items()
    }
    folders = {
        f"{number}/{kind}/{name}": content
        for (number, _, kind), plan in plans.items()
        for name, content in files(plan).items()
    }
    write_folder(target, folders)
    if as_json:
        rows = [
            {
                "name": name,
                "plan": kind,
                "movements": plan.movements.to_dicts(),
                "unmet": plan.unmet.to_dicts(),
            }
            for (_, name, kind), plan in plans.items()
        ]
        answer({"out": str(target), "scenarios": rows})
        return
    for (_, name, kind), plan in plans.items():
        moved = said("{count} movement", "{count} movements", plan.movements.height)
        click.echo(f"{name}, {said(kind)}: {moved}")


def _stream(scenario: "Scenario", force: "Plan", found: "Candidate") -> None:
    """Print a plan that was found as one line of JSON on stderr."""
    from konvoi.cli.output import say

    change = found.value - force.value
    document = {"scenario": scenario.name, "plan": found.kind, "value": found.value}
    say(json_text(document | {"difference": change, "bound": found.bound}, indent=None))


def _report(scenario: "Scenario", force: "Plan", found: "Candidate") -> None:
    """Print the value of a plan that was found on stderr."""
    from konvoi.cli.output import say

    words = {"name": scenario.name, "value": _plain(found.value), "bound": _plain(found.bound)}
    if found.kind == "remaining":
        say(said("{name}: what remains of the plan in force is worth {value}; bound {bound}", **words))
    elif found.kind == "independent":
        say(said("{name}: independent of the plan in force, so far {value}; bound {bound}", **words))
    else:
        say(said("{name}: close to the plan in force {value}; bound {bound}", **words))


def _tell(found: "Answer", target: Path, sizes: dict[str, int], *, as_json: bool) -> None:
    """The answer first, then who loses or which scenario costs most, then where the files are."""
    from konvoi.cli.output import answer, say, tell, tell_errors
    from konvoi.model.finding import Severity

    if as_json:
        answer({"out": str(target), "files": dict(sorted(sizes.items())), **found.as_dict()})
        return
    for one in found.tried:
        _headline(found, one)
    print_without(found.tried[0].close.plan.without)
    if len(found.tried) == 1:
        _needs(found.tried[0])
    else:
        _scenarios(found)
    if found.stale:
        say(
            said(
                "The tables have changed since this plan was made: plan again first, then repeat the "
                "comparison."
            )
        )
    tell_errors(found.findings)
    tell([one for one in found.own if one.severity != Severity.ERROR], most=5)
    where = {"page": target / f"what-if.{code()}.html", "folder": target, "files": len(sizes)}
    say(said("{folder}: written, {files} files; {page} shows what changes and what to do first.", **where))


def _headline(found: "Answer", one: "Tried") -> None:
    """Print both answers to one scenario: value, needs, kits, and the part that stays."""
    click.echo(f"{one.scenario.name}:")
    click.echo(f"  {_worth(found, one.close, said('close to the plan in force'))}")
    click.echo(f"    {_counts(found, one.close)}")
    if one.one_answer:
        click.echo(f"  {said('Staying close costs nothing: no better plan was found.')}")
        return
    click.echo(f"  {_worth(found, one.independent, said('independent of it'))}")
    click.echo(f"    {_counts(found, one.independent)}")
    cost = one.cost_of_staying_close
    if cost <= 0:  # Where delays are minded, a plan can be better without being worth more as planned.
        return
    whole = one.independent.plan.value
    words = {"cost": _plain(cost), "share": _plain(100 * cost / whole if whole else Decimal(0), 2)}
    click.echo(f"  {said('Staying close costs {cost}, {share} % of the independent plan.', **words)}")


def _worth(found: "Answer", outcome: "Outcome", what: str) -> str:
    """Return the value of a plan beside that of the plan in force."""
    before = found.plan.value
    change = outcome.difference.value
    share = abs(100 * change / before) if before else Decimal(0)
    values = {"what": what, "before": _plain(before), "after": _plain(outcome.plan.value)}
    words = values | {"share": _plain(share, 2)}
    if change < 0:
        return said("{what}: value {after} instead of {before}, {share} % less", **words)
    if change > 0:
        return said("{what}: value {after} instead of {before}, {share} % more", **words)
    return said("{what}: value {after}, as much as the plan in force", **words)


def _counts(found: "Answer", outcome: "Outcome") -> str:
    """Return the number of needs and kits that lose and gain, the consignments kept, and the bound."""
    figures = outcome.difference.counts()
    words = figures | {"bound": _plain(outcome.plan.bound), "all": found.plan.movements.height}
    text = (
        "needs that lose: {lost}, that gain: {gained}; kits with fewer sets: {kits_lost}, with more: "
        "{kits_gained}; consignments kept: {kept} of {all}; bound {bound}"
    )
    return said(text, **words)


def _needs(one: "Tried") -> None:
    """The needs that lose by the independent plan, the largest loss first, then those that gain."""
    from konvoi.cli.output import cut, table

    rows = one.independent.difference.needs
    shown = [
        [
            str(r["need"]),
            str(r["good"]),
            str(r["site"]),
            *(_plain(r[k]) for k in ("quantity", "before", "after")),
        ]
        for r in rows.head(_SHOWN).iter_rows(named=True)
    ]
    heads = [said(head) for head in ("need", "good", "site", "asked", "in time so far", "in time then")]
    if shown:
        table(heads, shown, right=(3, 4, 5))
    cut(len(shown), rows.height)


def _plain(quantity: Decimal | None, places: int = 3) -> str:
    """A quantity or value without idle zeros; nothing where there is none."""
    return "" if quantity is None else figure(round(quantity, places).normalize())


def _scenarios(found: "Answer") -> None:
    """All scenarios, each in a line: differences and consignments kept of both plans."""
    from konvoi.cli.output import table

    names = ("scenario", "close", "independent", "lose", "gain", "kept, close", "kept, independent")
    heads = [said(head) for head in names]
    rows = []
    for one in found.tried:
        counts = one.independent.difference.counts()
        kept = [outcome.difference.kept for outcome in (one.close, one.independent)]
        changes = [outcome.difference.value for outcome in (one.close, one.independent)]
        figures = [counts["lost"], counts["gained"], *kept]
        rows.append([one.scenario.name, *map(_plain, changes), *map(figure, figures)])
    table(heads, rows, right=range(1, 7))
