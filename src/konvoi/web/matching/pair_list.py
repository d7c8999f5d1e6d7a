"""The pairs of a viewer as a list: what waits for this person comes first, in the order of the effect."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Any

import polars as pl
from django.http import HttpRequest
from django.urls import reverse

from konvoi.kit.digest import key
from konvoi.report.matching.sides import SENTENCES, holds
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.found import Found
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.lists.sources import NotReady, Part, Wanted, count_choices, distinct, refuse_moved, start_of
from konvoi.web.matching.answers import agreement
from konvoi.web.matching.queries import STATES, Desk, desk_of
from konvoi.web.matching.shown import currency_of, lines, total_now, words
from konvoi.web.pages.texts import say

PARTNER = "partner"
"""A condition on it holds for a pair of which either record is the partner's."""
_ENDS = ("left_party", "right_party")
_SAME = ("pair", "relation", "state", "waits", "queue", *_ENDS, "left_reference", "right_reference")
_BATCH = 1_000


@dataclass(frozen=True)
class OfPairs:
    """The pairs that a viewer may see; texts are made for those that are shown."""

    def part(self, viewer: Viewer, wanted: Wanted) -> Part:
        """Return the pairs that are wanted."""
        desk = _desk(viewer)
        every = ordered(desk)
        digest = key(desk.opened.manifest.digest, *every["pair"], *every["state"], *every["waits"])
        refuse_moved(wanted, digest)
        found = _selected(every, wanted)
        start = start_of(wanted)
        end = start + wanted.limit if wanted.before is None else min(wanted.before.start, found.height)
        shown = tuple(_rows(desk, found[start:end]))
        return Part(shown, found.height, start, digest, desk.opened.day)

    def batches(self, viewer: Viewer, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Yield all pairs that meet the conditions, a part at a time."""
        desk = _desk(viewer)
        for part in _selected(ordered(desk), wanted).iter_slices(_BATCH):
            yield tuple(_rows(desk, part))

    def values(self, viewer: Viewer, column: str) -> list[str] | None:
        """Return the values of a column."""
        if column == "state":
            return list(STATES)
        every = ordered(_desk(viewer))
        if column == PARTNER:
            return distinct({*every[_ENDS[0]].drop_nulls(), *every[_ENDS[1]].drop_nulls()})
        return distinct(every[column].unique())

    def counts(self, viewer: Viewer, wanted: Wanted, column: str) -> Mapping[str, int]:
        """Return how many pairs have each value of a column."""
        found = _selected(ordered(_desk(viewer)), wanted)
        return count_choices(found[column])


def _desk(viewer: Viewer) -> Desk:
    desk = desk_of(viewer)
    if desk is None:
        raise NotReady
    return desk


def ordered(desk: Desk) -> pl.DataFrame:
    """Return the pairs of a viewer with a column `waits`: those that wait for this person come first."""
    waiting = desk.waiting().with_columns(waits=pl.lit(True))
    rest = desk.states.filter(~pl.col("pair").is_in(waiting["pair"].implode()))
    return pl.concat([waiting, rest.with_columns(waits=pl.lit(False))])


def _selected(every: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    found = every
    for one in wanted.conditions:
        found = found.filter(_meets(one))
    if not wanted.order:
        return found
    names = [one.lstrip("-") for one in wanted.order]
    down = [one.startswith("-") for one in wanted.order]
    return found.sort(names, descending=down, nulls_last=True, maintain_order=True)


def _meets(condition: Condition) -> pl.Expr:
    columns = _ENDS if condition.column == PARTNER else (condition.column,)
    tests = []
    for column in map(pl.col, columns):
        if condition.op == Op.IS:
            known = [one for one in condition.values if one is not None]
            test = column.is_in(known).fill_null(False)
            tests.append(test | column.is_null() if None in condition.values else test)
        else:
            text = str(condition.values[0]).lower()
            tests.append(column.str.to_lowercase().str.contains(text, literal=True).fill_null(False))
    return reduce(pl.Expr.or_, tests)


def _rows(desk: Desk, found: pl.DataFrame) -> Iterator[Row]:
    """Yield rows as the list has them. Nobody who is asked for an independent decision sees the effect."""
    currency = currency_of(desk)
    for values, line in zip(found.iter_rows(named=True), lines(desk, desk.rows(found)), strict=True):
        told: dict[str, Any] = {name: values[name] for name in _SAME}
        yield told | {
            "question": line.question,
            "left": line.left,
            "right": line.right,
            "effect": line.effect or None,
            "change": values["change_minor"] if line.effect else None,
            "currency": currency if line.effect and values["change_minor"] is not None else None,
            "evidence": line.reason or None,
        }


def _address(row: Row) -> str:
    return reverse("pair", kwargs={"pair": row["pair"]})


def _questions() -> Mapping[str, str]:
    return {one: words(holds(one)[0]) for one in ("same_as", *SENTENCES)}


PAIRS = ListQuery(
    name="pairs",
    title="Duplicate candidates",
    table=OfPairs(),
    columns=(
        Column("question", title="Pair"),
        Column("left", title="First record"),
        Column("right", title="Second record"),
        Column("effect", title="Effect", absent="shown after your decision"),
        Column("evidence", title="Strongest evidence", absent="none"),
        Column("state", Kind.WORDS, "State"),
        Column("pair", title="Id", more=True),
        Column("relation", title="Kind of candidate", more=True),
        Column("change", Kind.MONEY, "Change", currency="currency", more=True),
        Column("currency", title="Currency", more=True),
        Column("waits", Kind.YES, "Waiting for me", more=True),
        Column("left_party", Kind.PARTY, "Party of the first record", more=True),
        Column("left_reference", title="Reference of the first record", more=True),
        Column("right_party", Kind.PARTY, "Party of the second record", more=True),
        Column("right_reference", title="Reference of the second record", more=True),
    ),
    counted="state",
    filters=(
        Filter("waits", Kind.YES),
        Filter("state", labels=lambda: {one: say(one) for one in STATES}),
        Filter(PARTNER, Kind.PARTY, title="Partner"),
        Filter("relation", labels=_questions),
    ),
    key="pair",
    right=Right.READ,
    day=False,
    links=MappingProxyType({"question": _address}),
    empty="No pair of records that you may see may be one thing reported twice.",
)
"""Pairs; without a choice in the order of the queue."""


def shown(request: HttpRequest, found: Found) -> Mapping[str, object]:
    """Return what the page shows above the table: open pairs, the total, calibration and agreement."""
    desk = _desk(viewer_of(request))
    counts = desk.counts()
    return {
        "desk": desk,
        "ways": [
            (say("waiting for me"), "waits=yes", found.asked.value("waits") == "yes"),
            (say("all"), "", not found.asked.filtered),
        ],
        "counts": counts,
        "waiting_pairs": sum(counts.values()),
        "total": total_now(desk),
        "agreement": agreement(desk.answers) if desk.viewer.is_cell else None,
        "calibration": desk.now.results.summary["calibration"] if desk.viewer.is_cell else None,
    }
