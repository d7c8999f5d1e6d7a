"""konvoi ask: what each party must correct, decide or add, as a workbook and a letter."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said, speak
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, view_options
from konvoi.cli.workspace_argument import folder_argument

if TYPE_CHECKING:
    from konvoi.flow.submissions.questions_asked import Asked


@click.command("ask")
@folder_argument
@click.option("--party", default="", help="One party's id; default: every party with an open question.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: DIR/asks.")
@click.option(
    "--lang", default="", type=click.Choice(["", "en", "de", "uk"]), help="Language of the workbooks."
)
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, party: str, folder: Path, out: Path | None, lang: str, as_json: bool
) -> None:
    """Write each party a letter with its open questions.

    The letter comes in each language of the workspace, as HTML and DOCX. The workbook comes back with
    konvoi add, and closes what it answers; nobody is asked twice for what is answered. Each party is asked
    from what it may see itself; with --for a party reads its own questions, others what both may see.

    \b
    Example:
      konvoi ask
      konvoi ask --party PL --out letters
    """
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.flow.submissions.questions_asked import OUT, as_dict, asking
    from konvoi.flow.submissions.questions_asked import folder as own
    from konvoi.flow.workspace import is_workspace, viewed, workspace
    from konvoi.gateways.files import write_folder
    from konvoi.gateways.refusal import Refused

    speak(lang)
    follow([folder])
    target = out or folder / OUT
    if is_workspace(target) or target.resolve() == Path.cwd().resolve():
        raise Refused(f"{target}: the folder is written whole; name one of its own, such as {OUT}")
    watch = Watch(quiet=as_json or not chosen_view().is_cell)
    asked = asking(viewed(workspace(folder), chosen_view()), party=party, language=lang, stop=watch)
    watch.close()
    if party:
        write_folder(
            target / own(party), {name.split("/", 1)[1]: content for name, content in asked.files.items()}
        )
    else:
        write_folder(target, asked.files)
    if as_json:
        answer(
            {
                "out": str(target),
                "day": asked.day.isoformat(),
                "files": sorted(asked.files),
                "questions": [as_dict(one, asked.day) for one in asked.questions],
            }
        )
    else:
        _print(asked, target)
    ctx.exit(exit_code(asked.findings, refused=bool(asked.refused)))


def _print(asked: "Asked", target: Path) -> None:
    from konvoi.cli.output import table
    from konvoi.flow.submissions.questions_asked import folder as own

    counts = asked.counts()
    if not counts:
        click.echo(said("Nothing is open: no party has a question to answer."))
        return
    told = {
        "questions": said("{count} question", "{count} questions", len(asked.questions)),
        "parties": said("to {count} party", "to {count} parties", len(counts)),
        "day": asked.day,
    }
    click.echo(said("{questions} {parties}, as of {day}.", **told))
    table(
        [said("party"), said("open"), said("oldest, days")],
        [[p, str(n), str(d)] for p, n, d in counts],
        right=(1, 2),
    )
    for party, _, _ in counts:
        click.echo(f"  {target / own(party)}")
