"""Lines of a total that state what is not in it."""

from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konvoi.flow.submissions.not_counted import NotCounted
    from konvoi.ledger.answer import Total

_MOST = 8


def print_not_counted(total: "Total", missing: "NotCounted") -> None:
    """Print the parts that a total does not contain, each kind on a line; nothing where it contains
    everything.
    """
    from konvoi.flow.total_sentences import missing as sentences

    lines = [text_of(one) for one in sentences(total, missing, figure)]
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
    for name, meant in names[:_MOST]:
        text = "“{name}” is listed under this name until confirmed: is it {meant}?"
        click.echo(said(text, name=name, meant=meant))
