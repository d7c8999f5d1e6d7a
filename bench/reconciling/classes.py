"""Share of each class's duplicate candidates that is true, in a workspace whose truth is known.

    PYTHONPATH=src:. python -m bench.reconciling.classes coalition SEED WORKSPACE [ROUNDS GIFTS]
    PYTHONPATH=src:. python -m bench.reconciling.classes records TRUTH WORKSPACE

WORKSPACE is one that `bench.coalition --keep` or `bench.reconcile` made; TRUTH the folder with truth.parquet
and edges.parquet. Prints relation, subtype and probability of the undecided candidates, how many there are,
and how many of them are true. A class with two branches of one probability stands in one row.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
from bench.coalition.build import build
from bench.coalition.plants import Plant
from bench.reconciling.submissions import PREFIX

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace

True_ = Callable[[str, str, str], bool]
"""Takes the references of both sides, and the relation."""
RELATIONS = ("same_as", "restates", "part_of")


def candidates(gathered: Gathered, true: True_) -> pl.DataFrame:
    """Return the undecided candidates with what they are of and whether they are true (`true`)."""
    named = gathered.ledger.entries.select("entry", package=pl.coalesce("package", "reference"))
    of = dict(named.with_columns(pl.col("package").str.strip_prefix(PREFIX)).iter_rows())
    open_ = gathered.ledger.relations.filter(
        pl.col("status") == "undecided", pl.col("relation").is_in(RELATIONS)
    )
    rows = [
        true(of.get(left) or left, of.get(right) or right, relation)
        for left, right, relation in open_.select("left", "right", "relation").iter_rows()
    ]
    return open_.with_columns(pl.Series("true", rows, dtype=pl.Boolean))


def by_class(found: pl.DataFrame) -> pl.DataFrame:
    """Return number and share of true candidates by relation, subtype and probability; likeness in tenths."""
    likeness = pl.col("subtype").is_null()
    tenth = ((pl.col("probability") * 10).floor().clip(0, 9) / 10).round(1)
    return (
        found.group_by(
            "relation", "subtype", probability=pl.when(likeness).then(tenth).otherwise("probability")
        )
        .agg(pl.len().alias("candidates"), pl.col("true").sum())
        .with_columns(share=pl.col("true") / pl.col("candidates"))
        .sort("subtype", "relation", "probability", nulls_last=True)
    )


def of_plants(plants: list[Plant]) -> True_:
    """Return what is true of the planted faults: one gift, or a whole and a part that counts."""
    at: dict[str, set[int]] = {}
    counted: dict[int, set[str]] = {}
    for number, plant in enumerate(plants):
        counted[number] = {gift.reference for gift in plant.gifts}
        rows = [row for slot in plant.rows for row in [slot.row] if slot.table == "packages"]
        rows += [row for document in plant.documents for row in document.tables.get("packages", ())]
        for row in rows:
            at.setdefault(str(row["package"]), set()).add(number)

    def true(left: str, right: str, _: str) -> bool:
        for number in at.get(left, set()) & at.get(right, set()):
            if len(counted[number]) == 1:
                return True
            if (left in counted[number]) != (right in counted[number]):
                return True
        return False

    return true


def of_records(folder: Path) -> True_:
    """Return what is true of made records: one commitment, or what is contained in another one."""
    of = dict(pl.read_parquet(folder / "truth.parquet").select("id", "cluster").iter_rows())
    edges = pl.read_parquet(folder / "edges.parquet").filter(pl.col("relation") != "passes_through")
    contained = set(edges.select("child", "whole").iter_rows())

    def true(left: str, right: str, _: str) -> bool:
        one, other = of.get(left), of.get(right)
        same = one is not None and one == other
        return same or (one, other) in contained or (other, one) in contained

    return true


def main() -> None:
    """Print the table of one workspace."""
    what, of, folder, *sizes = sys.argv[1:]
    if what == "coalition":
        rounds, gifts = map(int, sizes or (2, 8))
        true = of_plants(build(int(of), rounds=rounds, gifts=gifts).plants)
    else:
        true = of_records(Path(of))
    found = candidates(gathering(workspace(Path(folder))), true)
    with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(by_class(found))
    found.write_parquet(Path(folder).with_suffix(".classes.parquet"))


if __name__ == "__main__":
    main()
