"""Changes of packages from one state to a later one: added, corrected, re-rated, re-classified, withdrawn."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.stages import Stage

KINDS = ADDED, CORRECTED, RE_RATED, RE_CLASSIFIED, WITHDRAWN = (
    "added",
    "corrected",
    "re-rated",
    "re-classified",
    "withdrawn",
)

REVISIONS = pl.Schema(
    {
        "source": pl.String(),
        "package": pl.String(),
        "party": pl.String(),
        "kind": pl.String(),
        "changes": pl.List(pl.String()),
        "old_entries": pl.List(pl.String()),
        "new_entries": pl.List(pl.String()),
    }
)
"""One row for each package and kind of change, sorted.

changes: what changed, as `line, stage: column: old → new` (empty for a package that came or went whole).
old_entries, new_entries: the package's entries in each state.
"""

_SAID = (
    "party",
    "counterparty",
    "amount_minor",
    "currency",
    "quantity",
    "unit",
    "day_from",
    "day_to",
    "promised",
)
_CLASSED = ("kind", "good", "route", "variant", "rule", "proof", "valuation")
_RATED = ("stated_minor", "stated_currency", "rate")
_COMPARED = (*_SAID, *_CLASSED, *_RATED)
# A reader numbers later lines of one name in a package by their order in the file.
_NUMBERED = re.compile(r"~\d+$")

Row = Mapping[str, Any]
Name = tuple[str, str]


def revisions(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """REVISIONS from the entries (ENTRIES, in force) of one state to those of a later one.

    Packages are known by source and id, their lines by name and content, so neither where a row stands nor
    how lines of one name are numbered is a change. A last day that is only the day of the state itself
    (“until now”) is none, either. A converted amount that changed with its amount is a correction, and no
    other rate.
    """
    before = _packages(old)
    after = _packages(new)
    rows = []
    for name in sorted(before.keys() | after.keys()):
        was = before.get(name, [])
        now = after.get(name, [])
        for kind, changes in _revised(was, now):
            ids = (sorted(str(row["entry"]) for row in rows_) for rows_ in (was, now))
            party = next((row["party"] for row in (*now, *was) if row["party"]), None)
            rows.append((*name, party, kind, changes, *ids))
    return pl.DataFrame(rows, schema=REVISIONS, orient="row")


def with_re_rated(rows: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Return REVISIONS with the packages that state the same amounts, worth more or less at a new rate.

    old, new: the entries of both states as `konvoi.ledger.convert.converted` values them in the currency.
    """
    told = set(rows.select("source", "package", "kind").iter_rows())
    before = _packages(old)
    after = _packages(new)
    found = []
    for name in sorted(before.keys() & after.keys()):
        # What was corrected, came or went is worth something else for that reason.
        if any((*name, kind) in told for kind in (ADDED, CORRECTED, RE_RATED, WITHDRAWN)):
            continue
        pairs = _paired(before[name], after[name])
        changes = [
            _revalued(was, now, currency) for was, now in pairs if was and now and _other_rate(was, now)
        ]
        if changes:
            ids = (sorted(str(row["entry"]) for row in state[name]) for state in (before, after))
            party = next((row["party"] for row in after[name] if row["party"]), None)
            found.append((*name, party, RE_RATED, sorted(changes), *ids))
    order = pl.col("kind").replace_strict({kind: at for at, kind in enumerate(KINDS)}, return_dtype=pl.Int64)
    whole = pl.concat([rows, pl.DataFrame(found, schema=REVISIONS, orient="row")])
    return whole.sort("source", "package", order)


def _other_rate(was: Row, now: Row) -> bool:
    same = (was["amount_minor"], was["currency"]) == (now["amount_minor"], now["currency"])
    return same and None not in (was["value"], now["value"]) and was["value"] != now["value"]


def _revalued(was: Row, now: Row, currency: str) -> str:
    values = (f"{to_major(row['value'], currency):f} {currency}" for row in (was, now))
    return f"{_named(now)}: stated_minor: {' → '.join(values)}"


def _packages(entries: pl.DataFrame) -> dict[Name, list[Row]]:
    found: dict[Name, list[Row]] = defaultdict(list)
    named = entries.filter(pl.col("package").is_not_null()).sort("entry")
    for row in named.iter_rows(named=True):
        found[str(row["source"] or ""), str(row["package"])].append(row)
    return found


def _revised(was: Sequence[Row], now: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """Return the kinds of change of one package, each with the changed values."""
    if not _alive(was):
        return [(ADDED, [])] if _alive(now) else []
    if not _alive(now):
        return [(WITHDRAWN, [])]
    found: dict[str, list[str]] = defaultdict(list)
    for before, after in _paired(was, now):
        for kind, change in _changes(before, after):
            found[kind].append(change)
    return [(kind, sorted(found[kind])) for kind in KINDS if kind in found]


def _alive(rows: Sequence[Row]) -> bool:
    """Return True if a package is there, and not withdrawn as a whole."""
    return bool(rows) and not any(row["stage"] == Stage.WITHDRAWN and row["line"] is None for row in rows)


def _key(row: Row) -> Name:
    return _NUMBERED.sub("", str(row["line"] or "")), str(row["stage"] or "")


def _paired(was: Sequence[Row], now: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Entries of one line and stage in both states, the most alike together; None where there is no other."""
    before = _by_key(was)
    after = _by_key(now)
    for key in sorted(before.keys() | after.keys()):
        left = before.get(key, [])
        right = after.get(key, [])
        pairs = sorted(
            ((-_alike(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        )
        used_left: set[int] = set()
        used_right: set[int] = set()
        for _, i, j in pairs:
            if i not in used_left and j not in used_right:
                used_left.add(i)
                used_right.add(j)
                yield left[i], right[j]
        yield from ((row, None) for i, row in enumerate(left) if i not in used_left)
        yield from ((None, row) for j, row in enumerate(right) if j not in used_right)


def _by_key(rows: Iterable[Row]) -> dict[Name, list[Row]]:
    found: dict[Name, list[Row]] = defaultdict(list)
    for row in rows:
        found[_key(row)].append(row)
    return found


def _alike(a: Row, b: Row) -> int:
    return sum(a[name] == b[name] for name in _COMPARED)


def _changes(before: Row | None, after: Row | None) -> Iterator[tuple[str, str]]:
    if before is None or after is None:
        row, word = (after, "new") if before is None else (before, "gone")
        yield CORRECTED, f"{_named(row)}: {word}"
        return
    differ = [
        name for name in _COMPARED if before[name] != after[name] and not _until_now(name, before, after)
    ]
    for name in differ:
        kind = CORRECTED if name in _SAID else RE_CLASSIFIED
        if name in _RATED:
            kind = CORRECTED if {"amount_minor", "currency"} & set(differ) else RE_RATED
        yield kind, f"{_named(after)}: {name}: {_said(name, before)} → {_said(name, after)}"


def _until_now(name: str, before: Row, after: Row) -> bool:
    """Return True if two last days are only the days on which each state was submitted."""
    known = (before["known_on"], after["known_on"])
    return name == "day_to" and None not in known and (before["day_to"], after["day_to"]) == known


def _named(row: Row | None) -> str:
    line, stage = ("", "") if row is None else _key(row)
    return ", ".join(one for one in (line, stage) if one)


def _said(name: str, row: Row) -> str:
    value = row[name]
    currency = row["currency"] if name == "amount_minor" else row["stated_currency"]
    match value:
        case None:
            return "not known"
        case int() if name in ("amount_minor", "stated_minor") and currency:
            return f"{to_major(value, str(currency)):f} {currency}"
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
