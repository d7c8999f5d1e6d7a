"""konvoi demo: the whole chain on published facts."""

from pathlib import Path

import click

from konvoi.cli.talk import json_option


@click.command("demo")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]")
@json_option
@click.pass_context
def command(ctx: click.Context, /, folder: Path | None, as_json: bool) -> None:
    """Make a workspace of the example (published facts, named assumptions) and run the whole chain on it.

    DIR: where to; default: out/demo. It is a workspace like any other: change it, and run konvoi run there.

    \b
    Example:
      konvoi demo
    """
    from konvoi.cli.run import tell_run
    from konvoi.cli.talk import Watch, exit_code, say
    from konvoi.flow.chain import run
    from konvoi.flow.workspace import workspace
    from konvoi.gateways.example import copied
    from konvoi.gateways.files import write_folder

    target = folder or Path("out") / "demo"
    copied("coalition", target)
    watch = Watch(quiet=as_json)
    done = run(workspace(target), stop=watch)
    write_folder(target / "out", done.files)
    watch.close()
    tell_run(done, target / "out", as_json=as_json)
    if not as_json:
        say(f"Open {target / 'out' / 'brief.en.html'} in a browser.")
    ctx.exit(exit_code(done.case.findings, refused=bool(done.refused)))
