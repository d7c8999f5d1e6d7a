"""konvoi brief: the brief for a reader, and one page for each delegation."""

from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import as_of_option, chosen_view, reader_option
from konvoi.cli.workspace_argument import folder_argument
from konvoi.flow.view import CELL
from konvoi.model.markings import PUBLIC


@click.command("brief")
@folder_argument
@click.option(
    "--delegation",
    default="",
    metavar="PARTY",
    help="Write the page of one delegation, by its id or name; all: of every delegation.",
)
@click.option(
    "--meeting",
    "meeting",
    default=None,
    metavar="MEETING",
    help="Write the decision sheet of a meeting, by its id; next: of the next one.",
)
@click.option("--full", is_flag=True, help="Show all charts and tables in the brief, not the short form.")
@click.option("--hxl", is_flag=True, help="Put the HXL tag of each column below its head in brief.xlsx.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: DIR/brief.")
@reader_option(reader="")
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    delegation: str,
    meeting: str | None,
    full: bool,
    hxl: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Write the brief, a delegation page or a decision sheet.

    The brief is for the public unless --for names another reader. Its first page has the figures, decisions
    that are due and what the figures leave out; the annex has a section for each subject. brief.xlsx and
    brief.json contain every table.

    A delegation page has what its delegation pledged and delivered, what is asked of it, its open questions,
    positions and findings, as far as that delegation may see them. The page of the recipient has what it asks
    of each partner, what depends on it and what remains if it is not met. Only the coordination cell and the
    delegation itself can write a page.

    A decision sheet has two pages: at most five decisions, those of the agenda first, computed ones marked
    "proposed", each with options, the consequence of no decision and who can unblock it; then action items,
    obligations that are due, and the next meeting. It is for the coordination cell unless --for names another
    reader.

    \b
    Example:
      konvoi brief --for coalition
      konvoi brief --meeting next
      konvoi brief --delegation PL
      konvoi brief --delegation all --out pages
    """
    from konvoi.flow.workspace import is_workspace
    from konvoi.gateways.refusal import Refused

    follow([folder])
    target = out or folder / "brief"
    if is_workspace(target) or target.resolve() == Path.cwd().resolve():
        raise Refused(f"{target}: the folder is replaced as a whole; name one of its own, such as brief")
    if full and (delegation or meeting):
        raise click.UsageError("--full is for the brief; a page of a delegation or meeting has one form")
    if delegation and meeting:
        raise click.UsageError("--delegation and --meeting write different papers; name one of the two")
    if hxl and (delegation or meeting):
        raise click.UsageError("--hxl is for the brief, which has a workbook")
    if meeting:
        ctx.exit(_meeting(folder, "" if meeting == "next" else meeting, target, as_json=as_json))
    if delegation:
        ctx.exit(_delegations(folder, delegation, target, as_json=as_json))
    ctx.exit(_brief(folder, target, full=full, hxl=hxl, as_json=as_json))


def _brief(folder: Path, target: Path, *, full: bool, hxl: bool, as_json: bool) -> int:
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.cli.run import tell_nothing
    from konvoi.flow.run import run
    from konvoi.flow.workspace import viewed, workspace
    from konvoi.gateways.files import write_folder

    reader = chosen_view(PUBLIC).reader
    watch = Watch(quiet=as_json)
    work = viewed(workspace(folder), chosen_view(PUBLIC))
    done = run(work, audience=reader, full=full, hxl=hxl, stop=watch)
    sizes = write_folder(target, done.files)
    watch.close()
    if done.shown is None:
        tell_nothing(reader, done, target, as_json=as_json)
        return 0
    shown = done.as_read()
    if as_json:
        answer({"out": str(target), "day": shown.case.day.isoformat(), "files": dict(sorted(sizes.items()))})
    else:
        told = {"title": shown.case.title, "day": shown.case.day}
        click.echo(said("Brief of {title}, as of {day}:", **told))
        for name in sorted(sizes):
            click.echo(f"  {target / name}")
    return exit_code(shown.case.findings, refused=bool(shown.refused))


def _delegations(folder: Path, delegation: str, target: Path, *, as_json: bool) -> int:
    from konvoi.cli.output import Watch, answer, say
    from konvoi.flow.delegations import delegation_pages
    from konvoi.flow.workspace import viewed, workspace
    from konvoi.gateways.files import write_folder

    view = chosen_view(CELL)
    if not (view.is_cell or view.is_party):
        raise click.UsageError("a delegation page is for its delegation; --for takes cell or the party")
    watch = Watch(quiet=as_json)
    done = delegation_pages(viewed(workspace(folder), view), delegation, stop=watch)
    sizes = write_folder(target, done.files) if done.files else {}
    watch.close()
    if as_json:
        day = done.day.isoformat() if done.day else None
        told = {"out": str(target), "day": day, "files": dict(sorted(sizes.items()))}
        answer({**told, "without": list(done.without)})
        return 0
    for name in sorted(sizes):
        click.echo(str(target / name))
    for party in done.without:
        say(said("{party}: no page; nothing with a day is released to this party.", party=party))
    return 0


def _meeting(folder: Path, meeting: str, target: Path, *, as_json: bool) -> int:
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.flow.meetings.session import meeting_sheet
    from konvoi.flow.workspace import viewed, workspace
    from konvoi.gateways.files import write_folder

    watch = Watch(quiet=as_json)
    done = meeting_sheet(viewed(workspace(folder), chosen_view(CELL)), meeting, stop=watch)
    sizes = write_folder(target, done.files)
    watch.close()
    if as_json:
        told = {"meeting": done.session, "day": done.day.isoformat(), "out": str(target)}
        answer({**told, "files": dict(sorted(sizes.items()))})
    else:
        for name in sorted(sizes):
            click.echo(str(target / name))
    return exit_code(done.gathered.findings, refused=bool(done.gathered.refused))
