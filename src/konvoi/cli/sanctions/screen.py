"""konvoi sanctions screen: whether a list of sanctions names a party of a workspace, or of any table."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import as_of_option, chosen_view, reader_option
from konvoi.cli.workspace_argument import folder_option

if TYPE_CHECKING:
    from konvoi.flow.sanctions.screen import Answer, Question

_DAY = click.DateTime(["%Y-%m-%d"])
_ROLES = ("supplier", "carrier", "hull", "consignee")
_DISPOSITIONS = ("false positive", "true match", "licensed", "undecided")
_OWN = ("screened-", "ownership-", "clearance-")
_FORMER = {"cleared": "false positive", "confirmed": "true match", "withdrawn": "undecided"}


@click.command("screen")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path), metavar="[FILE]")
@click.option("--as", "role", default="", metavar="ROLE", help=f"What rows of FILE are: {', '.join(_ROLES)}.")
@click.option("--on", type=_DAY, metavar="DAY", help="The day of lists and decisions.")
@click.option("--by", default="", help="Who screens or decides; stated in the record.")
@click.option("--decide", "hit", default="", metavar="ALERT", help="Decide on an alert, by its id.")
@click.option("--disposition", default="", help=f"The decision: {', '.join(_DISPOSITIONS)}.")
@click.option("--verdict", default="", hidden=True)
@click.option("--reason", default="", help="Why.")
@click.option("--authority", default="", help="Of a licence: who issued it.")
@click.option("--reference", default="", help="Of a licence: its number.")
@click.option("--scope", default="", help="Of a licence: for what.")
@click.option("--from", "first", type=_DAY, metavar="DAY", help="Of a licence: its first day.")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="Of a licence: its last day.")
@click.option(
    "--again",
    "record",
    type=click.Path(path_type=Path),
    metavar="RECORD",
    help="Repeat the screening of a record and compare.",
)
@folder_option
@as_of_option
@reader_option()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    path: Path | None,
    role: str,
    on: datetime | None,
    record: Path | None,
    folder: Path,
    as_json: bool,
    **decided: object,
) -> None:
    """Screen parties against sanctions lists and decide on alerts.

    Without FILE every supplier, carrier, hull and consignee of the workspace is screened; with FILE every row
    of a table (CSV, XLSX, Parquet) with columns such as name, kind, country, born, imo, lei, identifiers.
    Each screening leaves a record below screenings/. An alert blocks plans until reviewers decide on it; two
    reviewers are needed to call an asset freeze a false positive. A decision holds for the values on which it
    was made: where party or listing change, the alert is open again and states what changed. The exit code is
    1 if an alert blocks. With --for, the parties that this reader may see are screened and no record is left.

    --on DAY applies the lists, licences and decisions in force on a day, and screens every party known now,
    so that nobody is left out. --as-of DAY also leaves out documents that were not known by then.

    \b
    Example:
      konvoi sanctions screen --by "M. Example"
      konvoi sanctions screen suppliers.csv --as supplier --by "M. Example" --json
      konvoi sanctions screen --decide 1bb3e392 --disposition "false positive" --by "A. Nowak" --reason "LEI"
      konvoi sanctions screen --again screenings/2031-03-03-0a1b2c3d4e5f.json
    """
    from konvoi.align.roles import Role
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.screen import Question

    follow([folder])
    part = word("--as", role.lower(), _ROLES)
    view = chosen_view()
    question = Question(path, Role(part) if part else None, on.date() if on else view.as_of, view=view)
    if former := str(decided.pop("verdict")).lower():
        from konvoi.cli.output import say

        say(said("--verdict is now called --disposition."))
        decided["disposition"] = decided["disposition"] or _FORMER.get(former, former)
    if not view.is_cell and (record is not None or decided["hit"] or decided["disposition"]):
        raise click.UsageError("records and decisions are the coordination cell's: leave --for out")
    if record is not None:
        ctx.exit(_again(folder, question, record, as_json=as_json))
    if decided["hit"] or decided["disposition"]:
        ctx.exit(_decide(folder, question, decided, as_json=as_json))
    ctx.exit(_screen(folder, question, str(decided["by"]), as_json=as_json))


def _asked(folder: Path, question: "Question", *, quiet: bool) -> "Answer":
    from konvoi.cli.output import Watch
    from konvoi.flow.sanctions.screen import screen

    watch = Watch(quiet=quiet)
    try:
        return screen(folder, question, stop=watch)
    finally:
        watch.close()


def _screen(folder: Path, question: "Question", by: str, *, as_json: bool) -> int:
    from konvoi.cli.output import answer, counts, exit_code, tell
    from konvoi.cli.sanctions.screen_output import as_document, told
    from konvoi.flow.sanctions.screening_records import recorded

    answered = _asked(folder, question, quiet=as_json)
    found = answered.found
    kept = recorded(folder, found, by=by, what=answered.what) if question.view.is_cell else None
    if as_json:
        answer(as_document(answered, kept.path if kept else None))
    else:
        told(answered)
        if kept:
            click.echo(said("Record: {path}", path=kept.path))
        click.echo(counts(list(found.findings)))
        # What is wrong with the parties comes before what every screening repeats about lists.
        tell([one for one in found.findings if one.code.startswith(_OWN)])
        tell([one for one in found.findings if not one.code.startswith(_OWN)])
    return exit_code(found.findings) or int(any(one.stops for one in found.hits))


def _decide(folder: Path, question: "Question", decided: dict[str, object], *, as_json: bool) -> int:
    from konvoi.cli.output import answer
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.screening_deciding import decide, still_open

    by, reason = (str(decided[name]).strip() for name in ("by", "reason"))
    disposition = str(decided["disposition"]).lower()
    verdict = word("--disposition", _FORMER.get(disposition, disposition), _DISPOSITIONS)
    if not decided["hit"] or not verdict or not by or not reason:
        raise click.UsageError("a decision needs --decide ALERT, --disposition, --by and --reason")
    row = {name: str(decided[name] or "") for name in ("authority", "reference", "scope")}
    for name, day in (("from", decided["first"]), ("to", decided["last"])):
        row[name] = day.date().isoformat() if isinstance(day, datetime) else ""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    row |= {"verdict": verdict, "by": by, "reason": reason, "at": at}
    found = _asked(folder, question, quiet=as_json).found
    written = decide(folder, found, str(decided["hit"]), row)
    waits = still_open(found, written, found.against.on)
    if as_json:
        answer({**written, "second_reviewer_needed": waits})
    else:
        words = {name: written[name] for name in ("hit", "party", "by")} | {"verdict": said(verdict)}
        click.echo(said("Alert {hit} ({party}): {verdict}, by {by}.", **words))
        if waits:
            click.echo(
                said("It blocks until a second reviewer decides so, too: it is about an asset freeze.")
            )
    return 0


def _again(folder: Path, question: "Question", record: Path, *, as_json: bool) -> int:
    from dataclasses import replace

    from konvoi.cli.output import answer
    from konvoi.flow.sanctions.screening_records import again, read_record, settings_of

    before = read_record(record)
    same = replace(question, on=before.day, table=settings_of(before))
    answered = _asked(folder, same, quiet=as_json)
    differs = again(answered.found, before)
    if answered.what != before.what:
        raise click.UsageError(f"the record is of {before.what}; name the same file and role")
    if as_json:
        answer({"record": str(record), "same": not differs, "differs": list(differs)})
    elif differs:
        click.echo(said("It is another screening: {what} differ.", what=", ".join(differs)))
    else:
        click.echo(said("The same screening gives the same bytes."))
    return int(bool(differs))
