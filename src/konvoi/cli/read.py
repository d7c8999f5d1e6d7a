"""konvoi read: what is understood of a file, and what is wrong with it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import reader_option
from konvoi.cli.workspace_argument import opened, paths_argument, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konvoi.cli.output import Watch
    from konvoi.flow.workspace import Workspace
    from konvoi.model.document import Reading
    from konvoi.model.finding import Finding


@click.command("read")
@paths_argument
@click.option("--from", "party", default="", help="The party that submitted it.")
@click.option(
    "--mark",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.xlsx",
    help="Write the workbook again, with its findings marked.",
)
@click.option(
    "--validate", is_flag=True, help="Check IATI files of 50 MB and more against the standard, too."
)
@click.option("--over", is_flag=True, help="Let OUT.xlsx replace a file that is there.")
@reader_option()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    party: str,
    out: Path | None,
    over: bool,
    validate: bool,
    as_json: bool,
) -> None:
    """Check files and list every finding; nothing is imported.

    PATH: files, folders or a workspace; default: this folder.

    Each finding has its place and a remedy. With --mark the sender's own workbook is written again with its
    findings: red cells, notes, and a sheet of findings with links to each cell. Everything else is unchanged,
    and the marks are ignored when it is read again.

    \b
    Example:
      konvoi read submissions/PL/list.xlsx
      konvoi read activities.xml --json
      konvoi read list.xlsx --mark list-marked.xlsx
    """
    from konvoi.cli.output import Watch, exit_code
    from konvoi.flow.merge_submissions import in_force
    from konvoi.flow.parse_documents import understand
    from konvoi.flow.workspace import is_workspace

    paths = paths or (Path(),)
    if paths == (Path(),) and not is_workspace(Path()):
        # Whatever lies in a folder that is no workspace is read only where it is named.
        raise click.UsageError("No path is given: name files, a folder of them, or a workspace.")
    watch = Watch(quiet=as_json)
    work, large = _pointed(paths, out, party=party, validate=validate, watch=watch)
    if not work.view.is_cell:
        ctx.exit(_read_as(work, large, marked=out is not None, as_json=as_json))
    readings = understand(work.documents, settings=work.settings, stop=watch)
    aside = understand(work.withdrawn, settings=work.settings)
    together = in_force(readings, work.settings, aside)
    across = _across(work, readings, together, aside)
    readings = [*_together(readings, together), *large.values()]
    findings = [*across, *_own(readings if work.folder is None else large.values())]
    if out is not None:
        from konvoi.flow.submissions.mark_workbook import mark
        from konvoi.gateways.files import write

        told = [finding for finding in findings if finding.place.file == readings[0].document]
        content = mark(work.documents[0], readings[0], told, settings=work.settings, stop=watch)
        write(out, content, over=over)
    watch.close()
    _report(readings, findings, as_json=as_json)
    ctx.exit(exit_code(findings, refused=any(reading.refused for reading in readings)))


def _read_as(work: "Workspace", large: "Mapping[Path, Reading]", *, marked: bool, as_json: bool) -> int:
    """Print the part of documents that a reader other than the coordination cell may see; return the exit
    code.
    """
    from konvoi.cli.output import exit_code
    from konvoi.flow.load_workspace import gathering

    if marked or large:
        raise click.UsageError("--mark and files that are read in parts are for the coordination cell alone")
    gathered = gathering(work)
    _report(list(gathered.readings), list(gathered.findings), as_json=as_json)
    return exit_code(gathered.findings, refused=bool(gathered.refused))


def _report(readings: "list[Reading]", findings: "list[Finding]", *, as_json: bool) -> None:
    from konvoi.cli.output import answer, counts, tell

    if as_json:
        answer(
            {
                "documents": [_as_dict(reading) for reading in readings],
                "findings": [finding.as_dict() for finding in findings],
            }
        )
        return
    for reading in readings:
        click.echo(_line(reading))
    documents = said("{count} document", "{count} documents", len(readings))
    click.echo(f"{documents}, {counts(findings)}")
    tell(findings, readings)


def _pointed(
    paths: tuple[Path, ...], out: Path | None, *, party: str, validate: bool, watch: "Watch"
) -> "tuple[Workspace, dict[Path, Reading]]":
    """Return the workspace that is read as a whole, and the readings of files that are too large for that."""
    from konvoi.flow.submissions.survey import beside, surveyed

    if out is not None:
        workbook(out)
    follow(paths)
    large = surveyed(paths, party=party, validate=validate, stop=watch)
    work = beside(paths, large, party=party) if large else opened(paths, party=party)
    if out is not None and len(work.documents) != 1:
        raise click.UsageError("--mark marks one workbook; name one")
    return work, large


def _across(
    work: "Workspace", readings: "list[Reading]", joined: "list[Reading]", aside: "list[Reading]"
) -> "tuple[Finding, ...]":
    """Return the contradictions between documents; of a workspace all that show once they are related."""
    from konvoi.flow.load_workspace import gathered_readings
    from konvoi.flow.parse_documents import checked

    if work.folder is not None:
        return gathered_readings(readings, aside, work).findings
    return (*work.findings, *checked(joined, work.settings))


def _own(readings: "Iterable[Reading]") -> "list[Finding]":
    return [finding for reading in readings for finding in reading.findings]


def _line(reading: "Reading") -> str:
    """One document in one line: what it is and how much of it was understood."""
    from konvoi.model.naming import localized

    if reading.refused:
        return f"{reading.document}: {said('refused')}"
    counted = [
        (rows, _sheet(reading, name) or localized("table", name, code()).replace("_", " "))
        for name, rows in _tables(reading).items()
        if rows
    ]
    tables = ", ".join(
        said("{table}: {rows}", rows=rows, table=name[:1].upper() + name[1:]) for rows, name in counted
    )
    entries = said("{count} entry", "{count} entries", _rows(reading, "entries"))
    return f"{reading.document}: {reading.format}, {entries}{'; ' if tables else ''}{tables}"


_WITH_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


def _sheet(reading: "Reading", name: str) -> str:
    """Return the name that the one sheet of a table's rows has in the document; empty for none or several.

    Only workbooks have sheets; in other documents it is the path of an element.
    """
    rows = reading.tables.get(name)
    if (
        rows is None
        or Path(reading.document).suffix.lower() not in _WITH_SHEETS
        or "_sheet" not in rows.columns
    ):
        return ""
    sheets = rows["_sheet"].unique().drop_nulls().to_list()
    return str(sheets[0]) if len(sheets) == 1 else ""


def _as_dict(reading: "Reading") -> dict[str, object]:
    return {
        "document": reading.document,
        "digest": reading.digest,
        "format": reading.format,
        "party": reading.party,
        "refused": reading.refused,
        "boundary": reading.boundary,
        "currency": reading.currency,
        "facts": dict(sorted(reading.facts.items())),
        "entries": _rows(reading, "entries"),
        "relations": _rows(reading, "relations"),
        "claims": reading.claims.height,
        "tables": _tables(reading),
        "findings": [finding.as_dict() for finding in reading.findings],
    }


def _together(readings: "list[Reading]", joined: "list[Reading]") -> "list[Reading]":
    """Documents as they are read together: what one names another may hold; one alone as it is read."""
    by_name = {one.document: one for one in joined} if len(readings) > 1 else {}
    return [by_name.get(one.document, one) for one in readings]


def _rows(reading: "Reading", name: str) -> int:
    """Return the number of entries or relations; of a file that was not held its own count."""
    counted = reading.facts.get(name, "") if "streamed" in reading.facts else ""
    return int(counted) if counted else len(getattr(reading, name))


def _tables(reading: "Reading") -> dict[str, int]:
    """Return the number of rows of each table."""
    if "streamed" not in reading.facts:
        return {name: rows.height for name, rows in sorted(reading.tables.items())}
    ahead = "rows of "
    counted = sorted(reading.facts.items())
    return {name.removeprefix(ahead): int(rows) for name, rows in counted if name.startswith(ahead)}
