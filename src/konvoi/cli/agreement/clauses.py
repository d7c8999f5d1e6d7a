"""konvoi agreement clauses: clauses, terms, possible obligations, changes between versions."""

from datetime import datetime
from pathlib import Path
from textwrap import fill, indent
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, figure, said
from konvoi.cli.output import WIDTH, json_option
from konvoi.cli.view import as_of_option, reader_option
from konvoi.cli.workspace_argument import opened, paths_argument
from konvoi.kit.days import year_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from konvoi.flow.agreements.agreement import Agreement
    from konvoi.model.document import Reading
    from konvoi.model.finding import Finding

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_SHOWN = 40


@click.command("clauses")
@paths_argument
@click.option("--against", type=_FILE, metavar="OLD", help="An older version: show what changed since.")
@click.option("--by-clause", is_flag=True, help="Compare several texts clause by clause.")
@click.option("--on", type=_DAY, metavar="DAY", help="Of several versions, the one in force on a day.")
@click.option("--akn", type=_OUT, metavar="OUT.xml", help="Write the document as Akoma Ntoso 3.0.")
@click.option("--day", type=_DAY, metavar="DAY", help="The day of a document that is not signed, for --akn.")
@click.option(
    "--undertakings",
    type=_OUT,
    metavar="OUT.csv",
    help="Write promised sums as rows of the table undertakings, for you to decide on.",
)
@click.option(
    "--recipient",
    default="",
    metavar="PARTY",
    help="The recipient; default: that of the workspace, otherwise UA.",
)
@click.option("--over", is_flag=True, help="Let OUT replace a file that is there.")
@as_of_option
@reader_option()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    against: Path | None,
    by_clause: bool,
    on: datetime | None,
    akn: Path | None,
    day: datetime | None,
    undertakings: Path | None,
    recipient: str,
    over: bool,
    as_json: bool,
) -> None:
    """Read agreements: clauses, terms and possible obligations.

    PATH: agreements as DOCX, PDF with a text layer, Markdown or Akoma Ntoso, a folder of them, or a
    workspace; default: this folder. Obligations are proposed from the text; only those count that you enter
    in the table undertakings.

    \b
    Example:
      konvoi agreement clauses agreement.docx
      konvoi agreement clauses agreement-2.docx --against agreement-1.docx
      konvoi agreement clauses agreements/ --undertakings undertakings.csv
      konvoi agreement clauses agreements/ --by-clause
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell
    from konvoi.flow.agreements.read_agreements import (
        agreements,
        as_akoma,
        as_undertakings,
        by_clauses,
        changes,
        standing,
    )
    from konvoi.gateways.files import write

    watch = Watch(quiet=as_json)
    work = opened(paths)
    found, readings = agreements(work, recipient=recipient, stop=watch)
    if on:
        found = [standing(found, on.date(), work.settings.known_on)] if found else []
    one = _only(found) if akn or against else None
    changed = None
    if one and against:
        older, olds = agreements(opened((against,)), recipient=recipient, stop=watch)
        changed = changes(_only(older), one)
        readings = [*readings, *olds]
    if one and akn:
        write(akn, as_akoma(one, day=day.date() if day else None), over=over)
    if undertakings:
        write(undertakings, as_undertakings(found), over=over)
    watch.close()
    told = _of_texts(readings)
    tables = {"changes": changed, "sisters": by_clauses(found) if by_clause else None}
    if as_json:
        answer(_as_dict(found, tables, [finding.as_dict() for finding in told]))
    else:
        _print(found, **tables)
        tell(told, readings)
    ctx.exit(exit_code(told, refused=any(reading.refused for reading in readings)))


def _of_texts(readings: "Iterable[Reading]") -> "list[Finding]":
    """Return findings on texts; konvoi read reports a workspace's other documents, with all else."""
    texts = [reading for reading in readings if reading.refused or "clauses" in reading.tables]
    return [finding for reading in texts for finding in reading.findings]


def _only(found: "list[Agreement]") -> "Agreement":
    if len(found) != 1:
        raise click.UsageError(f"one framework document is wanted here, and {len(found)} were read; name one")
    return found[0]


def _as_dict(
    found: "list[Agreement]", tables: "Mapping[str, pl.DataFrame | None]", findings: list[dict[str, object]]
) -> dict[str, object]:
    rows = {name: table.to_dicts() if table is not None else None for name, table in tables.items()}
    return {"documents": [one.as_dict() for one in found], **rows, "findings": findings}


def _print(found: "list[Agreement]", changes: "pl.DataFrame | None", sisters: "pl.DataFrame | None") -> None:
    from konvoi.cli.agreement.parallel_clauses import side_by_side

    if sisters is not None:
        side_by_side(sisters)
    elif not found:
        click.echo(said("No framework document was read; name a DOCX, PDF, Markdown or Akoma Ntoso file."))
    elif changes is not None:
        _print_changes(found[0], changes)
    elif len(found) == 1:
        _print_one(found[0])
    else:
        _print_side_by_side(found)


def _print_one(one: "Agreement") -> None:
    """Print a document's name, its statements about itself, and the sums in its words."""
    from konvoi.cli.output import table
    from konvoi.model.clauses import counted

    clauses = counted(one.clauses)
    click.echo(f"{one.name}: {one.title}" if one.title else one.name)
    last = clauses["clause"][-1] if clauses.height else ""
    told = said(
        "{count} clause, the last {last}", "{count} clauses, the last {last}", clauses.height, last=last
    )
    signed = said("signed on {day}", day=one.signed) if one.signed else said("not signed")
    ends = said(", in force until {day} by its own terms", day=one.ends) if one.ends else ""
    click.echo(f"{told}; {signed}{ends}.")
    if one.terms:
        click.echo(said("Details stated in the document:"))
        rows = [[said(term.point), term.clause, _number(term.number), term.words] for term in one.terms]
        table([said(head) for head in ("point", "clause", "number", "words")], rows, right=(2,))
    if one.sums.height:
        click.echo(said("Amounts proposed from the text in brackets; to be decided by a reviewer:"))
    for row in one.sums.iter_rows(named=True):
        click.echo(_sum(row))
        click.echo(indent(fill(_highlighted(row), WIDTH - 4), "    "))


def _sum(row: "Mapping[str, object]") -> str:
    """A sum in one line: where, whose, how much, for when, and what the words weigh."""
    from konvoi.model.naming import localized

    reserved = row["reservation"] if isinstance(row["reservation"], list) else []
    part = said("part of {amount}", amount=_money(row["part_of"], row)) if row["part_of"] else ""
    years = year_span(row["from"], row["until"])
    what = " ".join(one for one in (str(row["party"] or ""), _amount(row), years, part) if one)
    force = localized("choice", str(row["force"]), code())
    subject = ", ".join(localized("choice", one, code()) for one in reserved)
    weighs = said("{force}, subject to {subject}", force=force, subject=subject) if subject else force
    return f"  {row['clause']}: {what}: {weighs}"


def _money(amount: object, row: "Mapping[str, object]") -> str:
    from konvoi.kit.money import to_major

    currency = str(row["currency"] or "")
    value = to_major(int(str(amount)), currency)
    return f"{figure(value.quantize(1) if value == value.to_integral_value() else value)} {currency}"


def _amount(row: "Mapping[str, object]") -> str:
    amount = row["amount"]
    bound = str(row["bound"] or "")
    if isinstance(amount, int):
        shown = _money(amount, row)
        shown = said("{amount} a year", amount=shown) if row["yearly"] else shown
    else:
        shown = said("{share} % of GDP a year", share=f"{row['share']:f}".rstrip("0").rstrip("."))
    return f"{said(bound)} {shown}" if bound else shown


def _highlighted(row: "Mapping[str, object]") -> str:
    """The sentence, with what speaks for its force, its reservation and its sum in square brackets."""
    text = str(row["sentence"])
    marks = row["marks"]
    for mark in reversed(marks if isinstance(marks, list) else []):
        start = mark["start"]
        end = mark["end"]
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _print_side_by_side(found: "list[Agreement]") -> None:
    from konvoi.cli.output import table

    one = "{count} framework document:"
    many = "{count} framework documents, by day of signature:"
    click.echo(said(one, many, len(found)))
    rows = [
        [
            agreement.name,
            str(agreement.signed or ""),
            str(agreement.ends or ""),
            *(_cell(agreement, point) for point in ("consultation", "review", "termination")),
            "; ".join(
                f"{_amount(row)} {year_span(row['from'], row['until'])}".strip()
                for row in agreement.promised.iter_rows(named=True)
            ),
        ]
        for agreement in found
    ]
    heads = (
        "document",
        "signed",
        "in force until",
        "consultation",
        "review",
        "termination",
        "seems to promise",
    )
    table([said(head) for head in heads], rows)


def _cell(one: "Agreement", point: str) -> str:
    """Return a document's term on a point: the number with its unit and the clause, a dash where there is
    none.
    """
    term = one.term(point)
    if term is None:
        return "–"
    if term.number is None:
        return term.clause
    return f"{said(_UNITS[point], number=term.number)}, {term.clause}"


_UNITS = {"consultation": "{number} h", "termination": "{number} months", "review": "{number} years"}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _print_changes(one: "Agreement", changed: "pl.DataFrame") -> None:
    from konvoi.accord.compare import CHANGED
    from konvoi.cli.output import cut, table

    counts = dict(changed["change"].value_counts().sort("change").iter_rows())
    told = ", ".join(f"{number} {said(change)}" for change, number in counts.items())
    click.echo(said("{name}: {changes}.", name=one.name, changes=told or said("nothing changed")))
    rows = [
        [
            said(str(row["change"])),
            row["before"] or "",
            row["after"] or "",
            _words(row["words"]) if row["change"] == CHANGED else row["new"] or row["old"] or "",
        ]
        for row in changed.head(_SHOWN).iter_rows(named=True)
    ]
    if rows:
        table([said(head) for head in ("change", "before", "after", "words")], rows)
        cut(len(rows), changed.height)


def _words(parts: "list[dict[str, str]]") -> str:
    """Words in turn: what is gone in [-…-], what is new in {+…+}."""
    shown = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return " ".join(shown[part["sign"]].format(part["text"]) for part in parts)
