"""The options of a decision, at most three, each with its consequence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import polars as pl

from konvoi.report.case import Case
from konvoi.report.front.decisions import Decision, Effect
from konvoi.report.front.dependence import Dependence
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Share, Value
from konvoi.report.planning.need_status import served

ACT = "act"
LATER = "later"
REFUSE = "refuse"
WEEKS = 4
"""So many weeks later things happen when a decision is postponed."""

NOT_QUANTIFIED = Message("not quantified")
ON_A_TEXT = (Message("adopt"), Message("adopt with changes"), Message("postpone"))
ON_A_TASK = (Message("act as stated"), Message("set another day"), Message("withdraw or replace"))

Effects: TypeAlias = dict[tuple[str, str], Decimal]
"""The change in value of the re-solved plan, by record and option."""


@dataclass(frozen=True)
class Stake:
    """Offers behind a record, and the approvals for which they wait."""

    record: str
    offers: tuple[str, ...]
    approvals: tuple[str, ...]


Resolve: TypeAlias = Callable[[Sequence[Stake]], Effects]
"""Re-solves the plan for the options of decisions."""


def none_resolved(stakes: Sequence[Stake]) -> Effects:
    """Return no effects, where the plan is not known to the reader."""
    return {}


@dataclass(frozen=True)
class Option:
    """One way to decide, and what comes of it."""

    text: Message
    consequence: Value


def stake(case: Case, needs: Dependence, record: str) -> Stake:
    """Return what depends on a record."""
    supplies = [one for one in needs.supplies(record) if one.offer]
    covers = {record, *(one.record for one in supplies), *(str(one.row.get("line")) for one in supplies)}
    rows = table(case, "approvals")
    waiting = pl.col("given").is_null() & (
        pl.col("covers").is_in(list(covers)) | (pl.col("approval") == record)
    )
    approvals = rows.filter(waiting)["approval"].drop_nulls().unique().sort()
    return Stake(record, tuple(one.record for one in supplies), tuple(approvals))


@dataclass(frozen=True)
class Options:
    """The options of the decisions of one meeting. effects: of the re-solved plan, where there is one."""

    case: Case
    needs: Dependence
    effects: Effects

    def of(self, one: Decision) -> tuple[tuple[Option, ...], Value]:
        """Return the options of a computed decision, and the consequence of deciding nothing."""
        if one.effect is Effect.NEEDS and one.share:
            return self._of_needs(one)
        if one.amount is not None:
            return self._of_amount(one), Message("{amount} stays open", {"amount": one.amount})
        return _plain(ON_A_TASK), one.consequence

    def of_text(self, open_clauses: int) -> tuple[tuple[Option, ...], Value]:
        """Return the options of an agenda item on a text, of which so many clauses are open."""
        found = _plain(ON_A_TEXT)
        if not open_clauses:
            return found, NOT_QUANTIFIED
        values: dict[str, Value] = {"count": open_clauses}
        kept = Message(
            "{count} open clause stays open",
            values,
            "{count} open clauses stay open",
            open_clauses,
        )
        return (found[0], found[1], Option(found[2].text, kept)), kept

    def _of_needs(self, one: Decision) -> tuple[tuple[Option, ...], Value]:
        depend = Message("{share} of needs, by value, can be served", {"share": Share(one.share)})
        lose = Message("{share} of needs, by value, cannot be served by it", {"share": Share(one.share)})
        later = Message("decide {weeks} weeks later", {"weeks": WEEKS})
        others = self.needs.others(one.about)
        fallback = Message("refuse")
        if others:
            values: dict[str, Value] = {
                "party": Names(self.case).party(others[0].party),
                "offer": others[0].record,
            }
            fallback = Message("refuse, and use offer {offer} of {party} where it is free", values)
        options = (
            Option(Message("act as stated"), self._solved(one.about, ACT) or depend),
            Option(later, self._solved(one.about, LATER) or NOT_QUANTIFIED),
            Option(fallback, self._solved(one.about, REFUSE) or lose),
        )
        return options, self._solved(one.about, REFUSE) or lose

    def _of_amount(self, one: Decision) -> tuple[Option, ...]:
        amount: dict[str, Value] = {"amount": one.amount}
        if one.effect is Effect.MONEY:
            return (
                Option(Message("act as stated"), Message("{amount} can be paid", amount)),
                Option(Message("pay in part"), NOT_QUANTIFIED),
                Option(Message("postpone"), Message("{amount} is not paid", amount)),
            )
        return (
            Option(Message("the same"), Message("The total pledged falls by {amount}", amount)),
            Option(Message("different"), Message("The total pledged stays as it is")),
            Option(Message("unsure"), Message("{amount} stays open", amount)),
        )

    def _solved(self, record: str, option: str) -> Value:
        """Return the change of the re-solved plan as a share of needs; None where none was solved."""
        change = self.effects.get((record, option))
        if change is None and option == ACT and (record, REFUSE) in self.effects:
            return Message("The plan in force stays as it is")
        whole = sum((each.value(each.needed) for each in served(self.case)), Decimal(0))
        if change is None or not whole:
            return None
        if not change:
            return Message("Re-solved plan: no change")
        values: dict[str, Value] = {"share": Share(abs(change) / whole)}
        if change > 0:
            return Message("Re-solved plan: {share} of needs, by value, more", values)
        return Message("Re-solved plan: {share} of needs, by value, less", values)


def _plain(texts: tuple[Message, ...]) -> tuple[Option, ...]:
    return tuple(Option(one, NOT_QUANTIFIED) for one in texts)


def draft(one: Decision, names: Names, by: Value) -> Message:
    """Return the draft wording of a computed decision."""
    who: Value = names.party(one.party) if one.party else Message("The coordination cell")
    return Message("{who} is asked by {by}: {what}.", {"who": who, "by": by, "what": one.what})
