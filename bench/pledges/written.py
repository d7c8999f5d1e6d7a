"""Tables as files, and a page beside them that says what they hold."""

import json
from pathlib import Path

import polars as pl

SAID = {
    "records": "what registers and the press hand in; `id` tells nothing, no column tells what is true",
    "clusters": "`cluster` is what a record speaks of, `role` as what: the truth",
    "pairs": "true pairs of records, directed from left to right but for same_as; restates of subtype "
    "version and again are same_as pairs, too; findable is said of money passed on",
    "edges": "relations between clusters with the share in euro cents",
    "totals": "euro cents by partner and year, each undertaking once",
    "lookalikes": "pairs of records that look alike and speak of different undertakings",
    "exchange": "units of a currency for one euro by day: ECB, UAH made up",
}


def write(tables: dict[str, pl.DataFrame], folder: Path, made: dict[str, object]) -> None:
    """Each table as FOLDER/NAME.parquet, and FOLDER/README.md."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet", compression="zstd", compression_level=3)
    (folder / "README.md").write_text(page(tables, made), encoding="utf-8")


def page(tables: dict[str, pl.DataFrame], made: dict[str, object]) -> str:
    """The page as Markdown: how it was made, each table, its columns, the relations counted."""
    lines = ["# Records made up from a seed", "", f"Made by `bench.pledges` with {json.dumps(made)}.", ""]
    lines += [
        "No record is a fact: states and agencies are real names, all sums, days and goods are invented.",
        "",
    ]
    for name, table in tables.items():
        columns = ", ".join(f"{column} ({kind})" for column, kind in table.schema.items())
        lines += [f"## {name}.parquet", "", f"{table.height:,} rows: {SAID[name]}.", "", columns, ""]
    counted = tables["pairs"].group_by("relation", "subtype").len().sort("relation", "subtype")
    lines += ["## Pairs by relation", "", "| relation | subtype | pairs |", "|---|---|---|"]
    lines += [f"| {relation} | {subtype} | {count:,} |" for relation, subtype, count in counted.iter_rows()]
    return "\n".join(lines) + "\n"
