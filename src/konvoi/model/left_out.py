"""Rows that were left out for their faults, as far as they could be read, for modules that need them.

Code that leaves a row out puts its readable values into the values of the finding.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from konvoi.model.finding import Finding

_COLUMNS = ("position", "round", "party", "stance", "day", "clause", "amendment", "marking")
_REMEMBERED: Mapping[str, tuple[str, ...]] = {"positions": _COLUMNS}
_TABLE = "left_out"

LEFT_OUT = pl.Schema(
    {name: pl.Date() if name == "day" else pl.String() for name in _COLUMNS}
    | {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}
)
"""Positions that were left out: what can be read of each, else null; `_row` is that of the head where no row
of a table could be read."""


def remembered(table: str, values: Mapping[str, object]) -> dict[str, str]:
    """Return the values of a left-out row that a finding keeps; none for tables without such use.

    >>> remembered("positions", {"party": "XD", "day": date(2031, 1, 5), "stance": None})
    {'left_out': 'positions', 'left_out_party': 'XD', 'left_out_day': '2031-01-05'}
    """
    if table not in _REMEMBERED:
        return {}
    known = {name: values.get(name) for name in _REMEMBERED[table]}
    return {_TABLE: table} | {f"{_TABLE}_{name}": str(one) for name, one in known.items() if one is not None}


def left_out(findings: Iterable[Finding], table: str = "positions") -> pl.DataFrame:
    """Return the rows of a table that findings report as left out (LEFT_OUT), each once, by place."""
    found: dict[tuple[str, str, int], dict[str, object]] = {}
    for one in findings:
        if one.values.get(_TABLE) == table:
            place = one.place.file, one.place.sheet, one.place.row
            found.setdefault(place, _row(one))
    return pl.DataFrame([found[place] for place in sorted(found)], schema=LEFT_OUT)


def _row(finding: Finding) -> dict[str, object]:
    place = finding.place
    values: dict[str, object] = {name: finding.values.get(f"{_TABLE}_{name}") for name in _COLUMNS}
    day = values["day"]
    values["day"] = date.fromisoformat(day) if isinstance(day, str) else None
    return {**values, "_file": place.file, "_sheet": place.sheet, "_row": place.row}
