"""Changes from one state of the submissions to a later one, package by package, and in the totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.totals_asked import ask, full
from konvoi.flow.workspace import Workspace
from konvoi.kit.money import places
from konvoi.kit.progress import Stop, never
from konvoi.ledger.basis import QUANTITY_PLACES, basis
from konvoi.ledger.convert import converted
from konvoi.ledger.parts import plain
from konvoi.ledger.question import Question
from konvoi.ledger.revisions import KINDS, revisions, with_re_rated
from konvoi.ledger.summing import summed
from konvoi.ledger.units import owned
from konvoi.model.stages import Stage

OTHERWISE = "counted otherwise"
"""A package that says what it said, and counts more or less because of another one or a relation."""

Name = tuple[str, str]


@dataclass(frozen=True)
class Moved:
    """A total in both states, and by how much each kind of change moved it; their sum is the difference.

    old, new: None where it is refused or not known. good: empty for a total of amounts.
    """

    stage: str
    good: str
    unit: str
    old: Decimal | None
    new: Decimal | None
    by: Mapping[str, Decimal]

    def as_dict(self) -> dict[str, object]:
        """The total as plain JSON values."""
        return {
            "stage": self.stage,
            "good": self.good or None,
            "unit": self.unit,
            "old": self.old,
            "new": self.new,
            "by": dict(self.by),
        }


@dataclass(frozen=True)
class Diff:
    """Changes: packages (konvoi.ledger.revisions.REVISIONS), and the totals that moved."""

    packages: pl.DataFrame
    totals: tuple[Moved, ...]
    old: Gathered
    new: Gathered
    counts: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The changes as plain JSON values."""
        return {
            "counts": dict(self.counts),
            "packages": self.packages.to_dicts(),
            "totals": [one.as_dict() for one in self.totals],
        }


def diff(old: Workspace, new: Workspace, *, currency: str = "", stop: Stop = never) -> Diff:
    """The changes from one workspace, folder or file to another; totals by the rules of each state."""
    before = loaded(old, stop=stop)
    after = loaded(new, stop=stop)
    # Files alone may name no currency; a total is then in euros.
    money = currency or full(after, Question(), new.settings).currency or "EUR"
    asked = Question(mix=True, currency=money)
    states = [owned(one.ledger.entries, one.ledger.owners) for one in (before, after)]
    valued = [
        converted(entries, one.ledger.tables.get("rates"), money)
        for entries, one in zip(states, (before, after), strict=True)
    ]
    rows = with_re_rated(revisions(*states), valued[0], valued[1], money)
    # A package of several kinds of change counts under the first of KINDS.
    kinds: dict[Name, str] = {
        (source, package): kind
        for source, package, kind in rows.reverse().select("source", "package", "kind").iter_rows()
    }
    moved = [
        found
        for question in _questions(before, after, asked)
        if (found := _moved(question, _State(before, old), _State(after, new), kinds))
    ]
    counts = {kind: rows.filter(pl.col("kind") == kind).height for kind in KINDS}
    return Diff(rows, tuple(moved), before, after, counts)


def _questions(before: Gathered, after: Gathered, asked: Question) -> list[Question]:
    """The totals of amounts at each stage that is reported, and of each good's quantity at each of its
    own."""
    both = pl.concat([one.ledger.entries.select("good", "stage", "quantity") for one in (before, after)])
    order = {str(stage): at for at, stage in enumerate(Stage)}
    named = set(both["stage"].drop_nulls()) - {str(Stage.WITHDRAWN)}
    found = [replace(asked, stage=stage) for stage in sorted(named, key=order.__getitem__)]
    goods = both.filter(pl.col("quantity").is_not_null()).drop_nulls(["good", "stage"])
    for good, stage in goods.select("good", "stage").unique().sort("good", "stage").iter_rows():
        if stage != Stage.WITHDRAWN:
            found.append(replace(asked, stage=stage, what="quantity", good=good))
    return found


class _State(NamedTuple):
    """A workspace as it was gathered on a day."""

    gathered: Gathered
    work: Workspace


def _moved(
    question: Question,
    before: _State,
    after: _State,
    kinds: Mapping[Name, str],
) -> Moved | None:
    """One total in both states; None where no package counts more or less in it."""
    was, now = (_by_package(question, *one) for one in (before, after))
    differ = {name: now.get(name, 0) - was.get(name, 0) for name in sorted(was.keys() | now.keys())}
    by: dict[str, int] = {}
    for name, amount in differ.items():
        if amount:
            kind = kinds.get(name, OTHERWISE)
            by[kind] = by.get(kind, 0) + amount
    if not by:
        return None
    totals = [ask(one.gathered, question, one.work.settings) for one in (before, after)]
    unit = totals[1].unit or totals[0].unit
    scale = places(unit) if question.what == "amount" else QUANTITY_PLACES
    order = (*KINDS, OTHERWISE)
    return Moved(
        question.stage,
        question.good,
        unit,
        totals[0].value,
        totals[1].value,
        {kind: plain(by[kind], scale) for kind in sorted(by, key=order.index)},
    )


def _by_package(question: Question, gathered: Gathered, work: Workspace) -> dict[Name, int]:
    """Return the part of each package in a total: by source and package, in the smallest parts of its
    unit.
    """
    whole = full(gathered, question, work.settings)
    base = basis(gathered.ledger, whole, work.settings.recipient)
    inside = summed(base.counting, gathered.ledger, whole)
    named = base.levelled.select("unit", "source", "package").unique("unit", keep="first")
    rows = (
        inside.accepted.units.join(named, on="unit", how="left")
        .with_columns(pl.col("source", "package").fill_null(""))
        .group_by("source", "package")
        .agg(pl.col("counts").sum())
    )
    return {(source, package): counts for source, package, counts in rows.iter_rows()}
