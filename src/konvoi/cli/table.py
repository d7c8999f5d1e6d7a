"""konvoi table: any table of a workspace, under a view, as a file or on the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import dir_option, named, opened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import polars as pl

FORMATS = ("csv", "json", "xlsx", "parquet")
BINARY = ("xlsx", "parquet")
_SHOWN = 50


@click.command("table")
@click.argument("name", default="", metavar="[NAME]")
@click.argument(
    "path",
    default=".",
    type=click.Path(exists=True, path_type=Path),
    metavar="[PATH]",
    callback=named,
)
@dir_option
@click.option("--list", "listing", is_flag=True, help="List the tables, each with its title.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="A parameter of the table; repeatable.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Write this format; default: a table to read."
)
@click.option("--hxl", is_flag=True, help="Put the HXL tag of each column in the second row (CSV, XLSX).")
@click.option("--all", "every", is_flag=True, help="Write all tables as a data package to the folder --out.")
@click.option("--licence", default="", metavar="NAME", help="Licence of the data package, such as CC-BY-4.0.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file, or folder.")
@click.option("--over", is_flag=True, help="Let the file replace one that is there.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    name: str,
    path: Path,
    listing: bool,
    where: tuple[str, ...],
    form: str | None,
    hxl: bool,
    every: bool,
    licence: str,
    out: Path | None,
    over: bool,
    as_json: bool,
) -> None:
    """Print or write one table of a workspace, files or a folder.

    With --all the folder holds a CSV file for each table and datapackage.json: the tables' columns, types
    and keys, the day and the reader for whom they were computed, and the digest of each file.

    \b
    Example:
      konvoi table --list
      konvoi table entries --format csv --out entries.csv
      konvoi table totals --where stage=committed --where by=kind --for PL
      konvoi table --all --out data --for public --licence CC-BY-4.0
    """
    from konvoi.cli.output import Watch, exit_code, tell_errors
    from konvoi.flow.catalogue import CATALOGUE
    from konvoi.flow.dataset import Tables
    from konvoi.flow.name_lookup import Unknown, nearest

    if every:
        if name and path == Path():
            path = Path(name)
        ctx.exit(_all(path, out, licence=licence, hxl=hxl, over=over))
    if listing or not name:
        _list(as_json=as_json)
        return
    if name not in CATALOGUE:
        near = nearest(name, {one: one for one in CATALOGUE})
        raise Unknown("NAME", name, sorted(CATALOGUE), near)
    asked = _parameters(name, where)
    form = form or _form(out) or ("json" if as_json else None)
    if form in BINARY and out is None:
        raise click.UsageError(f"--format {form}: name the file with --out")
    work = opened([path])
    watch = Watch(quiet=form is not None)
    tables = Tables(work, work.view, stop=watch)
    rows, gathered = tables.table(name, **asked), tables.gathered
    watch.close()
    if form is None:
        _show(rows, CATALOGUE[name].money())
    elif out is not None:
        _write(out, _packed(rows, name, form, hxl=hxl), rows.height, over=over)
    else:
        click.echo(_packed(rows, name, form, hxl=hxl).decode(), nl=False)
    if name != "findings":
        tell_errors(gathered.findings, gathered.readings)
    ctx.exit(exit_code(gathered.findings, refused=bool(gathered.refused)))


def _list(*, as_json: bool) -> None:
    from konvoi.cli.output import answer, table
    from konvoi.flow.catalogue import CATALOGUE

    known = sorted(CATALOGUE.values(), key=lambda one: one.name)
    if as_json:
        rows = [
            {"table": one.name, "title": one.title, "parameters": [named.name for named in one.parameters]}
            for one in known
        ]
        answer({"tables": rows})
        return
    cells = [[one.name, said(one.title), ", ".join(named.name for named in one.parameters)] for one in known]
    table([said("table"), said("title"), said("parameters")], cells)


def _parameters(name: str, where: tuple[str, ...]) -> dict[str, str]:
    """The parameters that are named, each known to the table."""
    from konvoi.flow.catalogue import CATALOGUE

    known = [one.name for one in CATALOGUE[name].parameters]
    found: dict[str, str] = {}
    for text in where:
        key, equals, value = text.partition("=")
        if not equals or key not in known:
            listed = ", ".join(known) or "none"
            raise click.UsageError(f"--where {text}: parameters of {name}: {listed}, as NAME=VALUE")
        found[key] = value
    return found


def _form(out: Path | None) -> str | None:
    """The format that a file's name means; none without a file."""
    if out is None:
        return None
    form = out.suffix.lower().lstrip(".")
    if form not in FORMATS:
        raise click.UsageError(f"{out}: name a format with --format, or a file that ends in one of {FORMATS}")
    return form


def _packed(rows: "pl.DataFrame", name: str, form: str, *, hxl: bool) -> bytes:
    from konvoi.flow.catalogue import CATALOGUE
    from konvoi.report.table_file import packed

    return packed(rows, name, form, CATALOGUE[name].money(), hxl=hxl)


def _all(path: Path, out: Path | None, *, licence: str, hxl: bool, over: bool) -> int:
    """Write every table that has rows and their data package to a folder; return the exit code."""
    from konvoi.cli.output import Watch, exit_code, say
    from konvoi.flow.data_package import data_package
    from konvoi.flow.dataset import Tables
    from konvoi.gateways.files import write_folder

    if out is None or out.suffix:
        raise click.UsageError("--all: name the folder with --out")
    if out.exists() and not over and any(out.iterdir()):
        raise click.UsageError(f"{out} is not empty; replace it with --over")
    work = opened([path])
    watch = Watch(quiet=False)
    tables = Tables(work, work.view, stop=watch)
    files = data_package(tables, work.view, licence=licence, hxl=hxl)
    watch.close()
    write_folder(out, files)
    written, many = "{folder}: {count} file written.", "{folder}: {count} files written."
    say(said(written, many, len(files), folder=out))
    gathered = tables.gathered
    return exit_code(gathered.findings, refused=bool(gathered.refused))


def _write(out: Path, content: bytes, count: int, *, over: bool) -> None:
    from konvoi.cli.output import say
    from konvoi.gateways.files import write

    write(out, content, over=over)
    say(said("{file}: {count} row", "{file}: {count} rows", count, file=out))


def _show(rows: "pl.DataFrame", money: "Mapping[str, str]") -> None:
    """The first rows, with the columns that are filled; amounts of money in major units."""
    from konvoi.cli.output import cut, table
    from konvoi.report.money_columns import major

    filled = [name for name in rows.columns if rows[name].null_count() < rows.height]
    numbers = [at for at, name in enumerate(filled) if rows[name].dtype.is_numeric()]

    def cell(name: str, row: "Mapping[str, Any]") -> str:
        if name in money and row[name] is not None:
            return figure(major(row[name], row[money[name]]))
        return _cell(row[name])

    cells = [[cell(name, row) for name in filled] for row in rows.head(_SHOWN).iter_rows(named=True)]
    table(filled, cells, right=numbers)
    cut(min(rows.height, _SHOWN), rows.height)


def _cell(value: object) -> str:
    from decimal import Decimal

    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return figure(value.normalize()) if isinstance(value, Decimal) else str(value)
