"""Shares that a joint package states of those who take part in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from konvoi.intake.check import Whole, by_place, plain
from konvoi.kit.shares import above_whole
from konvoi.model.finding import Finding, Place, Severity

_Row = tuple[str, Decimal, Place]


def shares_above_whole(whole: Whole) -> tuple[Finding, ...]:
    """The shares of a joint package may not add up to more than the whole."""
    return by_place(
        found for (_, package), rows in _stated(whole).items() if (found := _above(package, rows)) is not None
    )


def _stated(whole: Whole) -> Mapping[tuple[str, str], list[_Row]]:
    """The shares that are stated, by the party that hands a package in and its reference."""
    owners: dict[str, set[str]] = defaultdict(set)
    for reading in whole.readings:
        if "packages" in reading.tables:
            for package in reading.tables["packages"]["package"].drop_nulls():
                owners[str(package)].add(reading.party)
    found: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for party, package, row in _rows(whole):
        of = {party} if party in owners[package] else owners[package]
        if len(of) == 1:
            found[next(iter(of)), package].append(row)
    return found


def _rows(whole: Whole) -> Iterator[tuple[str, str, _Row]]:
    for reading in whole.readings:
        if "participants" in reading.tables:
            for row in reading.tables["participants"].iter_rows(named=True):
                place = Place(str(row["_file"]), str(row["_sheet"]), int(row["_row"]), "share")
                if row["package"] and row["party"] and row["share"] is not None:
                    share = Decimal(str(row["share"]))
                    yield reading.party, str(row["package"]), (str(row["party"]), share, reading.found(place))


def _above(package: str, rows: list[_Row]) -> Finding | None:
    """A finding at the last row of a package whose shares are too much; of two of one party the lesser."""
    least: dict[str, Decimal] = {}
    for party, share, _ in rows:
        least[party] = min(share, least.get(party, share))
    if not above_whole(list(least.values())):
        return None
    told = ", ".join(f"{party} {_percent(share)}" for party, share in least.items())
    return Finding(
        Severity.WARNING,
        "shares-above-whole",
        max(place for _, _, place in rows),
        read=_percent(sum(least.values(), Decimal(0))),
        expected="shares of {package} that add up to at most 100 %: {shares}",
        remedy="correct a share or the participants; until then the parts are not determined",
        values={"package": package, "shares": told},
    )


def _percent(share: Decimal) -> str:
    return f"{plain(100 * share)} %"
