"""konvoi agreement positions: what parties say to the clauses of a draft, and sister texts side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konvoi.flow.agreements.positions import Document, Positions

    Row = Mapping[str, object]

_SHOWN = 40
_WIDE = 12
_SIGNS = {
    "accept": "+",
    "accept with reserve": "r",
    "scrutiny reserve": "s",
    "ad referendum": "a",
    "amend": "Δ",
    "support": "=",
    "reject": "×",
}
_SILENT = "·"
_LIFTED = "(+)"
_UNSTATED = "?"
_UNREADABLE = "!"


@click.command("positions")
@click.argument("document", default="", metavar="[DOC]")
@paths_argument
@click.option(
    "--round", "number", default="", metavar="N", help="A round by its number or id; else the last."
)
@click.option("--of", "party", default="", help="Only those of one party, by its id or name.")
@click.option("--open", "only_open", is_flag=True, help="Only clauses that are not agreed.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    document: str,
    paths: tuple[Path, ...],
    number: str,
    party: str,
    only_open: bool,
    as_json: bool,
) -> None:
    """Show the positions of parties on each clause of a text.

    DOC: the id of a document under negotiation, or of a declaration: then the texts made under it are
    compared. Without DOC all are shown. Where a silence procedure applies, a party that states nothing by the
    deadline accepts, which is shown separately.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi agreement positions PACT
      konvoi agreement positions PACT --round 1 --of PL
      konvoi agreement positions PACT --open --as-of 2031-03-01
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell, tell_errors
    from konvoi.flow.agreements.positions import Asked, positions
    from konvoi.flow.today import UNDATED

    document, paths = _meant(document, paths)
    work = opened(paths)
    watch = Watch(quiet=as_json)
    asked = Asked(document, number, party, only_open)
    found = positions(work, asked, stop=watch)
    watch.close()
    told = found.gathered.findings
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell([one for one in told if one.code == UNDATED])
        tell_errors(told, found.gathered.readings)
    ctx.exit(exit_code(told, refused=bool(found.gathered.refused)))


def _meant(document: str, paths: tuple[Path, ...]) -> tuple[str, tuple[Path, ...]]:
    """A first word that is a file or a folder is a PATH."""
    return ("", (Path(document), *paths)) if document and Path(document).exists() else (document, paths)


def _print(found: "Positions") -> None:
    import polars as pl

    from konvoi.cli.agreement.parallel_clauses import side_by_side

    if not found.documents and found.sisters.is_empty():
        click.echo(
            said("No rounds or parallel agreements submitted. Fill the tables “rounds” and “positions”.")
        )
    for one in found.documents:
        _print_document(one, found)
    for under in found.sisters["under"].unique(maintain_order=True):
        rows = found.sisters.filter(pl.col("under") == under)
        click.echo(
            said(
                "{count} text under {under}, clause by clause:",
                "{count} texts under {under}, clause by clause:",
                rows["document"].n_unique(),
                under=under,
            )
        )
        side_by_side(rows)


def _print_document(one: "Document", found: "Positions") -> None:
    """A document's round: its state in a sentence, what is open, then the matrix."""
    counts = one.counts()
    asked = one.round
    click.echo(f"{one.document}: {one.title}" if one.title else one.document)
    click.echo(
        said(
            "Round {number} of {rounds}, deadline {deadline}; {rule}. As of {day}:",
            number=asked.number,
            rounds=len(one.rounds),
            deadline=asked.deadline,
            rule=said("silence accepts") if asked.silence_accepts else said("silence says nothing"),
            day=found.day,
        )
    )
    click.echo(
        said(
            "{settled}, {open}, {waiting}.",
            settled=said("{count} clause settled", "{count} clauses settled", counts["settled"]),
            open=said("{count} clause open", "{count} clauses open", counts["open"]),
            waiting=said(
                "{count} clause awaits positions",
                "{count} clauses await positions",
                counts["not all have spoken"],
            ),
        )
    )
    _print_unheard(one)
    _print_open(one)
    _print_best(one)
    _print_matrix(one)


def _print_unheard(one: "Document") -> None:
    """Positions that could not be read, with their places."""
    for missed in one.said.unheard:
        row = missed.row
        click.echo(
            said(
                "Not readable, so nothing is accepted there: {party}, clause {clause} ({file}, row {row}).",
                party=missed.party or "?",
                clause=missed.clause or "?",
                file=row["_file"],
                row=str(row["_row"]),
            )
        )


def _print_open(one: "Document") -> None:
    """Print the parties that hold clauses open, since when, and until when each is to be lifted."""
    import polars as pl

    from konvoi.cli.i18n import code
    from konvoi.cli.output import cut, table
    from konvoi.kit.text import shown
    from konvoi.model.naming import localized

    rows = one.cells.filter(pl.col("open")).to_dicts()
    if not rows:
        return
    heads = [said(head) for head in ("clause", "party", "says", "since", "to be lifted", "words")]
    table(
        heads,
        [
            [
                str(row["clause"]),
                str(row["party"]),
                " ".join(
                    part
                    for part in (localized("choice", str(row["stance"]), code()), str(row["amendment"] or ""))
                    if part
                ),
                str(row["since"] or "–"),
                _lifts(row),
                shown(str(row["words"] or ""), 160),
            ]
            for row in rows[:_SHOWN]
        ],
    )
    cut(min(len(rows), _SHOWN), len(rows))


def _lifts(row: "Row") -> str:
    if row["lifts"] is None:
        return ""
    late = row["late"]
    if not isinstance(late, int):
        return str(row["lifts"])
    return said("{day}, {late} day ago", "{day}, {late} days ago", late, day=row["lifts"], late=late)


def _print_best(one: "Document") -> None:
    """The amendments that bring their clauses nearer."""
    for clause, changes in one.tabled.items():
        best = changes[0]
        if best.nearer <= 0 or clause not in set(one.clauses["clause"]):
            continue
        click.echo(
            said(
                "{clause}: {amendment} ({party}) would resolve {closes} and reopen {opens}; no "
                "position stated: {unsaid}.",
                clause=clause,
                amendment=best.amendment.position,
                party=best.amendment.party,
                closes=len(best.closes),
                opens=len(best.opens),
                unsaid=len(best.unsaid),
            )
        )


def _print_matrix(one: "Document") -> None:
    """Clauses by parties; of many parties a part at a time, so that it fits."""
    from konvoi.cli.output import cut, table

    parties = one.cells["party"].unique(maintain_order=True).to_list()
    cells = {(row["clause"], row["party"]): row for row in one.cells.iter_rows(named=True)}
    rows = one.clauses.head(_SHOWN).to_dicts()
    if not rows or not parties:
        return
    for first in range(0, len(parties), _WIDE):
        part = parties[first : first + _WIDE]
        click.echo()
        table(
            [said("clause"), said("distance"), *part],
            [
                [
                    str(row["clause"]),
                    str(row["distance"]),
                    *(_sign(cells.get((row["clause"], name))) for name in part),
                ]
                for row in rows
            ],
            right=(1,),
        )
    cut(len(rows), one.clauses.height)
    click.echo(_legend())


def _sign(row: "Row | None") -> str:
    if row is None:
        return ""
    if row["open"] or row["how"] == "expressly":
        return _SIGNS[str(row["stance"])]
    signs = {"by silence": _SILENT, "lifted": _LIFTED, "not readable": _UNREADABLE}
    return signs.get(str(row["how"]), _UNSTATED)


def _legend() -> str:
    from konvoi.cli.i18n import code
    from konvoi.model.naming import localized

    signs = [f"{sign} {localized('choice', stance, code())}" for stance, sign in _SIGNS.items()]
    signs[1:1] = [
        f"{_SILENT} {said('accepted under the silence procedure')}",
        f"{_LIFTED} {said('reservation withdrawn')}",
    ]
    signs.append(f"{_UNSTATED} {said('no position stated')}")
    return "; ".join([*signs, f"{_UNREADABLE} {said('could not be read, accepts nothing')}"])
