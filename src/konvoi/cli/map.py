"""konvoi map: how a partner's own file is read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option

if TYPE_CHECKING:
    from konvoi.intake.mapping import TableMapping
    from konvoi.intake.mapping_proposal import Proposal

_SHOWN = 8


@click.command("map")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--from", "party", default="", help="Id of the party whose files are read so, such as PL.")
@click.option(
    "--dir",
    "folder",
    default=".",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The workspace; default: this folder.",
)
@click.option("--table", default="", metavar="TABLE", help="Table that the file fills; default: proposed.")
@click.option("--sheet", default="", metavar="SHEET", help="Sheet, or path of the list in JSON.")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Value of a column for every row, such as kind=energy; may be repeated.",
)
@click.option(
    "--mapping",
    "edited",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take this mapping.toml instead of a proposal.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the mapping to this file, to edit."
)
@click.option("--over", is_flag=True, help="Let --out replace a file that is there.")
@click.option("--keep", is_flag=True, help="Keep the mapping for the sender without asking.")
@json_option
def command(
    *,
    path: Path,
    party: str,
    folder: Path,
    table: str,
    sheet: str,
    given: tuple[str, ...],
    edited: Path | None,
    out: Path | None,
    over: bool,
    keep: bool,
    as_json: bool,
) -> None:
    """Map the columns of a partner's own file.

    Proposes from headings, HXL tags and values which column of a CSV, XLSX, XLS, ODS or JSON file fills which
    column of Konvoi, with words, units and separators, and shows the first five rows as they would be read.
    Rows that state packages and their items fill both tables. What remains to be stated is marked "?": state
    it with --set, or edit the file of --out and pass it with --mapping. The mapping is needed once: it is
    stored in mappings.toml, and konvoi add applies it to every later file of this sender with the same
    headings.

    \b
    Example:
      konvoi map tracker.csv --from NO --set kind=energy
      konvoi map tracker.csv --out mapping.toml
      konvoi map tracker.csv --from NO --mapping mapping.toml --keep
    """
    from konvoi.cli.output import answer
    from konvoi.flow.submissions.map_file import mapping_text
    from konvoi.flow.workspace import is_workspace
    from konvoi.gateways.files import write
    from konvoi.model.party import party_id

    follow([folder])
    sender = party_id(party) or party
    found = _found(path, table, sheet, {**({"party": sender} if sender else {}), **_given(given)}, edited)
    if out is not None:
        write(out, mapping_text(found.mappings).encode(), over=over)
    still = found.open()
    if not as_json:
        _tell(found, path, out)
    kept = False
    if sender and not still and is_workspace(folder):
        kept = keep or (not as_json and _confirmed(sender))
    if kept:
        _keep(folder, sender, found)
    if as_json:
        answer(_as_dict(found, path, out, kept=kept))
        return
    _next(sender, path, still, folder, kept=kept)


def _found(path: Path, table: str, sheet: str, given: Mapping[str, str], edited: Path | None) -> "Proposal":
    """Return the proposal, or the mappings of a file, with the first rows that they read."""
    from konvoi.flow.submissions.map_file import mapping_file, proposed_mapping, tried_mappings
    from konvoi.model.sheet_names import table_of

    wanted = table_of(table) if table else None
    if table and wanted is None:
        raise click.UsageError(f"--table {table}: not a table; konvoi table --list names them")
    if edited is None:
        return proposed_mapping(path, table=wanted.name if wanted else "", sheet=sheet, given=given)
    return tried_mappings(path, [_stated(mapping, given) for mapping in mapping_file(edited)])


def _stated(mapping: "TableMapping", given: Mapping[str, str]) -> "TableMapping":
    """Return a mapping with the constants that a person states for columns that it does not fill."""
    from konvoi.model.tables import BY_NAME

    names = {column.name for column in BY_NAME[mapping.table].columns}
    more = {name: value for name, value in given.items() if name in names and name not in mapping.columns}
    stated = {**more, **{k: v for k, v in mapping.constants.items() if v != "?" or k not in more}}
    return replace(mapping, constants=stated)


def _given(texts: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and value):
            raise click.UsageError(f"--set {text}: not of the form COLUMN=VALUE")
        found[name] = value
    return found


def _confirmed(sender: str) -> bool:
    """Return True if the person at the terminal accepts the mapping; nobody is asked elsewhere."""
    import sys

    if not sys.stdin.isatty():
        return False
    return click.confirm(said("Keep this mapping for files of {party}?", party=sender))


def _keep(folder: Path, sender: str, found: "Proposal") -> None:
    from konvoi.flow.submissions.map_file import keep_mappings

    now = datetime.now(UTC).isoformat(timespec="seconds")
    keep_mappings(folder, sender, found.mappings, at=now)


def _tell(found: "Proposal", path: Path, out: Path | None) -> None:
    """Print the mapping of each table, its open points, and the first rows as they would be read."""
    used = {heading for mapping in found.mappings for heading in mapping.headings}
    for one in (found, *found.others):
        _tell_one(one, path)
    others = [name for name in found.mapping.ignored if name not in used]
    if others:
        click.echo(said("Not imported: {columns}", columns=", ".join(others)))
    if out is not None:
        click.echo(str(out))


def _tell_one(found: "Proposal", path: Path) -> None:
    from konvoi.cli.output import table

    mapping = found.mapping
    where = f" ({mapping.sheet})" if mapping.sheet else ""
    rows = said("{count} row", "{count} rows", found.rows)
    file = f"{path.name}{where}"
    click.echo(said("{file}: read as {table}, {rows}", file=file, table=mapping.table, rows=rows))
    pairs = [[name, heading] for name, heading in mapping.columns.items()]
    pairs += [[name, f"= {value}"] for name, value in mapping.constants.items()]
    if mapping.reference:
        pairs.append([found.names[-1], said("made of: {columns}", columns=", ".join(mapping.reference))])
    table([said("column"), said("from")], pairs)
    for column, words in mapping.words.items():
        listed = "; ".join(f"{their} → {ours}" for their, ours in words.items())
        click.echo(f"  {column}: {listed}")
    for name, times in mapping.times.items():
        click.echo("  " + said("{column}: numbers count {times} times", column=name, times=times))
    click.echo(said("First rows as they would be read:"))
    table(list(found.names[:_SHOWN]), [list(row[:_SHOWN]) for row in found.sample])


def _next(sender: str, path: Path, still: tuple[str, ...], folder: Path, *, kept: bool) -> None:
    """Print what is still to be stated, or the command that comes next."""
    from konvoi.flow.workspace import is_workspace

    where = "" if folder == Path() else f" --dir {folder}"
    if still:
        text = "Still to be stated: {columns}. Example: --set {first}=VALUE, or edit the file of --out."
        click.echo(said(text, columns=", ".join(still), first=still[0]))
    elif kept:
        click.echo(said("Kept. Next: konvoi add {file} --from {party}", file=path, party=f"{sender}{where}"))
    elif not sender or not is_workspace(folder):
        click.echo(said("To keep it: konvoi map {file} --from PARTY --dir WORKSPACE --keep", file=path))
    else:
        click.echo(said("Not kept. To keep it, repeat the command with --keep."))


def _as_dict(found: "Proposal", path: Path, out: Path | None, *, kept: bool) -> dict[str, object]:
    return {
        "file": str(path),
        **_of_table(found),
        "others": [_of_table(one) for one in found.others],
        "out": str(out) if out else None,
        "kept": kept,
    }


def _of_table(found: "Proposal") -> dict[str, object]:
    mapping = found.mapping
    return {
        "mapping": {
            "table": mapping.table,
            "sheet": mapping.sheet,
            "columns": dict(mapping.columns),
            "constants": dict(mapping.constants),
            "words": {column: dict(words) for column, words in mapping.words.items()},
            "times": dict(mapping.times),
            "reference": list(mapping.reference),
            "ignored": list(mapping.ignored),
            "separator": mapping.separator,
            "decimal": mapping.decimal,
            "day_order": mapping.day_order,
            "distinct": mapping.distinct,
        },
        "open": list(mapping.open()),
        "rows": found.rows,
        "columns": list(found.names),
        "sample": [list(row) for row in found.sample],
    }
