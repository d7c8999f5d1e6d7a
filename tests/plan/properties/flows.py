"""Plain flows: a transportation problem and flows of many goods, as textbook models and as problem tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from tests.plan.properties.arcs import Model
from tests.plan.worlds import Rows, day, tables

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Network:
    """Arcs (from, to, capacity) and goods that flow (from, to, demand); a good's unit is worth its weight."""

    arcs: tuple[tuple[str, str, int], ...]
    goods: tuple[tuple[str, str, int], ...]

    def weight(self, good: int) -> int:
        """Goods are worth 1 to 4 a unit, by turns."""
        return 1 + good % 4


def of_dow(text: str, *, times: int = 1) -> Network:
    """A fixed-charge network of the Canad family with its fixed and running costs left out.

    After a title and the sizes: a line for each arc (from, to, cost, capacity, …), then one for each good
    (from, to, demand). times: so much more of each good than is stated, for room to be scarce.
    """
    lines = [[int(cell) for cell in line.split()] for line in text.splitlines()[1:] if line.strip()]
    _, arcs, goods = lines[0]
    return Network(
        tuple((str(line[0]), str(line[1]), line[3]) for line in lines[1 : arcs + 1]),
        tuple((str(a), str(b), times * demand) for a, b, demand in lines[arcs + 1 : arcs + goods + 1]),
    )


def most_flow(net: Network) -> float:
    """The textbook model: what reaches each node of each good goes on or is used; arcs are shared."""
    model = Model()
    for good, (start, goal, demand) in enumerate(net.goods):
        used = model.amount(net.weight(good), float(demand))
        model.rows[good, goal].append((used, 1.0))
        for number, (tail, head, capacity) in enumerate(net.arcs):
            sent = model.amount()
            model.rows["arc", number].append((sent, 1.0))
            model.bound["arc", number] = float(capacity)
            model.rows[good, head].append((sent, -1.0))
            if tail != start:
                model.rows[good, tail].append((sent, 1.0))
            model.bound |= {(good, node): 0.0 for node in (tail, head) if node != start}
    return model.best(whole=False)


def as_problem(net: Network) -> Tables:
    """One good, offer and need for each that flows, a lane of a day for each arc, all within one week."""
    nodes = sorted({node for tail, head, _ in net.arcs for node in (tail, head)})
    names = [f"{tail}>{head}" for tail, head, _ in net.arcs]
    return tables(
        horizon=[{"weeks": 1}],
        goods=[{"good": f"G{number}"} for number in range(len(net.goods))],
        sites=[{"site": node} for node in nodes],
        lanes=[
            {"lane": name, "from": tail, "to": head, "days_p50": 1}
            for name, (tail, head, _) in zip(names, net.arcs, strict=True)
        ],
        capacities=[
            {"on": name, "tonnes": capacity} for name, (_, _, capacity) in zip(names, net.arcs, strict=True)
        ],
        offers=[
            {"offer": f"O{number}", "good": f"G{number}", "quantity": demand, "site": start}
            for number, (start, _, demand) in enumerate(net.goods)
        ],
        needs=[
            {"need": f"N{number}", "good": f"G{number}", "quantity": demand, "site": goal, "due": day(6)}
            | {"weight": net.weight(number)}
            for number, (_, goal, demand) in enumerate(net.goods)
        ],
    )


@dataclass(frozen=True)
class Transport:
    """What lies where, what is needed where at which worth, and what each lane takes (0: there is none)."""

    there: Sequence[int]
    needed: Sequence[tuple[int, int]]
    lanes: Sequence[Sequence[int]]


def most_transported(case: Transport) -> float:
    """The textbook model of transportation."""
    model = Model()
    for start, there in enumerate(case.there):
        model.bound["there", start] = float(there)
        for goal, (needed, weight) in enumerate(case.needed):
            model.bound["needed", goal] = float(needed)
            sent = model.amount(weight, float(case.lanes[start][goal]))
            model.rows["there", start].append((sent, 1.0))
            model.rows["needed", goal].append((sent, 1.0))
    return model.best(whole=False)


def transport_problem(case: Transport) -> Tables:
    """Depots, destinations, a lane of a day between each two, one week."""
    ways = [
        (f"D{a}", f"S{b}", case.lanes[a][b]) for a in range(len(case.there)) for b in range(len(case.needed))
    ]
    ways = [way for way in ways if way[2]]
    offers: Rows = [
        {"offer": f"O{n}", "site": f"D{n}", "quantity": there} for n, there in enumerate(case.there)
    ]
    return tables(
        horizon=[{"weeks": 1}],
        sites=[{"site": f"D{n}"} for n in range(len(case.there))]
        + [{"site": f"S{n}"} for n in range(len(case.needed))],
        lanes=[{"lane": a + b, "from": a, "to": b, "days_p50": 1} for a, b, _ in ways],
        capacities=[{"on": a + b, "tonnes": most} for a, b, most in ways],
        offers=offers,
        needs=[
            {"need": f"N{n}", "site": f"S{n}", "quantity": needed, "weight": weight, "due": day(6)}
            for n, (needed, weight) in enumerate(case.needed)
        ],
    )
