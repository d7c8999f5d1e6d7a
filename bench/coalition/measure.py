"""Compare what Konvoi answers with the truth: a whole coalition, or one class of faults at a time."""

import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from bench.coalition.build import (
    FAULTS,
    Truth,
    build,
    fault_documents,
    small,
    truth,
)
from bench.coalition.faults_cells import SCALES
from bench.coalition.plants import Place, Plant
from bench.coalition.product import Finding, Workspace
from bench.coalition.world import Gift

ROUNDING = Decimal(150)
"""EUR by which equal sums may differ: partners state a joint sum in hundreds of their own currencies."""

QUANTITIES = frozenset(
    (
        "quantity-corrected",
        "correction-down",
        "version-plain",
        "renewed-promise",
        "joint-whole-by-each",
        "to-date-by-giver",
        "same-goods-two-partners",
        "member-claims-fund-gift",
        "package-beside-lines",
        "approximate-press",
        "unit-unknown",
        "receipts-above-dispatch",
    )
)
"""Classes whose quantities are compared, too, when one class is measured alone."""


@dataclass
class Range:
    """A figure of Konvoi: value, lowest and highest; None where it is refused or absent."""

    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Range":
        """Return the figures of a JSON object."""
        parts = [
            None if row.get(name) is None else Decimal(str(row[name]))
            for name in ("value", "lowest", "highest")
        ]
        return cls(*parts)

    def holds(self, least: Decimal, most: Decimal, by: Decimal = ROUNDING) -> bool:
        """Return True if some sum between least and most lies within the range, or near it by so much."""
        if self.lowest is None or self.highest is None:
            return False
        return self.lowest - by <= most and self.highest + by >= least


NOTHING = Range(Decimal(0), Decimal(0), Decimal(0))


def rows(answer: Mapping[str, Any]) -> dict[str, Range]:
    """Return the rows of an answer by their key."""
    return {str(row["key"]): Range.of(row) for row in answer.get("by", [])}


def not_held(
    found: Mapping[str, Range], true: Mapping[str, tuple[Decimal, Decimal]], by: Decimal = ROUNDING
) -> list[str]:
    """Return the keys whose true sum does not lie within the range; a key without a row has nothing."""
    return sorted(
        key for key, (least, most) in true.items() if not found.get(key, NOTHING).holds(least, most, by)
    )


def found_at(workspace: Workspace, place: Place) -> list[Finding]:
    """Return the warnings and errors at a planted row; of a package also those at its line item."""
    keys = {(place.table, place.key)}
    if place.table == "packages":
        keys.add(("lines", f"{place.key}/1"))
    spots = [
        (path, spot)
        for path, listed in workspace.spots.items()
        if workspace.documents[path][0] == place.source
        and workspace.documents[path][1].removesuffix("-f") == place.document.removesuffix("-f")
        for spot in listed
    ]
    at = {(path, spot.sheet.casefold(), spot.row) for path, spot in spots if (spot.table, spot.key) in keys}
    sheets = {
        (path, spot.sheet.casefold()) for path, spot in spots if not place.key and spot.table == place.table
    }
    return [
        finding
        for finding in workspace.findings
        if finding.severity != "note"
        and (
            (finding.path, finding.sheet.casefold(), finding.row) in at
            or (finding.path, finding.sheet.casefold()) in sheets
        )
    ]


def false_alarms(workspace: Workspace, clean: Sequence[Gift]) -> list[Finding]:
    """Return warnings and errors at rows that state a clean gift."""
    references = {gift.reference for gift in clean}
    spots = {
        (path, spot.sheet.casefold(), spot.row)
        for path, listed in workspace.spots.items()
        for spot in listed
        if spot.key.removesuffix("/1") in references
    }
    return sorted(
        finding
        for finding in workspace.findings
        if finding.severity != "note" and (finding.path, finding.sheet.casefold(), finding.row) in spots
    )


def _intervals(sums: Mapping[str, Decimal]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return sums as intervals."""
    return {key: (value, value) for key, value in sums.items()}


@dataclass
class Outcome:
    """What a whole coalition came to.

    error, expected: of the total's value and of its estimate, signed, as a part of the truth. partners,
    kinds, goods: share whose range holds the truth; where a finding names a row of wrong scale or currency,
    or one that nobody can read, its amount may be counted as stated or left out; strict: it may not. found:
    share of faults of scale and currency with a finding. alarms: findings at clean rows. unplaced: findings
    without a row. failures: commands without an answer.
    """

    seed: int
    true: float
    value: float
    lowest: float
    highest: float
    estimate: float
    error: float
    expected: float
    partners: float
    partners_strict: float
    kinds: float
    kinds_strict: float
    goods: float
    found: float
    alarms: int
    unplaced: int
    pairs: int
    seconds: float
    missed: dict[str, list[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def whole(seed: int, folder: Path, *, rounds: int, gifts: int) -> Outcome:
    """Build a coalition, hand it in, and measure the answers."""
    coalition = build(seed, rounds=rounds, gifts=gifts)
    workspace = Workspace(folder / f"seed-{seed}", folder / f"seed-{seed}-inbox")
    workspace.create()
    workspace.add(coalition.documents)
    by_partner, by_kind = workspace.total("--by", "partner"), workspace.total("--by", "kind")
    by_good = workspace.total("--by", "good", "--what", "quantity")
    pairs = workspace.review()
    strict, asked = truth(coalition.gifts), truth(coalition.gifts, _doubts(workspace, coalition.plants))
    partners, kinds, goods = rows(by_partner), rows(by_kind), rows(by_good)
    total = Range.of(by_partner)
    value = total.value if total.value is not None else Decimal(0)
    estimate = Decimal(str(by_partner["estimate"])) if by_partner.get("estimate") is not None else value
    scales = [place for plant in coalition.plants if plant.fault in SCALES for place in plant.places]
    missed = {
        "partners": not_held(partners, asked.partners),
        "kinds": not_held(kinds, asked.kinds),
        "goods": not_held(goods, _intervals(asked.goods), Decimal(0)),
        "findings": [place.key for place in scales if not found_at(workspace, place)],
    }
    return Outcome(
        seed,
        float(strict.total),
        float(value),
        float(total.lowest or 0),
        float(total.highest or 0),
        float(estimate),
        float((value - strict.total) / strict.total),
        float((estimate - strict.total) / strict.total),
        _share(missed["partners"], asked.partners),
        _share(not_held(partners, strict.partners), strict.partners),
        _share(missed["kinds"], asked.kinds),
        _share(not_held(kinds, strict.kinds), strict.kinds),
        _share(missed["goods"], asked.goods),
        _share(missed["findings"], scales),
        len(false_alarms(workspace, coalition.clean)),
        sum(finding.severity != "note" and not finding.row for finding in workspace.findings),
        len(pairs),
        sum(workspace.seconds.values()),
        missed,
        workspace.failures,
    )


def _share(missed: Sequence[str], of: Sequence[object] | Mapping[str, object]) -> float:
    """Return the share that is not missed; 1 of nothing."""
    return 1 - len(missed) / len(of) if of else 1.0


def _doubts(workspace: Workspace, plants: Sequence[Plant]) -> list[tuple[str, str, Decimal]]:
    """Return by how much figures may differ from the truth, where findings name all rows of a fault."""
    return [
        excess
        for plant in plants
        if all(found_at(workspace, place) for place in plant.places)
        for excess in plant.excess
    ]


@dataclass
class ClassOutcome:
    """What one class of faults alone came to, on a small clean coalition.

    true, value, lowest, highest: EUR beyond the clean coalition. verdict: right, in range, asked (a value of
    wrong scale or currency counts as stated, or one that cannot be read is left out, and a finding names the
    row), wrong, no answer. found: planted places with a finding, of how many. pairs: in review, where the
    total is not right. partners, goods: keys whose range does not hold the truth.
    """

    fault: str
    verdict: str
    true: float
    value: float | None
    lowest: float | None
    highest: float | None
    found: int
    places: int
    pairs: int
    partners: list[str]
    goods: list[str]
    codes: list[str]
    failures: list[str]


def by_class(seed: int, folder: Path, faults: Sequence[str] = tuple(FAULTS)) -> list[ClassOutcome]:
    """Measure each class of faults alone: one planted fault beside a clean coalition of nine partners."""
    world, coalition = small(seed)
    base = Workspace(folder / "base", folder / "base-inbox")
    base.create()
    base.add(coalition.documents)
    clean = truth(coalition.gifts)
    outcomes = []
    for fault in faults:
        plant = FAULTS[fault](replace(deepcopy(world), chance=Random(f"{seed} {fault}")))
        workspace = base.copy(fault)
        workspace.add(fault_documents([plant]))
        outcomes.append(_alone(workspace, plant, clean, [*coalition.gifts, *plant.gifts]))
        print(f"{fault}: {outcomes[-1].verdict}", file=sys.stderr, flush=True)
    return outcomes


def _alone(workspace: Workspace, plant: Plant, clean: Truth, gifts: Sequence[Gift]) -> ClassOutcome:
    """Return what one planted fault came to."""
    true = truth(gifts)
    answer = workspace.total("--by", "partner")
    total = Range.of(answer)
    goods: list[str] = []
    if plant.fault in QUANTITIES:
        quantities = workspace.total("--by", "good", "--what", "quantity")
        goods = not_held(rows(quantities), _intervals(true.goods), Decimal(0))
    excess = sum((more for _, _, more in plant.excess), Decimal(0))
    at = {place: found_at(workspace, place) for place in plant.places}
    value, lowest, highest = (
        None if figure is None else float(figure - clean.total)
        for figure in (total.value, total.lowest, total.highest)
    )
    word = verdict(total, true.total, excess, all(at.values()))
    return ClassOutcome(
        plant.fault,
        word,
        float(true.total - clean.total),
        value,
        lowest,
        highest,
        found=sum(bool(found) for found in at.values()),
        places=len(at),
        pairs=0 if word == "right" else len(workspace.review()),
        partners=not_held(rows(answer), true.partners),
        goods=goods,
        codes=sorted({finding.code for finding in workspace.findings if finding.severity != "note"}),
        failures=workspace.failures,
    )


def verdict(total: Range, true: Decimal, excess: Decimal, found: bool) -> str:
    """Return in a word how a total stands to the truth."""
    if total.value is None or total.lowest is None or total.highest is None:
        return "no answer"
    if excess and abs(total.value - true - excess) <= ROUNDING:
        return "asked" if found else "wrong"
    if abs(total.value - true) <= ROUNDING:
        return "right"
    return "in range" if total.lowest < total.highest and total.holds(true, true) else "wrong"


def as_json(outcome: Outcome | ClassOutcome) -> dict[str, object]:
    """Return an outcome as plain JSON values."""
    return asdict(outcome)
