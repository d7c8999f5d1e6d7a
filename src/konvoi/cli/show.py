"""konvoi show: a record with its source, and its path from pledge to receipt."""

from decimal import Decimal
from pathlib import Path

import click

from konvoi.cli.i18n import chosen, code, figure, said, titled
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import looked_up, paths_argument


@click.command("show")
@click.argument("name", metavar="ID")
@paths_argument
@click.option("--trace", is_flag=True, help="Show the path of the record, from meeting to receipt.")
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, name: str, paths: tuple[Path, ...], *, trace: bool, as_json: bool) -> None:
    """Show a record with its source: file, sheet, row and column.

    ID: of an entry, package, line item, need or offer; with --trace also of a meeting, decision, action item,
    document, clause, allocation, contract, call-off, movement or receipt. PATH: files, folders or a
    workspace; default: this folder.

    \b
    Example:
      konvoi show US-2022-08-24
      konvoi show XV-R1 --trace
      konvoi show fts-flow:158080 custom-search-locationid-1-year-2020.json --json
    """
    from konvoi.cli.output import answer, say_none
    from konvoi.flow.submissions.provenance import trail

    if trace:
        from konvoi.cli.show_path import print_path

        ctx.exit(print_path(name, paths, as_json=as_json))
    found = looked_up(paths, name, trail, quiet=as_json)
    if as_json:
        answer({"id": name, "records": found.records, "nearest": list(found.near)})
    elif found.records:
        for record in found.records:
            _print(record)
        found.tell_errors()
    else:
        say_none(said("{name}: no submission or record of that name.", name=name), found.near)
    ctx.exit(found.exit_code())


def _print(record: "dict[str, object]") -> None:
    """One record, its fields and choices named in the language that is spoken."""
    from konvoi.model.naming import localized

    what = str(record["what"])
    head = said("entry") if what == "entry" else localized("table", what, code())
    click.echo(f"{head} {record['id']}")
    currencies = {of for name, of in _CURRENCY.items() if name in record}
    for key, value in record.items():
        if key not in ("what", "id", *currencies) and value not in (None, "", []):
            click.echo(f"  {titled(key)}: {_told(key, value, record)}")


_CURRENCY = {"amount": "currency", "stated": "stated_currency"}


def _told(key: str, value: object, record: "dict[str, object]") -> str:
    """A value in the language that is spoken; an amount with its currency."""
    if isinstance(value, Decimal):
        # Amounts keep the decimals of their currency; quantities have those that they need.
        value = value if key in _CURRENCY else value.normalize()
        return f"{figure(value)} {record.get(_CURRENCY.get(key, '')) or ''}".rstrip()
    return chosen(key, value)
