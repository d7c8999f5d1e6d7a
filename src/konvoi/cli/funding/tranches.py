"""konvoi funding tranches: tranches of economic packages and their conditions."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.flow.funding.tranches import Tranches

_SHOWN = 40
_MILLION = Decimal(1_000_000)
Row = dict[str, object]


@click.command("tranches")
@paths_argument
@click.option("--programme", default="", metavar="ID", help="Only those of one programme.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    programme: str,
    as_json: bool,
) -> None:
    """List tranches of economic packages and their conditions.

    Also shown is when the money is due, suspended or lost. A condition is met only by an assessment with an
    official source. The estimate counts the weights of conditions assessed as met, and nothing where a weight
    is unknown.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi funding tranches
      konvoi funding tranches --programme UA-FACILITY --as-of 2025-12-01
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell, tell_errors
    from konvoi.flow.funding.tranches import tranches
    from konvoi.flow.today import UNDATED

    work = opened(paths)
    watch = Watch(quiet=as_json)
    found = tranches(work, programme=programme, stop=watch)
    watch.close()
    told = found.gathered.findings
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell([one for one in told if one.code == UNDATED])
        tell_errors(told, found.gathered.readings)
    ctx.exit(exit_code(told, refused=bool(found.gathered.refused)))


def _print(found: "Tranches") -> None:
    counts = {
        "programmes": said("{count} programme", "{count} programmes", found.programmes.height),
        "tranches": said("{count} tranche", "{count} tranches", found.tranches.height),
    }
    click.echo(said("As of {day}: {programmes}, {tranches}.", day=found.day, **counts))
    if found.programmes.is_empty():
        return
    click.echo(said("Amounts in millions."))
    _programmes(found)
    _tranches(found)
    _money(found)


def _programmes(found: "Tranches") -> None:
    from konvoi.cli.output import table

    names = ("programme", "giver", "rule", "currency", "committed", "disbursed", "guarantee")
    heads = [said(head) for head in names]
    rows = [
        [
            *(str(row[name]) for name in ("programme", "party")),
            said(row["rule"]),
            row["currency"],
            *(_amount(row, name) for name in ("committed", "disbursed", "guarantee")),
        ]
        for row in found.programmes.iter_rows(named=True)
    ]
    table(heads, rows, right=(4, 5, 6))


def _tranches(found: "Tranches") -> None:
    from konvoi.cli.output import cut, table

    names = ("expected", "proposed", "decided", "paid", "conditions met", "our estimate")
    heads = [said(head) for head in ("tranche", "when", *names)]
    rows = [
        [
            row["tranche"],
            str(row["expected_on"] or "–"),
            *(
                _amount(row, name, f"{name}_exactness")
                for name in ("expected", "assessed", "decided", "paid")
            ),
            _steps(row),
            _amount(row, "estimate") if row["reason"] is None else said(row["reason"]),
        ]
        for row in found.tranches.head(_SHOWN).iter_rows(named=True)
    ]
    if rows:
        click.echo()
        table(heads, rows, right=(2, 3, 4, 5, 6))
    cut(len(rows), found.tranches.height)


def _money(found: "Tranches") -> None:
    from konvoi.cli.output import cut, table

    heads = [said(head) for head in ("day", "what", "amount", "currency", "tranche", "step", "by")]
    rows = [
        [
            str(row["day"] or "–"),
            said(row["what"]),
            _amount(row, "amount", "exactness"),
            row["currency"],
            row["tranche"],
            row["condition"] or "",
            said("our estimate") if row["ours"] else "",
        ]
        for row in found.money.head(_SHOWN).iter_rows(named=True)
    ]
    if rows:
        click.echo()
        table(heads, rows, right=(2,))
    cut(len(rows), found.money.height)


def _steps(row: Row) -> str:
    """Return the number of steps met, of its own and late ones."""
    steps = int(str(row["steps"])) + int(str(row["late"]))
    return said("{met} of {steps}", met=row["met"], steps=steps) if steps else ""


def _amount(row: Row, name: str, exactness: str = "") -> str:
    """An amount in millions, with how exact it is; a dash where it is not known."""
    from konvoi.kit.money import to_major

    minor = row[name]
    if not isinstance(minor, int):
        return "–"
    millions = figure((to_major(minor, str(row["currency"])) / _MILLION).normalize())
    bound = row.get(exactness)
    return f"{said(str(bound))} {millions}" if bound else millions
