"""konvoi sanctions lists: the sanctions lists of a workspace, their age and their findings."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import folder_option

if TYPE_CHECKING:
    from konvoi.align.list_status import Standing
    from konvoi.flow.sanctions.lists import Lists

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("lists")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE]...")
@click.option("--of", "regime", default="", metavar="REGIME", help="Whose list FILE… is: uk, eu, us, …")
@click.option("--day", type=_DAY, metavar="DAY", help="The day of the list, where it states none itself.")
@click.option("--release", "held", default="", metavar="REGIME", help="Release a list that is on hold.")
@click.option("--by", default="", help="Who releases it.")
@click.option("--reason", default="", help="Why the list is valid although it is short.")
@click.option(
    "--as-of",
    "--on",
    "on",
    type=_DAY,
    metavar="DAY",
    help="The as-of day; default: that of the workspace.",
)
@folder_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    regime: str,
    day: datetime | None,
    held: str,
    by: str,
    reason: str,
    on: datetime | None,
    folder: Path,
    as_json: bool,
) -> None:
    """List sanctions lists with their age; import and release lists.

    With FILE… one list of one day is imported: read, stored below lists/ and recorded in its manifest. A list
    with more than a tenth fewer persons, entities or ships than the last valid one is put on hold, and the
    last valid one stays in force, until a person releases the new one with a reason.

    \b
    Example:
      konvoi sanctions lists ConList.xlsx --of uk
      konvoi sanctions lists sdn.csv alt.csv add.csv --of us --day 2026-11-24
      konvoi sanctions lists --on 2026-11-26
      konvoi sanctions lists --release uk --day 2026-11-24 --by "M. Example" --reason "delisting"
    """
    follow([folder])
    if held and paths:
        raise click.UsageError("take a list in, or release one; not both at once")
    if held:
        _release(folder, held, _date(day), by=by, reason=reason, as_json=as_json)
    elif paths:
        ctx.exit(_take(folder, paths, regime, _date(day), as_json=as_json))
    else:
        ctx.exit(_tell(folder, _date(on), as_json=as_json))


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None


def _regime(option: str, name: str) -> str:
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.lists import NAMES

    return word(option, name.lower(), NAMES)


def _release(folder: Path, regime: str, day: date | None, *, by: str, reason: str, as_json: bool) -> None:
    from konvoi.cli.output import answer
    from konvoi.flow.sanctions.list_taking import release

    if day is None or not by.strip() or not reason.strip():
        raise click.UsageError("a release needs --day of the list, --by and --reason")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    row = release(folder, _regime("--release", regime), day, by=by, at=at, reason=reason)
    if not as_json:
        click.echo(said("The list of {regime} of {day} is in force, released by {by}.", **row))
    again = _again(folder, "imported", quiet=as_json)
    if as_json:
        answer(row | again)


def _take(folder: Path, paths: tuple[Path, ...], regime: str, day: date | None, *, as_json: bool) -> int:
    from konvoi.cli.output import answer, counts, exit_code, tell
    from konvoi.flow.sanctions.list_taking import take_in

    if not regime:
        raise click.UsageError("say whose list it is with --of, such as --of uk")
    taken = take_in(
        folder, paths, _regime("--of", regime), day, at=datetime.now(UTC).isoformat(timespec="seconds")
    )
    findings = (*taken.held, *taken.reading.findings)
    listings = taken.reading.tables["listings"].height if taken.reading.tables else 0
    snapshot = taken.snapshot
    if as_json:
        of = None if snapshot.day == date.min else snapshot.day.isoformat()
        known = {"outcome": taken.outcome, "regime": snapshot.regime, "day": of}
        told = {"files": dict(snapshot.files), "listings": listings, "facts": dict(taken.reading.facts)}
        again = _again(folder, taken.outcome, quiet=True)
        answer(known | told | again | {"findings": [one.as_dict() for one in findings]})
    else:
        count = said("{count} listing", "{count} listings", listings)
        of = "–" if snapshot.day == date.min else snapshot.day.isoformat()
        where = {"regime": snapshot.regime, "day": of, "outcome": said(taken.outcome)}
        click.echo(said("The list of {regime} of {day}: {outcome}, {listings}.", **where, listings=count))
        click.echo(counts(list(findings)))
        tell(list(findings))
        _again(folder, taken.outcome, quiet=False)
    return exit_code(findings, refused=taken.reading.refused)


def _again(folder: Path, outcome: str, *, quiet: bool) -> dict[str, object]:
    """A list that was imported screens all parties of the workspace and its open plans again."""
    from konvoi.cli.output import Watch
    from konvoi.cli.sanctions.screen_output import as_document, told
    from konvoi.flow.sanctions.screen import Question, screen
    from konvoi.flow.sanctions.screening_records import recorded
    from konvoi.flow.workspace import is_workspace

    if outcome != "imported" or not is_workspace(folder):
        return {}
    watch = Watch(quiet=quiet)
    answered = screen(folder, Question(), stop=watch)
    watch.close()
    kept = recorded(folder, answered.found, by="konvoi sanctions lists", what=answered.what)
    if not quiet:
        told(answered, brief=True)
    return {"screened": as_document(answered, kept.path)}


def _tell(folder: Path, on: date | None, *, as_json: bool) -> int:
    from konvoi.cli.output import Watch, answer, counts, exit_code, tell
    from konvoi.flow.sanctions.lists import lists

    watch = Watch(quiet=as_json)
    found = lists(folder, on=on, stop=watch)
    watch.close()
    if as_json:
        answer(_as_dict(found))
    else:
        _print(found)
        click.echo(counts(list(found.findings)))
        tell(list(found.findings))
    return exit_code(found.findings)


def _print(found: "Lists") -> None:
    from konvoi.cli.output import table

    height = said("{count} listing", "{count} listings", found.frames.listings.height)
    click.echo(said("On {day}, {listings} in force.", day=found.on, listings=height))
    heads = ("regime", "day", "days old", "listings", "state", "released by")
    rows = [_row(one, found) for one in found.standings]
    table([said(head) for head in heads], rows, right=(2, 3))


def _row(one: "Standing", found: "Lists") -> list[str]:
    return [
        one.taken.snapshot.regime,
        one.taken.day.isoformat(),
        figure((found.on - one.taken.day).days),
        figure(_listings(one)),
        said(one.state.value),
        one.release.by if one.release else "",
    ]


def _listings(one: "Standing") -> int:
    """Return the number of listings in a list: the sum over its kinds."""
    return sum(count for what, count in one.taken.counts.items() if not what.startswith("list "))


def _as_dict(found: "Lists") -> dict[str, object]:
    from konvoi.flow.sanctions.list_reader import FIRST, LAST

    told = []
    for one in found.standings:
        snapshot = one.taken.snapshot
        facts = found.readings[one.taken.snapshot.id].facts
        age = (found.on - one.taken.day).days
        told.append(
            {
                "id": snapshot.id,
                "regime": snapshot.regime,
                "day": one.taken.day.isoformat(),
                "age": age,
                "old": age > found.most,
                "state": one.state.value,
                "counts": dict(one.taken.counts),
                "falls": [{"what": f.what, "before": f.before, "now": f.now} for f in one.falls],
                "release": vars(one.release) if one.release else None,
                "speaks": {"from": facts.get(FIRST), "to": facts.get(LAST)},
                "files": dict(snapshot.files),
                "facts": dict(facts),
            }
        )
    findings = [one.as_dict() for one in found.findings]
    known = {"on": found.on.isoformat(), "listings": found.frames.listings.height, "lists": told}
    return known | {"findings": findings}
