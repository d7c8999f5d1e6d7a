"""Families of goods that lead back to themselves."""

from konvoi.intake.check import Whole, by_place
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.goods import cycle, parents

_WORDS = (
    "a family that is not below the good itself: {path}",
    "Correct the family of one of these goods. Until then each of them counts with all of them.",
)


def families_in_circle(whole: Whole) -> tuple[Finding, ...]:
    """No good may be its own family, directly or through the families of other goods."""
    found = []
    tables = [reading.tables["goods"] for reading in whole.readings if "goods" in reading.tables]
    named = {good: family for rows in tables for good, family in parents({"goods": rows}).items()}
    for rows in tables:
        if "family" not in rows.columns:
            continue
        for row in rows.drop_nulls("family").iter_rows(named=True):
            path = cycle(named, str(row["good"]))
            if not path or named.get(str(row["good"])) != row["family"]:
                continue
            place = {"submission": row["_file"], "sheet": row["_sheet"], "row": row["_row"]}
            values = {"path": " → ".join((*path, path[0]))}
            read = str(row["family"])
            at = place | {"column": "family"}
            found.append(told(Severity.ERROR, "good-family-circle", at, _WORDS, read=read, values=values))
    return by_place(found)
