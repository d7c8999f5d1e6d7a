"""Conformity of each offer with the standards in force."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.model.table import QUANTITY
from konvoi.model.tables import BY_NAME

Tables = Mapping[str, pl.DataFrame]
Row = dict[str, Any]
Said = Mapping[tuple[str, str], str]

OFFER_STANDARDS = pl.Schema(
    {
        "offer": pl.String(),
        "party": pl.String(),
        "good": pl.String(),
        "serves": pl.String(),
        "standard": pl.String(),
        "version": pl.String(),
        "requirement": pl.String(),
        "value": pl.String(),
        "mandatory": pl.Boolean(),
        "verdict": pl.String(),
        "ratio": QUANTITY,
        "said": pl.String(),
        "points": pl.String(),
        "since": pl.Date(),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each offer, good that it may serve, and requirement of a standard in force.

verdict: meets, meets with ratio, lacks, unknown. ratio: units served by one unit. said: its evidence: codes,
equivalence, answer, approvals, offers; else empty. points: the standards with their versions. since: the day
from which the point has been in force."""

STATES = ("accepted", "accepted in part", "made")
"""The offers that are checked; an empty state means accepted."""


def offer_standards(tables: Tables, day: date, said: Said | None = None) -> pl.DataFrame:
    """Return the verdict of each offer on each point in force on a day (OFFER_STANDARDS).

    Of one standard the version in force last counts; of one requirement for one good any point will do.
    said: by offer and point (standard@version) its party's answer, meets or lacks.
    """
    world = _World.of(tables, day, said or {})
    rows = [line for offer in world.offers for line in world.lines(offer)]
    frame = pl.DataFrame(rows, schema=OFFER_STANDARDS)
    return frame.sort("offer", "serves", "requirement", "standard")


@dataclass(frozen=True)
class _World:
    """The tables as they are looked up."""

    tables: Tables
    day: date
    said: Said
    offers: list[Row]
    codes: Mapping[str, tuple[str, ...]]
    ratios: Mapping[tuple[str, str], Decimal]
    points: Mapping[str, Mapping[str, list[Row]]]

    @classmethod
    def of(cls, tables: Tables, day: date, said: Said) -> "_World":
        goods = _rows(tables, "goods")
        swaps = {(r["good"], r["serves"]): r["ratio"] for r in _rows(tables, "equivalences")}
        return cls(
            tables=tables,
            day=day,
            said=said,
            offers=[r for r in _rows(tables, "offers") if (r["state"] or "accepted") in STATES],
            codes={r["good"]: tuple(filter(None, (r["codes"] or "").split(";"))) for r in goods},
            ratios={pair: ratio for pair, ratio in swaps.items() if ratio and ratio > 0},
            points=in_force(tables, day),
        )

    def lines(self, offer: Row) -> Iterator[Row]:
        """The lines of one offer: for the good itself, then for each good that it may stand for."""
        good = offer["good"]
        served = [good, *sorted(serves for one, serves in self.ratios if one == good and serves != good)]
        for serves in served:
            for requirement, points in sorted(self.points.get(serves, {}).items()):
                yield self._line(offer, serves, requirement, points)

    def _line(self, offer: Row, serves: str, requirement: str, points: list[Row]) -> Row:
        verdicts = [(self._verdict(offer, serves, point), point) for point in points]
        order = ("meets", "meets with ratio", "unknown", "lacks")
        (verdict, said), point = min(verdicts, key=lambda one: (order.index(one[0][0]), one[1]["standard"]))
        named = points if verdict in ("lacks", "unknown") else [point]
        since = max((day for day in (point["in_force"], self._known(offer)) if day), default=None)
        return {
            **{
                name: offer.get(name)
                for name in ("offer", "party", "good", "marking", "_file", "_sheet", "_row")
            },
            "serves": serves,
            "standard": ";".join(one["standard"] for one in named),
            "points": ";".join(map(point_id, named)),
            "version": point["version"],
            "requirement": requirement,
            "value": ";".join(one["value"] for one in named),
            "mandatory": any(one["mandatory"] is not False for one in points),
            "verdict": verdict,
            "ratio": Decimal(1) if serves == offer["good"] else self.ratios[offer["good"], serves],
            "said": said,
            "since": since,
        }

    def _known(self, offer: Row) -> date | None:
        ready = offer["ready"]
        return ready if isinstance(ready, date) and ready <= self.day else None

    def _verdict(self, offer: Row, serves: str, point: Row) -> tuple[str, str]:
        """Return the verdict of an offer on one point, and its evidence."""
        answer = self.said.get((offer["offer"], point_id(point)))
        if answer:
            return answer, "answer"
        requirement = point["requirement"]
        value = point["value"]
        if requirement == "interchangeable with":
            return self._swap(offer["good"], serves, value), "equivalence"
        if requirement == "identity code":
            return self._code(offer["good"], value)
        if requirement == "paper set":
            return self._papers(offer, value)
        if requirement in ("spares", "training"):
            return self._beside(offer, value)
        return "unknown", ""

    def _swap(self, good: str, serves: str, value: str) -> str:
        if good in (value, serves):
            return "meets"
        ratio = self.ratios.get((good, value))
        if ratio is None:
            return "lacks"
        return "meets" if ratio == 1 else "meets with ratio"

    def _code(self, good: str, value: str) -> tuple[str, str]:
        scheme = value.split(":")[0] + ":"
        known = [code for code in self.codes.get(good, ()) if ":" not in value or code.startswith(scheme)]
        if not known:
            return "unknown", ""
        return ("meets" if value in known else "lacks"), "codes"

    def _papers(self, offer: Row, value: str) -> tuple[str, str]:
        """Papers that are approvals: met where each is given and holds, lacking where one is refused."""
        asked = [kind.strip() for kind in value.split(";") if kind.strip()]
        covers = {offer["offer"], offer["line"]} - {None}
        rows = [r for r in _rows(self.tables, "approvals") if r["covers"] in covers and r["kind"] in asked]
        if any(row["refused"] for row in rows):
            return "lacks", "approvals"
        there = {r["kind"] for r in rows if r["given"] and not (r["expires"] and r["expires"] < self.day)}
        return ("meets", "approvals") if asked and there >= set(asked) else ("unknown", "")

    def _beside(self, offer: Row, value: str) -> tuple[str, str]:
        """Spares or training that are a good of the catalogue: met where the same party offers it, too."""
        goods = {one.strip() for one in value.split(";") if one.strip()}
        offered = {one["good"] for one in self.offers if one["party"] == offer["party"]}
        if not goods <= set(self.codes):
            return "unknown", ""
        return ("meets", "offers") if goods <= offered else ("unknown", "")


def point_id(row: Row) -> str:
    """A version of a standard, as answers name it.

    >>> point_id({"standard": "S-1", "version": None})
    'S-1@'
    """
    return f"{row['standard']}@{row['version'] or ''}"


def in_force(tables: Tables, day: date) -> dict[str, dict[str, list[Row]]]:
    """Return the points in force on a day by good and requirement: of each standard the latest version."""
    last: dict[str, Row] = {}
    rows = sorted(
        _rows(tables, "standards"), key=lambda one: (one["in_force"] or date.min, one["version"] or "")
    )
    for row in rows:
        if (row["in_force"] or date.min) <= day:
            last[row["standard"]] = row
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(last.values(), key=lambda one: str(one["standard"])):
        found[row["good"]][row["requirement"]].append(row)
    return {good: dict(points) for good, points in found.items()}


def _rows(tables: Tables, name: str) -> list[Row]:
    frame = tables.get(name)
    if frame is None or frame.is_empty():
        return []
    key = [one for one in BY_NAME[name].key if one in frame.columns]
    return frame.sort(key).to_dicts() if key else frame.to_dicts()
