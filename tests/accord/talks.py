"""Small tables of sessions, decisions and steps, said in as few words as a test needs."""

from collections.abc import Mapping, Sequence

import polars as pl

from konvoi.model.tables import BY_NAME


def tables(**rows: Sequence[Mapping[str, object]]) -> Mapping[str, pl.DataFrame]:
    """Tables by name; what a row leaves out is empty, and each stands in a row of its own."""
    found = {}
    for name, own in rows.items():
        schema = BY_NAME[name].schema()
        whole = [
            {"_file": "a.xlsx", "_sheet": name, "_row": at, **row} for at, row in enumerate(own, start=2)
        ]
        found[name] = pl.DataFrame(whole, schema=schema)
    return found
