"""konvoi template: the workbook that partners fill."""

from pathlib import Path

import click


@click.command("template")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.xlsx")
@click.option("--lang", default="en", type=click.Choice(["en", "de", "uk"]), show_default=True)
@click.option("--over", is_flag=True, help="Write over a file that is there.")
def command(out: Path, lang: str, over: bool) -> None:
    """Write an empty workbook with all tables, drop-downs, units and help in the header notes.

    \b
    Example:
      konvoi template liste.xlsx --lang de
    """
    from konvoi import RELEASED
    from konvoi.gateways.files import write
    from konvoi.report.template import template

    write(out, template(lang, day=RELEASED), over=over)
    click.echo(f"{out}: fill the sheets you have something for, then: konvoi add {out} --from PARTY")
