"""Needs and their possible sources: needs, offers, purchases, kits, and the pairs of good and need."""

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.kit.money import to_major
from konvoi.plan.clean import Notes
from konvoi.plan.exact import micro, offset
from konvoi.plan.network import Money
from konvoi.plan.parts import Good, Kit, Need, Pair, Source, Tranche
from konvoi.plan.validate import counted, in_turn, named, not_possible, within

Tables = Mapping[str, pl.DataFrame]

_NO_KIT = "Correct the id, or plan the need of the table {where}; until then this kit does not count."


@dataclass(frozen=True)
class Ground:
    """Reference values for checking rows: known ids, the first day, the number of days."""

    start: date
    days: int
    catalogue: frozenset[str]
    goods: Mapping[str, int]
    sites: Mapping[str, int]
    states: tuple[str, ...]
    offer_states: tuple[str, ...]

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.start + timedelta(days=self.days)


def needs(tables: Tables, ground: Ground, notes: Notes) -> tuple[Need, ...]:
    """The needs in the states that are planned, at known sites."""
    found = []
    for row in tables["needs"].iter_rows(named=True):
        if (row["state"] or "validated") not in ground.states:
            continue
        able = named(notes, "needs", row, _where(ground))
        if counted(notes, "needs", row, above=("quantity",), least=("weight",)) and able:
            found.append(_need(row, ground, notes))
    _none_planned("needs", tables["needs"], ground.states, notes)
    return tuple(found)


def _none_planned(table: str, rows: pl.DataFrame, states: tuple[str, ...], notes: Notes) -> None:
    """Report once if no row of a table is in a state that is planned; an empty state is one."""
    if rows.is_empty() or rows["state"].fill_null("").is_in(["", *states]).any():
        return
    notes.tell(
        "problem-none-planned",
        table,
        rows.row(0, named=True),
        "state",
        "{states} in one row at least: no other is planned",
        "Once one is {states} by those who decide, write that as its state; until then nothing is planned.",
        states=" / ".join(states),
    )


def _where(ground: Ground) -> dict[str, tuple[Container[str], str]]:
    """Return the ids that a row's good and site may have."""
    return {"good": (ground.catalogue, "goods"), "site": (ground.sites, "sites")}


def _need(row: dict[str, Any], ground: Ground, notes: Notes) -> Need:
    """One need; days past the horizon are cut to its last day."""
    due = offset(row["due"], ground.start)
    last = offset(row["last_useful"], ground.start, due)
    if due >= ground.days:
        notes.tell(
            "problem-past-horizon",
            "needs",
            row,
            "due",
            "a day within the horizon",
            "Plan more weeks if what arrives after the horizon shall count.",
            severity="note",
        )
    return Need(
        id=row["need"],
        good=row["good"],
        quantity=micro(row["quantity"]),
        site=ground.sites[row["site"]],
        due=due,
        last=min(last, ground.days - 1),
        weight=micro(row["weight"], 10**6),
        whole=bool(row["whole"]),
        recipient=row["recipient"] or "",
    )


def offers(tables: Tables, ground: Ground, notes: Notes) -> list[Source]:
    """The offers in the states that are planned, of goods that can travel."""
    _none_planned("offers", tables["offers"], ground.offer_states, notes)
    found = []
    for row in tables["offers"].iter_rows(named=True):
        if (row["state"] or "accepted") not in ground.offer_states:
            continue
        if in_turn(notes, "offers", row, "ready", "until"):
            within(notes, "offers", row, "ready", ground.end)
        able = named(notes, "offers", row, _where(ground))
        if not counted(notes, "offers", row, least=("quantity",)) or not able:
            continue
        if row["good"] not in ground.goods:
            continue
        found.append(
            Source(
                key=row["offer"],
                good=ground.goods[row["good"]],
                site=ground.sites[row["site"]],
                party=row["party"],
                quantity=micro(row["quantity"]),
                ready=max(0, offset(row["ready"], ground.start)),
                until=None if row["until"] is None else offset(row["until"], ground.start),
                offer=row["offer"],
                line=row["line"] or "",
                unit_value=to_major(row["unit_value"] or 0, row["currency"] or ""),
            )
        )
    return found


def tranches(tables: Tables, ground: Ground, notes: Notes) -> tuple[Tranche, ...]:
    """The money of each budget by the day on which it is there; earlier money stays."""
    sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    currencies = _currencies(tables)
    for row in tables["budgets"].filter(pl.col("amount").is_not_null()).iter_rows(named=True):
        within(notes, "budgets", row, "day", ground.end)
        if not counted(notes, "budgets", row, least=("amount",)):
            continue
        if row["currency"] != currencies[row["budget"]]:
            _other_currency(row, currencies[row["budget"]], notes)
        else:
            sums[row["budget"]][max(0, offset(row["day"], ground.start))] += row["amount"]
    found = []
    for budget in sorted(sums):
        total = 0
        for day in sorted(sums[budget]):
            total += sums[budget][day]
            found.append(Tranche(budget, day, total))
    return tuple(found)


def purchases(
    tables: Tables, ground: Ground, tranches: tuple[Tranche, ...], rates: Money, notes: Notes
) -> list[Source]:
    """Return the possible purchases of budgets, one for each tranche that may pay for it."""
    days = defaultdict(list)
    for tranche in tranches:
        days[tranche.budget].append(tranche.day)
    currencies = _currencies(tables)
    seen: set[str] = set()
    found: list[Source] = []
    for row in tables["budgets"].filter(pl.col("good").is_not_null()).iter_rows(named=True):
        option = "|".join(row[c] or "" for c in ("budget", "good", "supplier", "site"))
        if not _buyable(row, ground, currencies, notes) or _again(option, seen, row, notes):
            continue
        found += [_purchase(row, option, day, ground, rates) for day in days[row["budget"]]]
    return found


def _currencies(tables: Tables) -> dict[str, str]:
    """The currency of each budget's money: that of its first tranche."""
    money = tables["budgets"].filter(pl.col("amount").is_not_null())
    first = money.sort("budget", "day", "currency", nulls_last=False)
    return {row["budget"]: row["currency"] for row in first.rows(named=True)[::-1]}


def _again(option: str, seen: set[str], row: dict[str, Any], notes: Notes) -> bool:
    """Return True if the same purchase was named before, and report it."""
    if option not in seen:
        seen.add(option)
        return False
    notes.tell(
        "problem-id-twice",
        "budgets",
        row,
        "good",
        "one row for a good, supplier and site in one budget",
        "Join the rows into one; the other row is used.",
    )
    return True


def _buyable(row: dict[str, Any], ground: Ground, currencies: Mapping[str, str], notes: Notes) -> bool:
    """Return True if a purchase has what it needs: good, site, a price in the budget's own currency."""
    able = named(notes, "budgets", row, _where(ground))
    able = counted(notes, "budgets", row, least=("price", "lead_days", "most")) and able
    if row["price"] is None:
        not_possible(notes, "budgets", row, "price", expected="the price of one unit")
    own = currencies.get(row["budget"], row["currency"])
    if row["currency"] != own:
        _other_currency(row, own, notes)
    return able and row["price"] is not None and row["currency"] == own and row["good"] in ground.goods


def _other_currency(row: dict[str, Any], own: str, notes: Notes) -> None:
    """Report a row of a budget that is not in the budget's currency."""
    notes.tell(
        "problem-currency-differs",
        "budgets",
        row,
        "currency",
        "{currency}, in which the budget's money is",
        "Write the row in {currency}; until then it is not used.",
        currency=own,
    )


def _purchase(row: dict[str, Any], option: str, order: int, ground: Ground, rates: Money) -> Source:
    """Return the purchase with the money of one tranche: ready after the lead time."""
    return Source(
        key=f"{option}@{order}",
        good=ground.goods[row["good"]],
        site=ground.sites[row["site"]],
        party=row["party"],
        quantity=None if row["most"] is None else micro(row["most"]),
        ready=order + (row["lead_days"] or 0),
        until=None,
        budget=row["budget"],
        option=option,
        supplier=row["supplier"] or "",
        order=order,
        price=row["price"],
        cost=rates.euro(row["price"], row["currency"]) or 0.0,
        unit_value=to_major(row["price"], row["currency"]),
    )


def pairs(tables: Tables, found: tuple[Need, ...], goods: tuple[Good, ...], notes: Notes) -> tuple[Pair, ...]:
    """For each need the goods that serve it: the good itself one to one, others by their ratio."""
    index = {good.id: number for number, good in enumerate(goods)}
    known = frozenset(tables["goods"]["good"])
    serving: dict[str, dict[int, int]] = defaultdict(dict)
    for row in tables["equivalences"].iter_rows(named=True):
        able = named(notes, "equivalences", row, dict.fromkeys(("good", "serves"), (known, "goods")))
        if not counted(notes, "equivalences", row, above=("ratio",)) or not able:
            continue
        if row["good"] in index and row["good"] != row["serves"]:
            serving[row["serves"]][index[row["good"]]] = micro(row["ratio"])
    made = []
    for number, need in enumerate(found):
        own = {index[need.good]: 10**6} if need.good in index else {}
        made += [Pair(number, good, ratio) for good, ratio in sorted((own | serving[need.good]).items())]
    return tuple(made)


def kits(tables: Tables, found: tuple[Need, ...], notes: Notes) -> tuple[Kit, ...]:
    """Return the kits whose components are all planned; a need may belong to several."""
    index = {need.id: number for number, need in enumerate(found)}
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables["kits"].iter_rows(named=True):
        rows[row["kit"]].append(row)
    made = []
    for name in sorted(rows):
        if _whole_kit(rows[name], index, notes):
            _one_weight(rows[name], notes)
            made.append(_kit(name, rows[name], index, found))
    return tuple(made)


def _whole_kit(rows: list[dict[str, Any]], index: Mapping[str, int], notes: Notes) -> bool:
    """Return True if each component of a kit can be counted; report each that cannot."""
    sound = True
    for row in rows:
        able = named(notes, "kits", row, {"need": (index, "needs")}, remedy=_NO_KIT)
        sound = counted(notes, "kits", row, above=("per_kit",), least=("weight",)) and able and sound
    return sound


def _one_weight(rows: list[dict[str, Any]], notes: Notes) -> None:
    """Report the rows of a kit that state a smaller weight than another row of it."""
    weighed = [row for row in rows if row["weight"] is not None]
    most = max((row["weight"] for row in weighed), default=Decimal(0))
    for row in weighed:
        if row["weight"] != most:
            notes.tell(
                "problem-kit-weights",
                "kits",
                row,
                "weight",
                f"one weight in all rows of kit {row['kit']}; {most.normalize():f} is used, the largest",
                "Write the weight that is meant in one row of the kit, or the same in all.",
            )


def _kit(name: str, rows: list[dict[str, Any]], index: Mapping[str, int], found: tuple[Need, ...]) -> Kit:
    """One kit: the weight is the largest that a row states, or 1."""
    stated = [micro(row["weight"]) for row in rows if row["weight"] is not None]
    parts = tuple(sorted((index[row["need"]], micro(row["per_kit"])) for row in rows))
    most = min(found[need].quantity // per_kit for need, per_kit in parts)
    return Kit(name, max(stated, default=10**6), parts, most)
