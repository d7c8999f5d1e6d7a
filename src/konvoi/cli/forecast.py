"""konvoi forecast: what of a plan will be there in time, and how surely."""

from pathlib import Path

import click

from konvoi.cli.opening import opened
from konvoi.cli.talk import json_option
from konvoi.cli.tongue import follow, said

_SHOWN = 40


@click.command("forecast")
@click.argument("problem", type=click.Path(exists=True, path_type=Path))
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--samples", default=2000, type=click.IntRange(10), show_default=True)
@click.option("--seed", default=1, show_default=True)
@json_option
def command(problem: Path, plan: Path, samples: int, seed: int, as_json: bool) -> None:
    """Simulate a plan with the delays of its lanes: for each need the chance of being in time, and the days.

    \b
    Example:
      konvoi forecast out/cell/problem out/cell/plan --samples 5000
    """
    from konvoi.cli.talk import Watch, answer, cut, table
    from konvoi.flow.chain import frame_rows, tables_of
    from konvoi.flow.plans import plan_at, same_problem
    from konvoi.forecast.run import run

    follow([problem])
    found = plan_at(plan)
    watch = Watch(quiet=as_json)
    made, _, _ = tables_of(opened([problem]), stop=watch)
    same_problem(found, made.tables, named=problem)
    outlook = run(made.tables, found, seed=seed, samples=samples, stop=watch)
    watch.close()
    if as_json:
        answer(
            {
                "seed": seed,
                "samples": samples,
                "needs": frame_rows(outlook.needs),
                "movements": frame_rows(outlook.movements),
            }
        )
        return
    rows = [
        [r["need"], f"{r['on_time']:.0%}", str(r["first"]), str(r["middle"]), str(r["last"])]
        for r in outlook.needs.sort("on_time", "need").iter_rows(named=True)
    ]
    one = "{count} need with something planned ({samples} runs, seed {seed})"
    many = "{count} needs with something planned, the least sure first ({samples} runs, seed {seed})"
    click.echo(said(one, many, len(rows), samples=samples, seed=str(seed)))
    days = [said("{number} of 100", number=number) for number in (10, 50, 90)]
    table([said("need"), said("in time"), *days], rows[:_SHOWN], right=(1,))
    cut(_SHOWN, len(rows))
