"""Status of each condition: by the plan in force, and by sourced assessments of an authority."""

from collections.abc import Mapping

import polars as pl

from konvoi.model.tables import BY_NAME
from konvoi.model.tables.funds import MET, NOT_MET

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]

OFFICIAL = "official"

STEPS = pl.Schema(
    {
        "condition": pl.String(),
        "programme": pl.String(),
        "title": pl.String(),
        "title_uk": pl.String(),
        "tranche": pl.String(),
        "due": pl.Date(),
        "amount": pl.Int64(),
        "currency": pl.String(),
        "bridge": pl.Boolean(),
        "replaced": pl.String(),
        "verdict": pl.String(),
        "party": pl.String(),
        "met": pl.Date(),
        "failed": pl.Date(),
        "proven": pl.Int64(),
        "with": pl.String(),
        "behind": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each condition. replaced: the condition that took its place by a decision; null while it is in
force. verdict, party: of its last assessment with an official source; null: not assessed. met: the day on
which that found it met. failed: the first day on which it was found not met. with: the tranche with which it
was assessed last, where that is another than its own. behind: the rows it rests on (`key`)."""


def steps(tables: Tables) -> pl.DataFrame:
    """All conditions by programme and id (STEPS)."""
    said = official(tables)
    replaced = replacements(tables, said)
    assessed: dict[str, list[Row]] = {}
    for row in table(tables, "assessments").sort("day", "assessment").iter_rows(named=True):
        if row["source"] in said:
            assessed.setdefault(str(row["condition"]), []).append(row)
    money = dict(table(tables, "programmes").select("programme", "currency").iter_rows())
    rows = [
        _step(row, money.get(str(row["programme"])), assessed.get(str(row["condition"]), []), replaced)
        for row in table(tables, "conditions").sort("programme", "condition").iter_rows(named=True)
        if not (row["supersedes"] and row["source"] not in said)
    ]
    return pl.DataFrame(rows, schema=STEPS)


def official(tables: Tables) -> frozenset[str]:
    """The statements that may change where a step stands."""
    return frozenset(table(tables, "statements").filter(pl.col("class") == OFFICIAL)["statement"])


def replacements(tables: Tables, said: frozenset[str]) -> Mapping[str, str]:
    """Conditions that a decision put another in the place of; without its official source none is.

    Of those that take each other's place in a circle all stay.
    """
    found = changes(tables, said)
    return {old: new for old, new in found.items() if old not in circle(old, found)}


def changes(tables: Tables, said: frozenset[str]) -> Mapping[str, str]:
    """Each condition whose place another takes by an official source, and that other."""
    rows = table(tables, "conditions").filter(
        pl.col("supersedes").is_not_null() & pl.col("source").is_in(sorted(said))
    )
    return dict(rows.select("supersedes", "condition").iter_rows())


def circle(old: str, found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the successors of a condition, in order, until there is none or one comes again.

    >>> circle("a", {"a": "b", "b": "c"}), circle("a", {"a": "b", "b": "a"})
    (('b', 'c'), ('b', 'a'))
    """
    way: list[str] = []
    while old in found and found[old] not in way:
        old = found[old]
        way.append(old)
    return tuple(way)


def _step(row: Row, currency: str | None, found: list[Row], replaced: Mapping[str, str]) -> dict[str, object]:
    """One condition; a weight below zero, or not in the programme's currency, is not known."""
    last: Row = found[-1] if found else {}
    weight = row["amount"] if row["currency"] == currency else None
    other = last.get("tranche")
    return {
        **{name: row[name] for name in ("condition", "programme", "title", "title_uk", "tranche", "due")},
        "amount": weight if isinstance(weight, int) and weight >= 0 else None,
        "currency": currency,
        "bridge": row["bridge"],
        **{name: row[name] for name in ("marking", "_file", "_sheet", "_row")},
        "replaced": replaced.get(str(row["condition"])),
        "verdict": last.get("verdict"),
        "party": last.get("party"),
        "met": last.get("day") if last.get("verdict") == MET else None,
        "failed": next((one["day"] for one in found if one["verdict"] == NOT_MET), None),
        "proven": last.get("amount") if last.get("currency") == currency else None,
        "with": other if other and other != row["tranche"] else None,
        "behind": [key("conditions", row), *(key("assessments", one) for one in found)],
    }


def key(name: str, row: Row) -> str:
    """Return the key of a row of a table among all rows, of which several may bear one id."""
    return f"{name}/{row[BY_NAME[name].columns[0].name]}#{row['_file']}:{row['_row']}"


def table(tables: Tables, name: str) -> pl.DataFrame:
    """Return a table by name; one that was not submitted is empty."""
    found = tables.get(name)
    return BY_NAME[name].empty() if found is None else found


def listed(value: object) -> tuple[str, ...]:
    """The ids in a list.

    >>> listed("a; b;"), listed(None)
    (('a', 'b'), ())
    """
    return tuple(one.strip() for one in str(value or "").split(";") if one.strip())
