"""The standing of the offers of a workspace: to the standards, in kits, and among one another."""

from dataclasses import dataclass

import polars as pl

from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered
from konvoi.flow.today import known_today
from konvoi.flow.workspace import Workspace
from konvoi.model.finding import Finding, Place, Severity
from konvoi.plan.usable import offer_kits, variety

VERDICTS = ("meets", "meets with ratio", "lacks", "unknown")
_OWN = ("marking", "points", "_file", "_sheet", "_row")


@dataclass(frozen=True)
class Standing:
    """Offers against standards, what kits still want, how many types serve one purpose."""

    offers: pl.DataFrame
    kits: pl.DataFrame
    variety: pl.DataFrame

    def counts(self) -> dict[str, int]:
        """Return the number of points by verdict."""
        return {one: self.offers.filter(pl.col("verdict") == one).height for one in VERDICTS}

    def as_dict(self) -> dict[str, object]:
        """All of it as plain JSON values."""
        shown = self.offers.drop(_OWN)
        return {
            "counts": self.counts(),
            "offers": shown.to_dicts(),
            "kits": self.kits.to_dicts(),
            "variety": self.variety.to_dicts(),
        }


def standing(gathered: Gathered, work: Workspace) -> Standing:
    """Return the standing of the offers of a workspace, or of files."""
    case = bare(gathered, work)
    return Standing(
        offers=case.tables["offer_standards"],
        kits=offer_kits(case.tables),
        variety=variety(case.tables),
    )


def lacking(gathered: Gathered, work: Workspace) -> list[Finding]:
    """A warning on each offer that lacks a mandatory point of a standard in force."""
    known = known_today(gathered, work.settings)
    if known is None or not {"offers", "standards"} <= gathered.tables.keys():
        return []
    rows = bare(gathered, work).tables["offer_standards"]
    return [
        Finding(
            Severity.WARNING,
            "offer-lacks-standard",
            Place(row["_file"] or "", row["_sheet"] or "", row["_row"] or 0, "good"),
            read=row["good"],
            expected="an offer that meets {standard}: {requirement} {value}",
            remedy="Change the offer, or offer what has it; until then it is not planned for {serves}.",
            values={name: row[name] for name in ("standard", "requirement", "value", "serves")},
        )
        for row in rows.filter(pl.col("mandatory") & (pl.col("verdict") == "lacks")).iter_rows(named=True)
    ]
