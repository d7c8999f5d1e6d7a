"""konvoi meeting remind: letters and calendars for owners of action items that are due soon or overdue."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, view_options
from konvoi.cli.workspace_argument import folder_argument

if TYPE_CHECKING:
    from konvoi.flow.meetings.reminders import Reminded


@click.command("remind")
@folder_argument
@click.option("--party", default="", help="One party, by its id or name; default: every owner.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: DIR/reminders."
)
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, folder: Path, party: str, out: Path | None, as_json: bool) -> None:
    """Write reminders of action items that are due soon or overdue.

    Each owner gets a letter (HTML and DOCX) and a calendar (ICS) with alarms, in each language of the
    workspace, from what it may see. In konvoi.toml, `[rules] remind_days` (default: 7) sets how many days
    before the due day reminders begin, `escalate_days` (default: 14) how many days after it the head of the
    delegation gets a copy.

    \b
    Example:
      konvoi meeting remind
      konvoi meeting remind --party PL --out reminders
    """
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.flow.meetings.reminders import reminded
    from konvoi.flow.workspace import is_workspace, viewed, workspace
    from konvoi.gateways.files import write_folder
    from konvoi.gateways.refusal import Refused

    follow([folder])
    target = out or folder / "reminders"
    if is_workspace(target) or target.resolve() == Path.cwd().resolve():
        raise Refused(f"{target}: the folder is written whole; name one of its own, such as reminders")
    watch = Watch(quiet=as_json)
    done = reminded(viewed(workspace(folder), chosen_view()), party, stop=watch)
    sizes = write_folder(target, done.files) if done.files else {}
    watch.close()
    if as_json:
        rows = [{**row, "due": str(row["due"]), "escalates": str(row["escalates"])} for row in _rows(done)]
        told = {"out": str(target), "day": done.day.isoformat(), "files": dict(sorted(sizes.items()))}
        answer({**told, "reminders": rows})
    else:
        _print(done)
        for name in sorted(sizes):
            click.echo(f"  {target / name}")
    ctx.exit(exit_code(done.gathered.findings, refused=bool(done.gathered.refused)))


_SHOWN = ("step", "party", "due", "level", "late", "escalates", "title")


def _rows(done: "Reminded") -> list[dict[str, object]]:
    return done.rows.select(_SHOWN).to_dicts()


def _print(done: "Reminded") -> None:
    from konvoi.cli.output import table

    if done.rows.is_empty():
        click.echo(said("As of {day}: no action item is due soon or overdue.", day=done.day))
        return
    one = "As of {day}: {count} action item is due soon or overdue."
    many = "As of {day}: {count} action items are due soon or overdue."
    click.echo(said(one, many, done.rows.height, day=done.day))
    heads = [said(head) for head in ("step", "owner", "due", "state", "late, days", "what")]
    rows = [
        [
            str(row["step"]),
            str(row["party"]),
            str(row["due"]),
            said(str(row["level"])),
            str(row["late"] or ""),
            str(row["title"]),
        ]
        for row in _rows(done)
    ]
    table(heads, rows, right=(4,))
