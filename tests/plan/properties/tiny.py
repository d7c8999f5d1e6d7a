"""Tiny problems of every kind by number: at most six needs, three lanes, four weeks."""

from random import Random

import polars as pl
from tests.plan.worlds import day, tables

Tables = dict[str, pl.DataFrame]
Row = dict[str, object]

NETS = (
    ("D1-X", "X-S1", "X-S2"),
    ("D1-X", "D2-X", "X-S1"),
    ("D1-S1", "S1-S2", "D2-S2"),
    ("D1-X", "X-S1", "D1-S1"),
    ("D2-S1", "D1-S1", "D1-S2"),
    ("D1-X", "X-D2", "D2-S2"),
)
SITES = ("D1", "D2", "X", "S1", "S2")
MONDAYS = 4


def tiny(number: int) -> Tables:
    """The problem of a number; equal numbers give equal tables."""
    draw = Random(number)
    lanes = _lanes(draw)
    needs, offers = _needs(draw, lanes), _offers(draw)
    places = [*(str(lane["lane"]) for lane in lanes), *SITES]
    found: dict[str, list[Row]] = dict(
        horizon=[
            {"weeks": draw.choice([2, MONDAYS, MONDAYS]), "late_credit": draw.choice([None, 0, "0.3", 1])}
        ],
        goods=[
            {},
            {"good": "stove", "weight_kg": 500, "neq_kg": 2},
            {"good": "hut", "step": 2, "pallets": 3, "codes": "NSN:1"},
        ],
        sites=[{"site": site, "region": site[-1]} for site in SITES],
        lanes=lanes,
        needs=needs,
        offers=offers,
        equivalences=[{"good": "hut", "serves": "tent", "ratio": draw.choice(["0.5", "0.8", "1.5"])}],
        capacities=_capacities(draw, places),
        closures=[
            {"on": draw.choice(places), "from": day(first), "to": day(first + draw.randint(0, 6))}
            for first in draw.sample(range(21), draw.randint(0, 2))
        ],
        kits=_kits(draw, needs),
        budgets=_budgets(draw),
        **_conditions(draw, offers),
        **_kept_and_asked(draw),
    )
    # An approval of a budget or offer that is not there would be a limit of something unknown.
    known = {one.get("offer", "B") for one in (*found["offers"], *found["budgets"])}
    found["approvals"] = [one for one in found["approvals"] if one["covers"] in known]
    return tables(**found)


def _lanes(draw: Random) -> list[Row]:
    """Two or three lanes."""
    chosen = draw.choice(NETS)[: draw.choice([2, 3, 3, 3])]
    return [
        dict(zip(("from", "to"), ends.split("-"), strict=True))
        | {"lane": ends, "days_p50": draw.randint(1, 5), "carrier": draw.choice("CD")}
        for ends in chosen
    ]


def _needs(draw: Random, lanes: list[Row]) -> list[Row]:
    """One to six needs, mostly where lanes end; some useful only in full, some due too early or late."""
    ends = [str(lane["to"]) for lane in lanes]
    found = []
    for number in range(draw.randint(1, 6)):
        due = draw.choice([-2, 30, *range(5, 27)])
        row: Row = {"need": f"N{number}", "good": draw.choice(["tent", "tent", "stove"])}
        row |= {"quantity": draw.choice([1, 2, 3, 5, 6, "2.5"]), "site": draw.choice([*ends, *ends, "S1"])}
        row |= {"weight": draw.randint(0, 4), "due": day(due), "whole": draw.random() < 0.4}
        found.append(row | {"last_useful": draw.choice([None, day(due + draw.randint(0, 14))])})
    return found


def _offers(draw: Random) -> list[Row]:
    """One to five offers, some of them where something is needed."""
    found = []
    for number in range(draw.randint(1, 5)):
        row: Row = {"offer": f"O{number}", "party": f"P{number % 2}", "quantity": draw.randint(0, 8)}
        row |= {"good": draw.choice(["tent", "hut", "stove"]), "site": draw.choice(["D1", "D1", "D2", "S1"])}
        row |= {"ready": draw.choice([None, day(draw.randint(-3, 12))])}
        found.append(row | {"until": draw.choice([None, None, day(draw.randint(8, 20))])})
    return found


def _capacities(draw: Random, places: list[str]) -> list[Row]:
    """Up to three limits, always or in some days."""
    found = []
    for _ in range(draw.randint(0, 4)):
        first = draw.choice([None, draw.randint(0, 20)])
        row: Row = {
            "on": draw.choice(places),
            draw.choice(["tonnes", "pallets", "neq_kg"]): draw.randint(0, 9),
        }
        days: Row = {} if first is None else {"from": day(first), "to": day(first + draw.randint(0, 14))}
        found.append(row | days)
    return found


def _kits(draw: Random, needs: list[Row]) -> list[Row]:
    """At times two needs are one kit, the first of them without weight of its own."""
    if len(needs) < 2 or draw.random() < 0.5:
        return []
    usual: Row = {"kit": "K", "weight": draw.randint(1, 9)}
    return [usual | {"need": need["need"], "per_kit": draw.randint(1, 3)} for need in needs[:2]]


def _budgets(draw: Random) -> list[Row]:
    """At times a budget in two tranches buys tents."""
    if draw.random() < 0.5:
        return []
    buy: Row = {
        "good": "tent",
        "price": 10_00,
        "lead_days": draw.randint(0, 9),
        "site": "D2",
        "supplier": "F",
    }
    return [
        {"amount": draw.randint(0, 40_00)},
        {"amount": draw.randint(0, 40_00), "day": day(draw.randint(1, 12))},
        buy | {"most": draw.choice([None, draw.randint(0, 5)])},
    ]


def _conditions(draw: Random, offers: list[Row]) -> dict[str, list[Row]]:
    """At times an offer is tied or needs a paper, someone or some place is blocked, a partner has a cap."""
    paper: Row = {"approval": "A", "kind": "transit", "party": "XX", "covers": draw.choice(["O0", "B"])}
    paper |= {draw.choice(["given", "due"]): day(draw.randint(-2, 12)), "expires": day(draw.randint(8, 30))}
    kind, value = draw.choice(
        [("party", "P0"), ("party", "P"), ("supplier", "F"), ("carrier", "C"), ("site", "X")]
    )
    block: Row = {
        "kind": kind,
        "value": value,
        "reason": "r",
        "to": draw.choice([None, day(draw.randint(0, 14))]),
    }
    cap: Row = {"party": "P0", "what": draw.choice(["quantity", "tonnes"]), "most": draw.randint(0, 9)}
    ties: list[Row] = [{"offer": "O0", "to": "region", "value": draw.choice("12")}]
    return {
        "earmarks": ties if offers and draw.random() < 0.3 else [],
        "approvals": [paper] if draw.random() < 0.3 else [],
        "blocked": [block] if draw.random() < 0.3 else [],
        "caps": [cap | {"good": draw.choice([None, "tent"])}] if draw.random() < 0.3 else [],
    }


def _kept_and_asked(draw: Random) -> dict[str, list[Row]]:
    """At times a partner keeps a part of its stock, or a standard asks something of what serves as a tent."""
    stock: Row = {"party": "P0", "good": draw.choice(["tent", "tent", "hut"])}
    stock |= {"stock": draw.randint(0, 9), "floor": draw.randint(0, 4)}
    point: Row = draw.choice(
        [
            {"requirement": "identity code", "value": draw.choice(["NSN:1", "NSN:2", "NSN:2", "HS:6306"])},
            {"requirement": "interchangeable with", "value": draw.choice(["tent", "stove"])},
        ]
    )
    point |= {"standard": "T", "good": "tent", "in_force": draw.choice([None, day(draw.randint(0, 20))])}
    return {
        "stocks": [stock] if draw.random() < 0.3 else [],
        "standards": [point] if draw.random() < 0.6 else [],
    }
