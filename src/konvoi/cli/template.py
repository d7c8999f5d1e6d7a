"""konvoi template: the workbook that partners fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import LANGUAGES, code, follow, said, speak
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import typed, workbook

if TYPE_CHECKING:
    from konvoi.report.submissions.desk_template import Lists

_SMALL = ("desk", "recipient")


@dataclass(frozen=True)
class _Made:
    """A template that was made: its bytes, its sheets, and whether its lists hold what is public alone."""

    content: bytes
    sheets: Sequence[str]
    public: bool = False


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
@click.option(
    "--dir",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Workspace from which drop-downs take goods, partners, places and agreements.",
)
@click.option("--party", default="", help="Id of the party that fills it in, such as PL.")
@click.option(
    "--subjects",
    default="",
    metavar="NAME,…",
    help="Only the sheets of these subjects, such as planning,deliveries.",
)
@click.option("--full", "whole", is_flag=True, help="With --for: all sheets that this reader may fill.")
@click.option("--all", "full", is_flag=True, help="All columns, also those that are rarely used.")
@click.option("--hxl", is_flag=True, help="Put the HXL tag of each column in the second row.")
@click.option("--over", is_flag=True, help="Write over a file that is there.")
@json_option
def command(
    *,
    out: Path,
    lang: str,
    filler: str | None,
    folder: Path | None,
    party: str,
    subjects: str,
    whole: bool,
    full: bool,
    hxl: bool,
    over: bool,
    as_json: bool,
) -> None:
    """Write an empty workbook for a partner to fill in.

    --for desk: four sheets (pledge, items, movements, contacts); --for recipient: three (needs, receipts,
    contacts). The top rows of the first sheet state party, day, marking and the file it replaces. --dir fills
    the drop-downs with goods, partners, places and agreements of a workspace: what the party may see, without
    --party what is public.

    The full template has a sheet for each table, with at most twelve columns each; --all adds the others.
    --full, --subjects and --for cell write parts of it.

    \b
    Example:
      konvoi template pledges.xlsx --lang de --for desk --dir my-coalition --party PL
      konvoi template cell.xlsx --for cell --subjects planning,deliveries
    """
    from konvoi.cli.output import answer
    from konvoi.gateways.files import write

    workbook(out)
    speak(lang)
    if folder is not None:
        follow([folder])
    small = filler in _SMALL and not (whole or full or subjects)
    if (folder or party) and not small:
        raise click.UsageError("--dir and --party are for the small templates: --for desk or --for recipient")
    made = (
        _small(filler or "", folder, party, hxl=hxl)
        if small
        else _whole(filler or "", subjects, full=full, hxl=hxl)
    )
    write(out, made.content, over=over)
    if as_json:
        answer({"workbook": str(out), "language": code(), "sheets": list(made.sheets)})
        return
    next_step = "{out}: fill the sheets you have something for, then: konvoi add {out} --from PARTY"
    click.echo(said(next_step, out=typed(out)))
    if made.public:
        click.echo(
            said("The drop-downs hold what is public. Name the party with --party for all it may see.")
        )


def _small(filler: str, folder: Path | None, party: str, *, hxl: bool) -> _Made:
    """Return the small template of a desk or of the recipient."""
    from konvoi import RELEASED
    from konvoi.model.desk_sheets import DESK_SHEETS
    from konvoi.model.party import party_id
    from konvoi.report.submissions.desk_template import desk_template

    known = party_id(party) or party
    lists = _lists(folder, known) if folder else None
    head = {"party": known} if known else {}
    content = desk_template(code(), filler, day=RELEASED, lists=lists, head=head, hxl=hxl)
    sheets = [sheet.title(code()) for sheet in DESK_SHEETS[filler]]
    return _Made(content, sheets, public=folder is not None and not known)


def _lists(folder: Path, party: str) -> "Lists":
    from konvoi.flow.submissions.template_lists import template_lists
    from konvoi.flow.view import View
    from konvoi.model.markings import PUBLIC

    return template_lists(folder, View(reader=party or PUBLIC), party=party, language=code())


def _whole(filler: str, subjects: str, *, full: bool, hxl: bool) -> _Made:
    """Return the full template, or the sheets of it that a reader fills in some subjects."""
    from konvoi import RELEASED
    from konvoi.report.submissions.fillers import SUBJECTS, sheets_for
    from konvoi.report.submissions.template import template

    wanted = [one.strip() for one in subjects.split(",") if one.strip()]
    if unknown := [one for one in wanted if one not in SUBJECTS]:
        raise click.UsageError(f"--subjects {', '.join(unknown)}: subjects are {', '.join(SUBJECTS)}")
    sheets = sheets_for(filler, wanted)
    if not sheets:
        raise click.UsageError(f"--subjects {subjects}: --for {filler} has no sheet of them; try --for cell")
    content = template(code(), day=RELEASED, tables=sheets, hxl=hxl, full=full)
    return _Made(content, [table.name for table in sheets])
