"""konvoi meeting pack: what a session needs on the table, as a page and a document."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, view_options
from konvoi.cli.workspace_argument import folder_option
from konvoi.model.markings import COALITION

if TYPE_CHECKING:
    from konvoi.flow.meetings.session import Packed


@click.command("pack")
@click.argument("session", default="", required=False, metavar="[SESSION]")
@folder_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: DIR/session."
)
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="As of this day; default: the day of the workspace.",
)
@view_options(reader=COALITION)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    session: str,
    folder: Path,
    out: Path | None,
    day: datetime | None,
    as_json: bool,
) -> None:
    """Write the documents of a meeting.

    SESSION: the id of a meeting; default: the next one, otherwise the last. The documents contain the agenda
    by topic, the participants, changes since the last meeting, action items and decisions, the state of each
    framework document, late deliveries, conflicts of the plan that konvoi run made, and open duplicate
    candidates. They are written as HTML and DOCX in each language of the workspace.

    \b
    Example:
      konvoi meeting pack
      konvoi meeting pack SES-2 --for PL --out packs/poland
      konvoi meeting pack SES-2 --as-of 2031-03-01
    """
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.flow.meetings.session import session_pack
    from konvoi.flow.workspace import viewed, workspace
    from konvoi.gateways.files import write_folder

    follow([folder])
    target = _target(folder, out)
    watch = Watch(quiet=as_json)
    done = session_pack(
        viewed(workspace(folder), chosen_view(COALITION)),
        session=session,
        day=day.date() if day else None,
        stop=watch,
    )
    sizes = write_folder(target, done.files)
    watch.close()
    if as_json:
        told = {"session": done.session, "day": done.day.isoformat(), "out": str(target)}
        answer({**told, "files": dict(sorted(sizes.items())), "plan": done.planned})
    else:
        _print(done, [target / name for name in sorted(sizes)])
    ctx.exit(exit_code(done.gathered.findings, refused=bool(done.gathered.refused)))


def _target(folder: Path, out: Path | None) -> Path:
    """Return the folder of the pack: one of its own."""
    from konvoi.flow.workspace import is_workspace
    from konvoi.gateways.refusal import Refused

    target = out or folder / "session"
    if is_workspace(target) or target.resolve() == Path.cwd().resolve():
        raise Refused(f"{target}: the folder is written whole; name one of its own, such as session")
    return target


def _print(done: "Packed", files: list[Path]) -> None:
    from konvoi.cli.output import say, tell, tell_errors
    from konvoi.flow.today import UNDATED

    told = {"session": done.session, "day": done.day}
    click.echo(said("The pack of session {session}, as of {day}:", **told))
    for file in files:
        click.echo(f"  {file}")
    if not done.planned:
        say(said("No plan in this workspace. Run konvoi run to compute one and its conflicts."))
    tell([one for one in done.gathered.findings if one.code == UNDATED])
    tell_errors(done.gathered.findings, done.gathered.readings)
