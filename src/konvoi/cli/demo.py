"""konvoi demo: the whole chain on an example."""

from pathlib import Path

import click

from konvoi.cli.i18n import code, follow, said
from konvoi.cli.output import json_option

EXAMPLES = ("coalition", "2022", "exercise")


@click.command("demo")
@click.argument("example", default="coalition", type=click.Choice(EXAMPLES), metavar="[EXAMPLE]")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to; default: out/demo, for the others out/2022 and out/exercise.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, /, example: str, folder: Path | None, as_json: bool) -> None:
    """Make a workspace from an example and run it.

    EXAMPLE: coalition (published facts as of 3 January 2026), 2022 (published facts of 2022 with a plan on
    named assumptions) or exercise (fictitious states and a week of the coordination cell; one file is
    damaged, so that the exit code is 3). The result is a workspace like any other: change it and run konvoi
    run there.

    \b
    Example:
      konvoi demo
      konvoi demo exercise --dir week
    """
    from konvoi.cli.output import Watch, exit_code, say
    from konvoi.cli.run import tell_run
    from konvoi.flow.run import run
    from konvoi.flow.store import cell_folder
    from konvoi.flow.workspace import workspace
    from konvoi.gateways.example import copied
    from konvoi.gateways.files import write_folder

    target = folder or Path("out") / ("demo" if example == "coalition" else example)
    copied(example, target)
    follow([target])
    watch = Watch(quiet=as_json)
    done = run(workspace(target), stop=watch)
    write_folder(target / "out", done.files)
    write_folder(cell_folder(target / "out"), done.own)
    watch.close()
    tell_run(done, target / "out", as_json=as_json)
    if not as_json:
        brief = target / "out" / f"brief.{code()}.html"
        say(said("Open {file} in a browser.", file=brief))
    ctx.exit(exit_code(done.case.findings, refused=bool(done.refused)))
