"""Changes in the totals by documents that are added, by statements and by matching."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.model.stages import Stage


@dataclass(frozen=True)
class Effect:
    """One total before and after documents are added.

    good: of a total of quantities. before, after: as `konvoi total` shows it (with --mix), None where it is
    not known. statements: change of the sum of all statements in force; matching: the rest of the change,
    which relations between records make. lowest, highest: the range after. unit: currency, or unit of the
    quantity.
    """

    what: str
    stage: str
    good: str
    unit: str
    before: Decimal | None
    after: Decimal | None
    statements: Decimal | None
    matching: Decimal | None
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def as_dict(self) -> dict[str, object]:
        """The effect as plain JSON values; figures are decimal strings."""
        figures = ("before", "after", "statements", "matching", "lowest", "highest")
        told = {name: getattr(self, name) for name in figures}
        return {
            **{name: getattr(self, name) for name in ("what", "stage", "good", "unit")},
            **{name: None if value is None else format(value, "f") for name, value in told.items()},
        }


def effects(before: Gathered, after: Gathered, settings: Settings) -> tuple[Effect, ...]:
    """Return the totals that change: of amounts by stage, pledged always and first, then of goods."""
    stages = _stages(before, after)
    found = [_effect(before, after, Question(stage=stage, mix=True), settings) for stage in stages]
    changed = [one for one in found if one.stage == Stage.PLEDGED or _differs(one)]
    for stage in stages:
        for good in _goods(before, after):
            asked = Question(stage=stage, what="quantity", good=good, mix=True)
            changed += [one] if _differs(one := _effect(before, after, asked, settings)) else []
    return tuple(changed)


def _stages(*states: Gathered) -> list[str]:
    named = {str(stage) for one in states for stage in one.ledger.entries["stage"].drop_nulls().unique()}
    return [str(Stage.PLEDGED), *sorted(named - {str(Stage.PLEDGED), str(Stage.WITHDRAWN)})]


def _goods(before: Gathered, after: Gathered) -> list[str]:
    """The goods of which a statement came or went."""
    columns = ["entry", "good", "submission"]
    old = before.ledger.entries.select(columns)
    new = after.ledger.entries.select(columns)
    changed = [old.join(new, on="entry", how="anti"), new.join(old, on="entry", how="anti")]
    related = [one.ledger.relations.filter(pl.col("status") == "accepted") for one in (before, after)]
    ends = pl.concat([pl.concat([one["left"], one["right"]]) for one in related]).unique()
    both = pl.concat([*changed, new.filter(pl.col("entry").is_in(ends.implode()))])
    return sorted(both["good"].drop_nulls().unique())


def _differs(one: Effect) -> bool:
    return one.before != one.after or bool(one.statements) or bool(one.matching)


def _effect(before: Gathered, after: Gathered, question: Question, settings: Settings) -> Effect:
    old, new = (ask(one, question, settings) for one in (before, after))
    sums = [_stated(one, drawn, question, settings) for one, drawn in ((before, old), (after, new))]
    statements = _less(sums[1], sums[0])
    whole = _less(new.value, old.value)
    return Effect(
        question.what,
        question.stage,
        question.good,
        new.unit or old.unit,
        old.value,
        new.value,
        statements,
        _less(whole, statements),
        new.lowest,
        new.highest,
    )


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The difference; nothing counts as zero where the other is known."""
    if one is None and other is None:
        return None
    return (one or Decimal(0)) - (other or Decimal(0))


def _stated(gathered: Gathered, drawn: Total, question: Question, settings: Settings) -> Decimal | None:
    """The value without any relation, in which every statement in force counts.

    drawn: the total with all relations. Undecided relations move no value, so where none is accepted it is
    not drawn again.
    """
    ledger = gathered.ledger
    if not (ledger.relations["status"] == "accepted").any():
        return drawn.value
    unrelated = replace(gathered, ledger=replace(ledger, relations=ledger.relations.clear()))
    return ask(unrelated, question, settings).value


def total_effect(found: Iterable[Effect]) -> dict[str, object]:
    """The change of the total of pledged amounts as JSON: total_before, total_after, total_effect, unit."""
    pledged = next((one for one in found if one.what == "amount" and one.stage == Stage.PLEDGED), None)
    if pledged is None:
        return {}
    told = pledged.as_dict()
    return {
        "total_before": told["before"],
        "total_after": told["after"],
        "total_effect": {"statements": told["statements"], "matching": told["matching"]},
        "unit": pledged.unit,
    }
