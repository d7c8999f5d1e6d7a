"""Changes in the totals by documents that are added, by statements and by matching."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask
from konvoi.ledger.answer import Total
from konvoi.ledger.basis import NO_RATE
from konvoi.ledger.parts import UNLIKE as UNLIKE_UNITS
from konvoi.ledger.parts import UNREAD
from konvoi.ledger.question import Question
from konvoi.ledger.source_rows import NO_VALUE, UNLIKE
from konvoi.model.finding import filled
from konvoi.model.goods import parents
from konvoi.model.stages import Stage

_FIGURES = ("before", "after", "statements", "matching", "lowest", "highest")


@dataclass(frozen=True)
class Effect:
    """One total before and after documents are added.

    good: of a total of quantities. before, after: as `konvoi total` shows it (with --mix), None where it is
    not known. statements: change of the sum of all statements in force; matching: the rest of the change,
    which relations between records make. lowest, highest: the range after; spread: by how much they lie
    farther below and above the total than before. unit: currency, or unit of the quantity. why: message id
    with its values, of the reason why the total is not known after, else before.
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
    why: str = ""
    why_values: Mapping[str, str] = field(default_factory=dict)
    spread: tuple[Decimal | None, Decimal | None] = (None, None)

    @property
    def differs(self) -> bool:
        """True if the total changes, or what it is made of."""
        return self.before != self.after or bool(self.statements) or bool(self.matching)

    def as_dict(self) -> dict[str, object]:
        """The effect as plain values."""
        names = ("what", "stage", "good", "unit", *_FIGURES)
        return {
            **{name: getattr(self, name) for name in names},
            "reason": filled(self.why, self.why_values) if self.why else None,
        }


def effects(before: Gathered, after: Gathered, settings: Settings) -> tuple[Effect, ...]:
    """Return the totals that change: of amounts by stage, pledged always and first, then of goods."""
    stages = _stages(before, after)
    found = [_effect(before, after, Question(stage=stage, mix=True), settings) for stage in stages]
    changed = [one for one in found if one.stage == Stage.PLEDGED or one.differs]
    for stage in stages:
        for good in _goods(before, after):
            asked = Question(stage=stage, what="quantity", good=good, mix=True)
            changed += [one] if (one := _effect(before, after, asked, settings)).differs else []
    return tuple(changed)


def _stages(*states: Gathered) -> list[str]:
    named = {str(stage) for one in states for stage in one.ledger.entries["stage"].drop_nulls().unique()}
    return [str(Stage.PLEDGED), *sorted(named - {str(Stage.PLEDGED), str(Stage.WITHDRAWN)})]


def _goods(before: Gathered, after: Gathered) -> list[str]:
    """The goods of which a statement came, went or is counted in another unit, and the goods above them."""
    columns = ["entry", "good", "quantity", "unit"]
    old = before.ledger.entries.select(columns)
    new = after.ledger.entries.select(columns)
    changed = [old.join(new, on=columns, how="anti", nulls_equal=True)]
    changed += [new.join(old, on=columns, how="anti", nulls_equal=True)]
    related = [one.ledger.relations.filter(pl.col("status") == "accepted") for one in (before, after)]
    ends = pl.concat([pl.concat([one["left"], one["right"]]) for one in related]).unique()
    both = pl.concat([*changed, new.filter(pl.col("entry").is_in(ends.implode()))])
    return sorted(_with_families(set(both["good"].drop_nulls()), before, after))


def _with_families(goods: set[str], *states: Gathered) -> set[str]:
    """Return goods with those above them, in each state: a total of a good counts all goods below it.

    A good that is under another than before changes the totals of both.
    """
    above = [parents(one.ledger.tables) for one in states]
    moved = {good for one in above for good in one if len({other.get(good) for other in above}) > 1}
    found = set(goods)
    for parent in above:
        near = goods | moved
        while near := {parent[good] for good in near if good in parent} - found:
            found |= near
    return found


def _effect(before: Gathered, after: Gathered, question: Question, settings: Settings) -> Effect:
    old, new = (ask(one, question, settings) for one in (before, after))
    sums = [_stated(one, drawn, question, settings) for one, drawn in ((before, old), (after, new))]
    statements = _less(sums[1], sums[0])
    whole = _less(new.value, old.value)
    why, values = _unknown(new) if new.value is None else _unknown(old) if old.value is None else ("", {})
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
        why,
        values,
        (
            _less(_less(new.value, new.lowest), _less(old.value, old.lowest)),
            _less(_less(new.highest, new.value), _less(old.highest, old.value)),
        ),
    )


def _unknown(total: Total) -> tuple[str, Mapping[str, str]]:
    """Return the reason why a total is not known: a message id with its values."""
    if total.refused and total.what == "quantity":
        # Of one good: its units differ, and the remedy of the refusal, to name one good, does not help.
        return UNLIKE_UNITS, total.refused.values
    if total.refused:
        return total.refused.reason, total.refused.values
    if total.unlike_units:
        return UNLIKE, {}
    if total.unread_values:
        return UNREAD, {}
    return (NO_RATE, {}) if total.no_rate else (NO_VALUE, {})


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
