"""konvoi add: import what a partner submits, as it came."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, follow, said
from konvoi.cli.output import json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konvoi.flow.ledger.exposure_preview import Preview
    from konvoi.flow.ledger.preview import Effect
    from konvoi.flow.submissions.changes import Change
    from konvoi.flow.submissions.import_submission import Taken

_SHOWN = 20


@click.command("add")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH..."
)
@click.option("--from", "party", required=True, help="Id of the party that submits it, such as PL.")
@click.option(
    "--dir",
    "folder",
    default=".",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The workspace; default: this folder.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Show what would change; store nothing.")
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar='"SHEET"=TABLE',
    help="Read a sheet of another name as a table; stored in konvoi.toml under [sheets]. May be repeated.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    party: str,
    folder: Path,
    dry: bool,
    sheets: tuple[str, ...],
    as_json: bool,
) -> None:
    """Import submissions of a partner and show what they change.

    PATH: files or folders. The same file twice changes nothing. A file that cannot be read is not imported. A
    file of a known name with other content is kept beside the former one under a new name; state what it
    supersedes on its first sheet or in konvoi.toml. A withdrawn file is in force again once it is added
    again.

    A sheet or CSV file whose name contains that of one table, such as LT packages.csv, is read as that table,
    with a warning; where several are possible, a finding proposes the table and nothing is read. --sheet
    accepts the proposal for this file, also if it was added before, and for all later ones.

    The output lists the changes in the statements of this party, by its own references: new, changed (field
    by field, old → new), unchanged, withdrawn, not in force, refused; the totals that change, by statements
    and by matching; and every finding that the files cause, also in documents of others.

    For rows with the count mode `in total, not named` or `band only` it lists what the public and each
    partner could infer: from the figures released so far (now), and if these were released with the rows.

    \b
    Example:
      konvoi add list.xlsx --from PL --dry-run
      konvoi add list.xlsx --from PL
      konvoi add tables --from PL
      konvoi add list.xlsx --from PL --sheet "Packages 2026"=packages
    """
    from konvoi.cli.output import answer, counts, exit_code, tell
    from konvoi.flow.ledger.preview import total_effect
    from konvoi.flow.submissions.import_submission import take

    follow([folder])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    taken = take(list(paths), party=party, folder=folder, dry=dry, sheets=sheets, at=now)
    findings = taken.findings
    if as_json:
        elsewhere = [finding.as_dict() for finding in taken.elsewhere]
        effects = {"effects": [one.as_dict() for one in taken.effects], **total_effect(taken.effects)}
        exposures = [one.as_dict() for one in taken.exposures]
        files = [one.as_dict() for one in taken.files]
        answer({"files": files, "findings": elsewhere, **effects, "exposures": exposures})
    else:
        for one in taken.files:
            _tell(one, dry=dry)
        for effect in (one for one in taken.effects if one.differs):
            click.echo(_effect(effect))
            if effect.lowest != effect.highest:
                bounds = {"low": figure(effect.lowest), "high": figure(effect.highest)}
                text = "Range by open duplicate candidates and conflicts: {low} to {high}"
                click.echo(f"  {said(text, **bounds)}")
        _tell_exposures(taken.exposures)
        click.echo(counts(findings))
        tell(findings, [one.reading for one in taken.files])
    ctx.exit(exit_code(findings, refused=any(one.outcome == "refused" for one in taken.files)))


def _tell(one: "Taken", *, dry: bool) -> None:
    """One file: what becomes of it, how many records have which outcome, and what changes."""
    from konvoi.cli.output import cut
    from konvoi.flow.submissions.changes import counted

    would = {"imported": "would be imported", "brought back": "would be brought back"} if dry else {}
    outcome = said(would.get(one.outcome, one.outcome))
    entries = _said_in(one)
    numbers = ", ".join(
        f"{figure(count)} {said(name)}" for name, count in counted(one.changes).items() if count
    )
    click.echo(f"{one.name}: {outcome}; {entries}{'; ' if numbers else ''}{numbers}")
    shown = [change for change in one.changes if change.outcome not in ("new", "unchanged")]
    for change in shown[:_SHOWN]:
        click.echo(f"  {_line(change)}")
    cut(_SHOWN, len(shown))


def _effect(one: "Effect") -> str:
    """One total before and after, with what statements and what matching changes of it."""
    name = said(one.stage) if one.what == "amount" else f"{one.good}, {said(one.stage)}"
    words = {"name": name, "unit": one.unit} | {
        key: "–" if value is None else figure(value)
        for key, value in (("before", one.before), ("after", one.after), ("statements", one.statements))
    }
    if one.before is None:
        return said("Total {name}: {unknown} → {unit} {after}", **words, unknown=_unknown(one))
    if one.after is None:
        return said("Total {name}: {unit} {before} → {after}", **{**words, "after": _unknown(one)})
    if not one.matching:
        return said("Total {name}: {unit} {before} → {after}", **words)
    words["matching"] = figure(one.matching)
    return said(
        "Total {name}: {unit} {before} → {after} (statements {statements}, matching {matching})", **words
    )


def _unknown(one: "Effect") -> str:
    """Return that a total is not known, with the reason."""
    from konvoi.ledger.parts import UNLIKE

    reason = said(one.why, **one.why_values)
    return reason if one.why == UNLIKE else said("not known: {reason}", reason=reason)


def _tell_exposures(previews: "Sequence[Preview]") -> None:
    """Print the ranges that readers could infer for records that count without being named, now and with
    them.
    """
    from konvoi.cli.output import cut, table
    from konvoi.cli.total_rows import ends_text

    if not previews:
        return
    click.echo(said("Confidential contributions: what readers could infer from released figures"))
    rows = []
    for one in previews[:_SHOWN]:
        then = f"{ends_text(one.then)} {one.unit}".strip()
        readers = ", ".join(said(reader) for reader in one.readers)
        rows.append([one.record, readers, ends_text(one.now), then, said("refused") if one.refused else ""])
    heads = ("contribution", "reader", "now", "if released with it", "release")
    table([said(head) for head in heads], rows, right=(2, 3))
    cut(len(rows), len(previews))


def _said_in(one: "Taken") -> str:
    """Return the number of entries in a file; of a file with answers, the number answered and still open."""
    if one.answers is None:
        return said("{count} entry", "{count} entries", one.reading.entries.height)
    taken = said("{count} question answered", "{count} questions answered", one.answers.get("taken", 0))
    return f"{taken}, {said('{count} stays open', '{count} stay open', one.open)}"


def _line(change: "Change") -> str:
    """One record with its fields, old → new."""
    place = f" ({said('Row {row}', row=change.row)})" if change.row and change.outcome == "refused" else ""
    from konvoi.flow.submissions.changes import value_text as shown

    fields = "; ".join(
        f"{name} {shown(old) or '–'} → {shown(new) or '–'}" for name, (old, new) in change.fields.items()
    )
    name = f"{change.table} {change.reference}".strip()
    return f"{name}{place}: {fields or said(change.outcome)}"
