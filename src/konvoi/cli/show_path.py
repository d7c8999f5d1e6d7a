"""The path of one record, back to the pledge and on to the receipt."""

from decimal import Decimal
from pathlib import Path

import click

from konvoi.cli.i18n import chosen, code, figure, said
from konvoi.cli.workspace_argument import looked_up


def print_path(name: str, paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Print the path of a record in both directions; return the exit code."""
    from konvoi.cli.output import answer, say, say_none
    from konvoi.flow.submissions.trace import trace

    found = looked_up(paths, name, trace, quiet=as_json)
    if as_json:
        answer({"id": name, "way": found.records, "nearest": list(found.near)})
    elif found.records:
        _print(found.records)
        found.tell_errors()
    elif name in found.near:
        say(said("{name}: no traceability record; see konvoi show.", name=name))
    else:
        say_none(said("{name}: no traceability record of that name.", name=name), found.near)
    return found.exit_code()


def _print(found: "list[dict[str, object]]") -> None:
    """The record itself, then the way back from the nearest, then the way on."""
    from konvoi.cli.output import table

    heads = [said(head) for head in ("what", "id", "party", "day", "how much", "words", "where")]
    own = [step for step in found if step["direction"] == "itself"]
    table(heads, [_row(step) for step in own])
    for direction, title, none in (
        ("back", "Upstream records:", "No upstream records."),
        ("on", "Downstream records:", "No downstream records yet."),
    ):
        steps = [step for step in found if step["direction"] == direction]
        click.echo(said(title) if steps else said(none))
        if steps:
            table(heads, [_row(step) for step in steps])


def _row(step: "dict[str, object]") -> list[str]:
    from konvoi.kit.text import shown
    from konvoi.model.naming import localized

    what = "clause" if step["table"] == "clauses" else localized("table", str(step["table"]), code())
    where = " ".join(str(step[name]) for name in ("file", "sheet", "row") if step[name])
    return [
        said("clause") if what == "clause" else what.replace("_", " "),
        str(step["id"]),
        str(step["party"] or ""),
        str(step["day"] or ""),
        _much(step),
        shown(chosen("stage", step["words"]), 120) if step["words"] else "",
        where,
    ]


def _much(step: "dict[str, object]") -> str:
    """Return the quantity, or else the amount."""
    for number, of in (("quantity", "unit"), ("amount", "currency")):
        if step[number] is not None:
            value = step[number]
            if number == "quantity" and isinstance(value, Decimal):
                value = value.normalize()
            return f"{figure(value)} {said(str(step[of])) if step[of] else ''}".strip()
    return ""
