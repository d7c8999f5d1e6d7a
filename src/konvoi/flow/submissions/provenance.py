"""From a name to everything that is known of it, down to the cell."""

import difflib
from collections.abc import Iterator

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.kit.money import to_major
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME

_NAMES = ("entry", "package", "line", "reference")


def trail(gathered: Gathered, name: str) -> list[dict[str, object]]:
    """All entries and table rows that bear a name, with its place: of packages, of lines, then rows."""
    bears = pl.any_horizontal([pl.col(column).eq_missing(name) for column in _NAMES])
    ledger = gathered.ledger
    current = ledger.entries.filter(bears).with_columns(in_force=pl.lit(True))
    superseded = ledger.superseded.rename({"until": "superseded_on", "by": "superseded_by"})
    others = pl.concat([superseded, ledger.corrected, ledger.disputed], how="diagonal")
    earlier = others.unique(["entry", "submission"], keep="first", maintain_order=True)
    corrected = earlier.filter(bears).with_columns(in_force=pl.lit(False))
    files = dict(gathered.documents.select("submission", "name").iter_rows())
    entries = pl.concat([current, corrected], how="diagonal").sort(
        pl.col("line").is_not_null(), ~pl.col("in_force"), "entry", "known_on"
    )
    return [_entry(row, gathered, files) for row in entries.iter_rows(named=True)] + list(
        _rows(gathered, name)
    )


def nearest(gathered: Gathered, name: str) -> tuple[str, ...]:
    """Names that look like it, the closest first."""
    entries = gathered.ledger.entries
    names = {str(v) for column in _NAMES for v in entries[column].drop_nulls().unique().to_list()}
    for table, rows in gathered.tables.items():
        if table in BY_NAME and BY_NAME[table].key:
            names |= {str(v) for v in rows[BY_NAME[table].key[0]].drop_nulls().unique().to_list()}
    return tuple(difflib.get_close_matches(name, sorted(names), n=3))


def _entry(row: dict[str, object], gathered: Gathered, files: dict[str, str]) -> dict[str, object]:
    """An entry in words: amounts in major units, its place, and how it stands to others."""
    name = str(row["entry"])
    record: dict[str, object] = {"what": "entry", "id": name}
    record |= {key: value for key, value in row.items() if key != "entry" and value is not None}
    for minor, currency, key in (
        ("amount_minor", "currency", "amount"),
        ("stated_minor", "stated_currency", "stated"),
    ):
        value = row[minor]
        if isinstance(value, int):
            record[key] = to_major(value, str(row[currency]))
            record.pop(minor)
    record["file"] = files.get(str(row["submission"]), str(row["submission"]))
    related = gathered.ledger.relations.filter((pl.col("left") == name) | (pl.col("right") == name))
    record["relations"] = [
        f"{r['left']} {r['relation']} {r['right']} ({r['status']}, {r['basis']})"
        for r in related.sort("left", "right", "relation").iter_rows(named=True)
    ]
    return record


def _rows(gathered: Gathered, name: str) -> Iterator[dict[str, object]]:
    """Rows of the workbook's tables whose first key is the name."""
    for table, rows in sorted(gathered.tables.items()):
        if table not in BY_NAME or not BY_NAME[table].key or rows.is_empty():
            continue
        key = BY_NAME[table].key[0]
        for row in rows.filter(pl.col(key) == name).iter_rows(named=True):
            record: dict[str, object] = {"what": table, "id": name}
            money = {column.name for column in BY_NAME[table].columns if column.type == Type.MONEY}
            record |= {
                key: to_major(value, row.get("currency") or "EUR") if key in money else value
                for key, value in row.items()
                if value is not None and not key.startswith("_")
            }
            yield record | {"file": row["_file"], "sheet": row["_sheet"], "row": row["_row"]}
