"""konvoi template: the workbook that partners fill."""

from pathlib import Path

import click

from konvoi.cli.i18n import LANGUAGES, code, said, speak
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import typed, workbook


@click.command("template")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.xlsx")
@click.option(
    "--lang", default="", type=click.Choice(["", *LANGUAGES]), help="Default: KONVOI_LANG, else en."
)
@click.option(
    "--for",
    "filler",
    type=click.Choice(["desk", "recipient", "cell"]),
    help="Only the sheets that this reader fills; default: all.",
)
@click.option("--full", "whole", is_flag=True, help="With --for: all sheets that this reader may fill.")
@click.option("--all", "full", is_flag=True, help="All columns, also those that a desk seldom needs.")
@click.option("--hxl", is_flag=True, help="Put the HXL tag of each column in the second row.")
@click.option("--over", is_flag=True, help="Write over a file that is there.")
@json_option
def command(
    *,
    out: Path,
    lang: str,
    filler: str | None,
    whole: bool,
    full: bool,
    hxl: bool,
    over: bool,
    as_json: bool,
) -> None:
    """Write an empty workbook for a partner to fill in.

    With drop-downs, units and help in the notes of the headers. --for desk: packages, lines and movements;
    --for recipient: needs and receipts; --full adds all other sheets that this reader may fill, such as
    offers, approvals, stocks and projects. --for cell: shared tables such as goods, standards, network and
    planned weeks. A sheet has at most twelve columns; --all adds the others, such as since, implementer,
    place and count mode of packages and stage of line items, which are read in any place.

    \b
    Example:
      konvoi template liste.xlsx --lang de --for desk
      konvoi template full.xlsx --all
    """
    from konvoi import RELEASED
    from konvoi.cli.output import answer
    from konvoi.gateways.files import write
    from konvoi.report.submissions.fillers import sheets_for
    from konvoi.report.submissions.template import template

    workbook(out)
    speak(lang)
    sheets = sheets_for(filler or "", full=whole)
    write(out, template(code(), day=RELEASED, tables=sheets, hxl=hxl, full=full), over=over)
    if as_json:
        answer({"workbook": str(out), "language": code(), "sheets": [table.name for table in sheets]})
        return
    next_step = "{out}: fill the sheets you have something for, then: konvoi add {out} --from PARTY"
    click.echo(said(next_step, out=typed(out)))
