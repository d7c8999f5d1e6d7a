"""A made-up plan: each consignment is bought, approved, and goes over three lanes to be handed over."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from bench.dice import Dice

from konvoi.model.tables import BY_NAME

START = date(2030, 1, 7)
SUPPLIERS, STATES, LANES, WEEKS = 40, 30, 20, 26
"""How many there are whose luck is shared; each hop has so many lanes, with a luck for each week."""

Row = dict[str, object]


@dataclass(frozen=True)
class Planned:
    """A plan as far as a forecast asks for it."""

    movements: pl.DataFrame
    legs: pl.DataFrame
    payments: pl.DataFrame


def made_up(count: int, seed: int) -> tuple[dict[str, pl.DataFrame], Planned]:
    """The tables of a problem and a plan of so many consignments."""
    dice = Dice(seed)
    lanes = [_lane(dice, hop, number) for hop in range(3) for number in range(LANES)]
    budgets = _budgets()
    papers = [
        {
            "approval": f"A{state}",
            "covers": f"B{state}",
            "party": f"S{state}",
            "due": _day(dice.whole(20, 60)),
        }
        for state in range(STATES)
    ]
    moves, legs, paid, needs = [], [], [], []
    for number in range(count):
        move, mine, ordered, due = _consignment(dice, number, lanes)
        moves.append(move)
        legs += mine
        paid.append({"movement": move["movement"], "ordered": ordered})
        needs.append({"need": move["need"], "good": "kit", "quantity": Decimal(1), "site": "Z", "due": due})
    sites: list[Row] = [{"site": name, "kind": "depot"} for name in "WXYZ"]
    tables: dict[str, list[Row]] = {
        "lanes": lanes,
        "budgets": budgets,
        "approvals": papers,
        "needs": needs,
        "sites": sites,
    }
    tables["horizon"] = [{"start": START, "weeks": WEEKS}]
    plan = Planned(pl.DataFrame(moves), pl.DataFrame(legs), pl.DataFrame(paid))
    return {name: _table(name, rows) for name, rows in tables.items()}, plan


def _budgets() -> list[Row]:
    """What each state's money may buy of each supplier."""
    return [
        {
            "budget": f"B{state}",
            "good": "kit",
            "supplier": f"F{number}",
            "lead_days": 20 + number,
            "party": "P",
        }
        for state in range(STATES)
        for number in range(SUPPLIERS)
    ]


def _day(number: int) -> date:
    return START + timedelta(days=number)


def _lane(dice: Dice, hop: int, number: int) -> Row:
    middle = dice.whole(2, 8)
    ends = {"from": "WXYZ"[hop], "to": "WXYZ"[hop + 1]}
    days = {"days_p10": Decimal(middle) * Decimal("0.8"), "days_p50": Decimal(middle)}
    return {"lane": f"L{hop}-{number}", **ends, **days, "days_p90": Decimal(middle * 2)}


def _consignment(dice: Dice, number: int, lanes: list[Row]) -> tuple[Row, list[Row], date, date]:
    """One consignment, its legs, when it is ordered, when it is due."""
    supplier, name = dice.whole(0, SUPPLIERS - 1), f"M{number:05d}"
    ordered = dice.whole(0, 60)
    day = ordered + 20 + supplier + dice.whole(0, 14)
    legs: list[Row] = []
    for hop in range(3):
        lane = lanes[hop * LANES + dice.whole(0, LANES - 1)]
        arrives = day + int(str(lane["days_p50"]))
        ends = {"departs": _day(day), "arrives": _day(arrives)}
        legs.append({"movement": name, "leg": hop + 1, "lane": lane["lane"], **ends})
        day = arrives + dice.whole(0, 3)
    move = {"movement": name, "need": f"N{number:05d}", "good": "kit", "quantity": Decimal(1), "offer": None}
    move |= {"budget": f"B{dice.whole(0, STATES - 1)}", "supplier": f"F{supplier}"}
    move |= {"departs": legs[0]["departs"], "arrives": legs[-1]["arrives"]}
    return move, legs, _day(ordered), _day(day + dice.whole(0, 21))


def _table(name: str, rows: list[Row]) -> pl.DataFrame:
    schema = BY_NAME[name].schema()
    return pl.DataFrame({column: [row.get(column) for row in rows] for column in schema}, schema=schema)
