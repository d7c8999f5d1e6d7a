"""Small problems of another structure by number: transit by weeks, tight lanes, pieces that hardly fit.

Depots, a railhead, crossings and hubs lead to one or two destinations. Goods come in whole pieces about as
heavy as what a lane takes in a week; some needs belong to kits, some count only in full, partners are capped.
"""

from random import Random

import polars as pl
from tests.plan.worlds import day, tables

Tables = dict[str, pl.DataFrame]
Row = dict[str, object]

WAYS = ("D1-R", "D1-X", "D2-R", "D2-P", "P-X", "R-X", "R-Y", "X-H", "Y-H", "X-S1", "Y-S2", "H-S1", "H-S2")
SITES = ("D1", "D2", "R", "P", "X", "Y", "H", "S1", "S2")


def small(number: int) -> Tables:
    """The problem of a number; equal numbers give equal tables."""
    draw = Random(1_000_003 * (number + 1))
    weeks = draw.randint(5, 9)
    lanes: list[Row] = [
        dict(zip(("from", "to"), way.split("-"), strict=True))
        | {"lane": f"{way}-{mode}", "mode": mode, "days_p50": draw.choice([7, 7, 14, 3])}
        for way in WAYS
        for mode in draw.choice([("road",), ("road", "rail")])
    ]
    goods: list[Row] = [
        {"good": name, "weight_kg": draw.choice([1000, 5000, 20_000]), "neq_kg": draw.choice([0, 0, 40])}
        for name in ("tent", "hut")
    ]
    heavy = max(int(str(good["weight_kg"])) for good in goods) / 1000
    needs = _needs(draw, weeks)
    return tables(
        horizon=[{"weeks": weeks, "late_credit": draw.choice([None, "0.2", "0.9"])}],
        goods=goods,
        sites=[{"site": site, "region": site[-1]} for site in SITES],
        lanes=lanes,
        needs=needs,
        offers=_offers(draw, weeks),
        equivalences=[{"good": "hut", "serves": "tent", "ratio": draw.choice(["0.5", 1, "1.25"])}],
        capacities=_capacities(draw, lanes, weeks, heavy),
        kits=_kits(draw, needs),
        caps=[{"party": "P0", "what": draw.choice(["tonnes", "quantity"]), "most": draw.randint(1, 60)}],
        earmarks=[{"offer": "O1", "to": "region", "value": draw.choice("12")}] if draw.random() < 0.4 else [],
    )


def sharing(number: int) -> Tables:
    """The same with two or three kits in a chain, each with a need that the next has too."""
    world = small(number)
    needs = world["needs"]["need"].to_list()
    draw = Random(2_000_003 * (number + 1))
    kits = []
    for at in range(min(draw.choice([2, 3]), len(needs) - 1)):
        usual: Row = {"kit": f"K{at}", "weight": draw.choice([5, 40, 200])}
        kits += [usual | {"need": need, "per_kit": draw.choice([1, 1, 2])} for need in needs[at : at + 2]]
    return {**world, "kits": tables(kits=kits)["kits"]}


def by_value(number: int) -> Tables:
    """The same with values of offers, and a cap by value on each partner, one of them on a good alone."""
    world = small(number)
    draw = Random(3_000_017 * (number + 1))
    offers: list[Row] = [
        row | {"unit_value": draw.choice([90_00, 125_50, 400_00, 1_000_00]), "currency": "EUR"}
        for row in world["offers"].rows(named=True)
    ]
    usual: Row = {"what": "value", "currency": "EUR"}
    caps: list[Row] = [
        usual | {"party": "P0", "most": draw.randint(100, 3_000)},
        usual | {"party": "P1", "most": draw.randint(100, 2_000), "good": draw.choice(["tent", "hut"])},
    ]
    added = tables(offers=offers, caps=caps)
    return {**world, "offers": added["offers"], "caps": pl.concat([world["caps"], added["caps"]])}


def _needs(draw: Random, weeks: int) -> list[Row]:
    """Three to eight needs of a few pieces, all with late days of use."""
    found = []
    for number in range(draw.randint(3, 8)):
        due = draw.randint(13, 7 * weeks - 1)
        row: Row = {"need": f"N{number}", "good": draw.choice(["tent", "tent", "hut"])}
        row |= {"quantity": draw.randint(1, 4), "site": draw.choice(["S1", "S1", "S2"]), "due": day(due)}
        row |= {"last_useful": day(due + 7 * draw.randint(0, 5)), "whole": draw.random() < 0.3}
        found.append(row | {"weight": draw.choice([1, 3, 9, 27])})
    return found


def _offers(draw: Random, weeks: int) -> list[Row]:
    """Two to six offers, ready at different times, in all about as much as is needed."""
    return [
        {
            "offer": f"O{number}",
            "party": f"P{number % 2}",
            "good": draw.choice(["tent", "hut"]),
            "quantity": draw.randint(1, 5),
            "site": draw.choice(["D1", "D2"]),
            "ready": day(7 * draw.randint(0, weeks // 2)),
        }
        for number in range(draw.randint(2, 6))
    ]


def _capacities(draw: Random, lanes: list[Row], weeks: int, heavy: float) -> list[Row]:
    """A limit of each lane, week by week, around the weight of one or two heavy pieces."""
    return [
        {
            "on": lane["lane"],
            "from": day(7 * week),
            "to": day(7 * week + 6),
            "tonnes": round(heavy * draw.choice([0.9, 1.1, 2.2]), 1),
        }
        for lane in lanes
        for week in range(weeks)
    ]


def _kits(draw: Random, needs: list[Row]) -> list[Row]:
    """One or two kits of needs, worth much more together than apart."""
    first = draw.choice([0, 2, 3])
    groups = [needs[start : start + 2] for start in range(0, first, 2)]
    return [
        {"kit": f"K{at}", "need": need["need"], "per_kit": 1, "weight": draw.choice([5, 40, 200])}
        for at, group in enumerate(groups)
        if len(group) == 2
        for need in group
    ]
