"""konvoi solve: a plan and its bound, or why none."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.talk import json_option

if TYPE_CHECKING:
    from konvoi.plan.plan import Plan


@click.command("solve")
@click.argument("problem", type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the plan's folder here.")
@click.option("--rounds", type=click.IntRange(1), help="Rounds of search at most; default: konvoi.toml's.")
@click.option("--seed", type=int, help="Default: konvoi.toml's.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    problem: Path,
    out: Path | None,
    rounds: int | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Plan who sends what to which need, when and how; PROBLEM is a workspace, a workbook or a folder of CSV.

    \b
    Example:
      konvoi solve problem.xlsx --out plan
      konvoi solve out/cell/problem --json
    """
    from dataclasses import replace

    from konvoi.cli.talk import Watch, answer, exit_code, say, tell
    from konvoi.flow.chain import frame_rows, planning, tables_of
    from konvoi.flow.workspace import opened
    from konvoi.gateways.files import write_folder
    from konvoi.gateways.refusal import Refused
    from konvoi.plan.folder import files

    work = opened([problem])
    known = replace(
        work.settings,
        rounds=rounds or work.settings.rounds,
        seed=work.settings.seed if seed is None else seed,
    )
    work = replace(work, settings=known)
    watch = Watch(quiet=as_json)
    made, findings, refused = tables_of(work, stop=watch)
    plan, told = planning(made, work, stop=watch)
    watch.close()
    if plan is None:
        raise Refused(f"{problem}: nothing to plan; it has no table `needs` or no table `horizon`")
    if out:
        write_folder(out, files(plan))
    unique = [*findings, *(finding for finding in told if finding not in findings)]
    if as_json:
        answer(
            {
                "value": str(plan.value),
                "bound": str(plan.bound),
                "stopped": plan.stopped,
                "problem": plan.problem,
                "movements": frame_rows(plan.movements),
                "unmet": frame_rows(plan.unmet),
                "findings": [finding.as_dict() for finding in unique],
            }
        )
    else:
        _print(plan)
        tell(unique, most=5)
        say(f"{out}: written." if out else "Nothing written; --out DIR keeps the plan.")
    ctx.exit(exit_code(unique, refused=bool(refused)))


def _print(plan: "Plan") -> None:
    """The plan in figures, its bound, and what stays unmet most often for which cause."""
    from konvoi.cli.talk import table

    share = 100 * plan.value / plan.bound if plan.bound else 0
    click.echo(f"{plan.movements.height} movements, value {plan.value:,.3f}")
    click.echo(f"No plan can be worth more than {plan.bound:,.3f}; this one reaches {share:.2f} %.")
    if plan.movements.is_empty():
        click.echo("Nothing can be sent.")
    causes = plan.unmet.group_by("cause").len().sort(["len", "cause"], descending=[True, False])
    rows = [[str(cause), str(count)] for cause, count in causes.iter_rows()]
    if rows:
        table(["unmet because", "needs"], rows, right=(1,))
