"""konvoi plan solve: a plan and its bound, or why none."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option
from konvoi.cli.plan.rolling import as_document, carried, print_changes, rolling_options
from konvoi.cli.planned_without import print_without
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import dir_option, named, opened

if TYPE_CHECKING:
    import polars as pl

    from konvoi.flow.planning.plan_workspace import Wish
    from konvoi.flow.planning.problem import Made
    from konvoi.flow.planning.rolling_plan import Carry
    from konvoi.flow.workspace import Workspace
    from konvoi.model.finding import Finding
    from konvoi.plan.plan import Plan
    from konvoi.plan.rolling import Rolled


_PERCENT = click.FloatRange(0, 100)
_SECONDS = click.FloatRange(0)
_PLAN = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("solve")
@click.argument(
    "problem",
    default=".",
    type=click.Path(exists=True, path_type=Path),
    metavar="[PROBLEM]",
    callback=named,
)
@dir_option
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the plan's folder here.")
@click.option(
    "--rounds", type=click.IntRange(1), help="Rounds of search at most; default: that of konvoi.toml."
)
@click.option("--seed", type=int, help="Default: that of konvoi.toml.")
@click.option(
    "--gap", type=_PERCENT, help="Stop when no plan can be better by more than this percentage; default: 0.5."
)
@click.option("--seconds", type=_SECONDS, default=0.0, help="Stop after this time with the best plan so far.")
@click.option(
    "--bottlenecks", type=click.IntRange(0), default=0, help="Number of bottlenecks to test for their value."
)
@click.option(
    "--confirm", type=click.IntRange(0), help="Number of remedies for unmet needs to test; default: by size."
)
@click.option(
    "--ordered/--blend", default=None, help="Pursue goals one after the other, or weighted together."
)
@click.option("--mind-delays/--as-planned", default=None, help="Send earlier what may arrive late.")
@click.option("--near", type=_PLAN, metavar="PLAN", help="Stay close to this plan where that costs no value.")
@rolling_options
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    problem: Path,
    out: Path | None,
    rounds: int | None,
    seed: int | None,
    gap: float | None,
    seconds: float,
    bottlenecks: int,
    confirm: int | None,
    ordered: bool | None,
    mind_delays: bool | None,
    near: Path | None,
    as_json: bool,
    **rolling: Any,
) -> None:
    """Plan who sends what to which need, when and by which lanes.

    Ctrl-C ends planning with the best plan so far and its bound. --ordered fixes the value, then improves one
    goal after the other: lateness, days, cost, fair shares of regions and partners, closeness to the plan of
    --near. --mind-delays plans twice: in the second plan each arrival counts with its expected value, given
    the delays that the forecast finds in the first. The plan is for the coordination cell: another reader
    (--for) gets the movements and unmet needs of which it may see every record, without value and bound.

    --from carries on an earlier plan: what has left, and what is due in the first --freeze weeks from --week
    on, stays as it is; the rest is planned anew close to that plan, each change with its reason.

    \b
    Example:
      konvoi plan solve problem.xlsx --out plan
      konvoi plan solve my-coalition --from plan --week 2031-W12 --freeze 2 --changes 10 --out plan-12
      konvoi plan solve out-cell/problem --json
      konvoi plan solve problem.xlsx --ordered --near plan --seconds 60 --out new-plan
    """
    from konvoi.cli.output import exit_code, say, tell
    from konvoi.flow.planning.plan_workspace import Wish
    from konvoi.flow.plans import plan_at
    from konvoi.gateways.files import write_folder
    from konvoi.plan.folder import files
    from konvoi.report.tables import frame_csv

    share = gap / 100 if gap is not None else None
    wish = Wish(ordered, mind_delays, share, plan_at(near) if near else None, confirm)
    work = _asked(problem, rounds, seed)
    cell = work.view.is_cell
    carry = carried(rolling)
    if carry and near:
        raise click.UsageError("--from keeps near its plan already; leave out --near")
    made, plan, unique, refused, rolled = _planned(
        work, wish, seconds, carry=carry, quiet=as_json or not cell
    )
    tried = _tried(made, plan, bottlenecks if cell else 0, quiet=as_json)
    if out:
        beside = {"bottlenecks.csv": frame_csv(tried)} if bottlenecks and cell else {}
        beside |= {"changes.csv": frame_csv(rolled.changes)} if rolled and cell else {}
        write_folder(out, files(plan) | beside)
    if as_json:
        _answer(made, plan, unique, tried if cell else None, rolled)
    else:
        _print(plan, cell=cell)
        print_changes(rolled if cell else None)
        print_without(plan.without)
        _assumed(work)
        _nothing(problem, made)
        _print_tried(tried)
        tell(unique, most=5)
        say(said("{out}: written.", out=out) if out else said("Nothing written; --out DIR keeps the plan."))
    ctx.exit(exit_code(unique, refused=bool(refused)))


def _planned(
    work: "Workspace", wish: "Wish", seconds: float, *, carry: "Carry | None", quiet: bool
) -> "tuple[Made, Plan, list[Finding], int, Rolled | None]":
    """Return the problem, its plan, findings, each once, the number of refused files, and the rolling plan.

    carry: the plan of the week before, which is carried on.
    """
    from dataclasses import replace

    from konvoi.cli.output import Watch
    from konvoi.cli.time_limit import Ending
    from konvoi.flow.planning.plan_workspace import nothing_planned
    from konvoi.flow.planning.rolling_plan import carried_on
    from konvoi.flow.run import planned, planned_as_seen

    rolled = None
    with Ending(Watch(quiet=quiet), seconds).heeded() as ending:
        if carry:
            going = carried_on(work, carry, wish, stop=ending)
            rolled = going.rolled
            made = going.made
            findings = going.findings
            refused = going.refused
            plan: Plan | None = rolled.plan
            if not work.view.is_cell:
                made, plan, findings, refused = planned_as_seen(work, plan, going.tables, stop=ending)
                rolled = None
        else:
            made, plan, findings, refused = planned(work, wish, stop=ending)
    if plan and ending.why and work.view.is_cell:
        plan = replace(plan, stopped=ending.why)
    return made, plan or nothing_planned(made, work), list(findings), refused, rolled


def _tried(made: "Made", plan: "Plan", most: int, *, quiet: bool) -> "pl.DataFrame":
    """The bottlenecks that were asked for, each planned anew."""
    import polars as pl

    from konvoi.cli.output import Watch
    from konvoi.plan.bottlenecks import BOTTLENECKS, bottlenecks

    if not most:
        return pl.DataFrame(schema=BOTTLENECKS)
    watch = Watch(quiet=quiet)
    found = bottlenecks(made.tables, plan, most=most, stop=watch)
    watch.close()
    return found


def _asked(problem: Path, rounds: int | None, seed: int | None) -> "Workspace":
    """The problem's documents, with the rounds and the seed that were asked for."""
    from dataclasses import replace

    work = opened([problem])
    known = work.settings
    chosen = replace(known, rounds=rounds or known.rounds, seed=known.seed if seed is None else seed)
    return replace(work, settings=chosen)


def _assumed(work: "Workspace") -> None:
    """Print what the plan in force assumes, which is part of the problem."""
    from konvoi.cli.output import say
    from konvoi.flow.adopted_plan import in_force

    force = in_force(work) if work.view.is_cell else None
    if force is not None and force.assumed:
        names = "; ".join(one.name for one in force.assumed)
        say(said("Part of the problem, as assumed by the plan in force: {names}.", names=names))


def _nothing(problem: Path, made: "Made") -> None:
    """That there was nothing to plan, and which tables that hang on."""
    from konvoi.cli.output import say

    if made.lacking:
        empty = ", ".join(f"`{name}`" for name in made.lacking)
        say(
            said("{problem}: nothing to plan; it has nothing in table {empty}.", problem=problem, empty=empty)
        )
        say(said("konvoi template writes a workbook that has these tables."))


def _answer(
    made: "Made",
    plan: "Plan",
    findings: "list[Finding]",
    tried: "pl.DataFrame | None",
    rolled: "Rolled | None",
) -> None:
    """Print the plan as JSON; tried, rolled: None for a reader other than the coordination cell."""
    from konvoi.cli.output import answer

    figures = {"value": plan.value, "bound": plan.bound, "stopped": plan.stopped}
    shown = {
        "movements": plan.movements.to_dicts(),
        "payments": plan.payments.to_dicts(),
        "unmet": plan.unmet.to_dicts(),
    }
    without = {"planned_without": plan.without.to_dicts()}
    more = {"problem": plan.problem} | without
    own = {} if tried is None else figures | more | {"bottlenecks": tried.to_dicts()}
    told = {"nothing_in": list(made.lacking), "findings": [finding.as_dict() for finding in findings]}
    answer(own | shown | as_document(rolled) | told)


def _print(plan: "Plan", *, cell: bool) -> None:
    """The plan in figures, its bound, and what stays unmet most often for which cause.

    cell: whether the coordination cell reads it, for which alone value and bound are.
    """
    import polars as pl

    from konvoi.cli.output import table

    moved = said("{count} movement", "{count} movements", plan.movements.height)
    if cell:
        click.echo(said("{movements}, value {value}", movements=moved, value=round(plan.value, 3)))
        _print_bound(plan)
        _print_costs(plan)
    else:
        click.echo(moved)
    if plan.movements.is_empty():
        click.echo(said("Nothing can be sent."))
    # A need counts once, under the cause of the most that it lacks.
    needs = plan.unmet.sort("quantity", "cause", descending=[True, False]).unique("need", keep="first")
    causes = (
        needs.group_by("cause")
        .agg(pl.len(), pl.col("confirmed").eq("yes").sum(), tried=pl.col("confirmed").is_not_null().sum())
        .sort(["len", "cause"], descending=[True, False])
    )
    rows = [
        [str(cause), str(count), f"{yes}/{tried}" if tried else ""]
        for cause, count, yes, tried in causes.iter_rows()
    ]
    if rows:
        table([said("unmet because"), said("needs"), said("confirmed")], rows, right=(1, 2))


def _print_costs(plan: "Plan") -> None:
    """Print the costs of movements, where lanes state them."""
    costs = plan.parameters.get("movement_costs")
    if isinstance(costs, dict):
        amounts = ", ".join(f"{currency} {amount}" for currency, amount in sorted(costs.items()))
        click.echo(said("Costs of movements that the lanes state: {amounts}.", amounts=amounts))


def _print_bound(plan: "Plan") -> None:
    from konvoi.plan.solve import PROVEN

    if plan.stopped == PROVEN and plan.value:
        click.echo(said("No better plan exists: all plans of this problem were compared."))
    elif plan.bound:
        figures = {"bound": round(plan.bound, 3), "share": round(100 * plan.value / plan.bound, 2)}
        click.echo(said("No plan can be worth more than {bound}; this one reaches {share} %.", **figures))
    else:
        click.echo(said("No plan can be worth anything."))


def _print_tried(tried: "pl.DataFrame") -> None:
    """Print the gain from more room, or from money a week later."""
    from konvoi.cli.output import table

    rows = [
        [
            *(str(line[name]) for name in ("key", "resource", "from", "to")),
            str(round(line["more"], 3).normalize() + 0),
            str(round(line["gain"], 3)),
        ]
        for line in tried.iter_rows(named=True)
    ]
    if rows:
        heads = ("tried", "resource", "from", "to", "more a week", "value gained")
        table([said(head) for head in heads], rows, right=(4, 5))
