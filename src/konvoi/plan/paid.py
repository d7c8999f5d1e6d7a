"""The audit's own count of payments: purchases are paid in full, by money available on the day of the
order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from konvoi.plan import allowed
from konvoi.plan.recount import option_key
from konvoi.plan.world import Row, World

Told = tuple[str, str, Row, str, str]
"""Table of the plan, column, row, value read, reason for the fault."""


class _Tranche(NamedTuple):
    """A tranche: its budget and day."""

    budget: str
    day: object


def payment_faults(here: World, moves: Iterable[Row], payments: Iterable[Row]) -> Iterator[Told]:
    """Yield the faults of a plan's payments; moves: those that can be counted, with their origins."""
    bought = {move["movement"]: move for move in moves if move["offer"] is None}
    paid: dict[str, Fraction] = defaultdict(Fraction)
    spent: dict[_Tranche, Fraction] = defaultdict(Fraction)
    for row in payments:
        move = bought.get(row["movement"])
        if move is None or row["budget"] != move["budget"]:
            yield "payments", "movement", row, str(row["movement"]), "a purchase from that budget"
            continue
        yield from _days(here, move, row)
        paid[row["movement"]] += Fraction(row["amount"])
        spent[_Tranche(row["budget"], row["tranche"])] += Fraction(row["amount"])
    for name, move in sorted(bought.items()):
        option = here.options.get(option_key(here, move))
        owed = Fraction(move["quantity"]) * (option["price"] if option else 0)
        if paid[name] != owed:
            why = f"payments of {float(owed):.15g} in all"
            yield "movements", "budget", move, f"{float(paid[name]):.15g}", why
    yield from _beyond(here, spent)


def _days(here: World, move: Row, row: Row) -> Iterator[Told]:
    """Yield faults of days: an order must allow its departure, and its money must be available by then."""
    option = here.options.get(option_key(here, move))
    days = here.tranches.get(row["budget"], {})
    known = any(day <= row["ordered"] <= here.end for day in days)
    if not known or (
        option is not None and not allowed.bought(here, option, row["ordered"], move["departs"])
    ):
        yield "payments", "ordered", row, str(row["ordered"]), f"a tranche in time for {move['departs']}"
    if row["tranche"] not in days or row["tranche"] > row["ordered"] or row["amount"] <= 0:
        yield "payments", "tranche", row, str(row["tranche"]), f"money that is there on {row['ordered']}"


def _beyond(here: World, spent: Mapping[_Tranche, Fraction]) -> Iterator[Told]:
    """Yield whether a tranche pays more than it holds."""
    for (budget, day), amount in sorted(spent.items(), key=str):
        before = 0
        for known, total in here.tranches.get(budget, {}).items():
            if known == day and amount > total - before:
                why = f"no more than {total - before} from the tranche of {day} of {budget}"
                yield "payments", "amount", {}, f"{float(amount):.15g}", why
            before = total
