"""Lines of a total that state what is not in it."""

from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konvoi.flow.submissions.not_counted import NotCounted
    from konvoi.ledger.answer import Total
    from konvoi.model.document import Unread

_NAMED = 8


def print_not_counted(total: "Total", missing: "NotCounted") -> None:
    """Print the parts that a total does not contain, each kind on a line; nothing where it contains
    everything.
    """
    lines = [
        *_of_documents(missing),
        *(_of_sheet(document, one) for document, some in missing.unread.items() for one in some),
        *_of_items(total),
        *_of_partners(missing),
    ]
    if lines:
        click.echo(said("Not in this figure:"))
    for line in lines:
        click.echo(f"  {line}")


def print_open(warnings: int, command: str, names: "Sequence[tuple[str, str]]") -> None:
    """Print how many warnings touch the figure, and the names of parties that wait for an answer.

    command: lists the warnings. names: as written, with what each may mean.
    """
    if warnings:
        one = "{count} warning concerns rows of this figure; to list it: {command}"
        many = "{count} warnings concern rows of this figure; to list them: {command}"
        click.echo(said(one, many, warnings, command=command))
    for name, meant in names[:_NAMED]:
        text = "“{name}” is listed under this name until confirmed: is it {meant}?"
        click.echo(said(text, name=name, meant=meant))


def _of_documents(missing: "NotCounted") -> list[str]:
    """Documents that were not read, and rows of others that an error keeps out."""
    lines = []
    if missing.refused:
        one = "{count} document that cannot be read: {names}"
        many = "{count} documents that cannot be read: {names}"
        lines.append(said(one, many, len(missing.refused), names=_named(missing.refused)))
    if missing.errors:
        rows = sum(missing.errors.values())
        one = "{count} row with an error, unreadable parts only: {names}"
        many = "{count} rows with errors, unreadable parts only: {names}"
        names = tuple(_with_amounts(name, missing.amounts.get(name, {})) for name in missing.errors)
        lines.append(said(one, many, rows, names=_named(names)))
    return lines


def _with_amounts(document: str, sums: "Mapping[str, int]") -> str:
    """A document with what its rows that are left out state, such as "PL/list.xlsx (EUR 5,000.00)"."""
    from konvoi.kit.money import to_major

    stated = "; ".join(f"{currency} {figure(to_major(minor, currency))}" for currency, minor in sums.items())
    return f"{document} ({stated})" if stated else document


def _of_sheet(document: str, sheet: "Unread") -> str:
    """A sheet that looks like a table and was not read, with its sum where it states one."""
    from konvoi.kit.money import to_major

    told = {"sheet": sheet.sheet, "document": document, "table": sheet.table, "count": sheet.rows}
    if sheet.amount_minor is None:
        one = "sheet “{sheet}” of {document} ({count} row), not read; it looks like {table}"
        many = "sheet “{sheet}” of {document} ({count} rows), not read; it looks like {table}"
        return said(one, many, sheet.rows, **told)
    told["value"] = f"{sheet.currency} {figure(to_major(sheet.amount_minor, sheet.currency))}"
    one = "sheet “{sheet}” of {document} ({count} row, {value}), not read; it looks like {table}"
    many = "sheet “{sheet}” of {document} ({count} rows, {value}), not read; it looks like {table}"
    return said(one, many, sheet.rows, **told)


def _of_items(total: "Total") -> list[str]:
    lines = []
    if silent := total.unknown - total.unread_values - total.unlike_units:
        one = "{count} entry without a stated value"
        many = "{count} entries without a stated value"
        lines.append(said(one, many, silent))
    if total.unread_values:
        one = "{count} entry with a value that could not be read"
        many = "{count} entries with values that could not be read"
        lines.append(said(one, many, total.unread_values))
    if total.unlike_units:
        one = "{count} entry stated in a unit that cannot be added"
        many = "{count} entries stated in units that cannot be added"
        lines.append(said(one, many, total.unlike_units))
    if total.unread_stages:
        one = "{count} entry with a stage that could not be read ({value} {unit})"
        many = "{count} entries with stages that could not be read ({value} {unit})"
        told = {"value": total.unread_stages_value, "unit": total.unit}
        lines.append(said(one, many, total.unread_stages, **told))
    return lines


def _of_partners(missing: "NotCounted") -> list[str]:
    if not missing.partners:
        return []
    one, many = _WITHOUT[missing.every]
    return [said(one, many, len(missing.partners), names=_named(missing.partners))]


_WITHOUT = {
    True: ("{count} partner without a submission: {names}", "{count} partners without a submission: {names}"),
    False: (
        "{count} partner without a submission released to this reader: {names}",
        "{count} partners without a submission released to this reader: {names}",
    ),
}
"""Sentences on partners that did not submit: for the coordination cell, and for other readers."""


def _named(names: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown}, +{figure(more)}" if more > 0 else shown
