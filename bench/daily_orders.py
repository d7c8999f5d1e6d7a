"""Orders of 10,000 consignments: all pages, workbooks and calendars of every reader, in three languages."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from bench.record import Benchmark

from konvoi.kit.days import monday
from konvoi.model.entries import ENTRIES, RELATIONS
from konvoi.model.tables import BY_NAME
from konvoi.plan.orders import Orders, orders
from konvoi.plan.plan import LEGS, MOVEMENTS, Plan
from konvoi.report.case import Case
from konvoi.report.orders.render import render

CONSIGNMENTS = 10_000
SECONDS = 60
START = date(2031, 1, 6)
PARTNERS, HUBS, CROSSINGS, TOWNS, CARRIERS, NEEDS, WEEKS = 25, 4, 6, 20, 8, 400, 30

Rows = dict[str, list[dict[str, object]]]


def tables() -> dict[str, pl.DataFrame]:
    """An invented network: a depot for each partner, hubs, crossings, inner hubs, towns; all joined."""
    rows: Rows = {"horizon": [{"start": START, "weeks": WEEKS, "late_credit": Decimal("0.5")}]}
    rows["goods"] = [
        {"good": f"G-{at}", "name": f"Good {at}", "unit": "piece", "weight_kg": Decimal(20 + at)}
        for at in range(40)
    ]
    rows["parties"] = [
        {"party": f"P-{at:02d}", "name": f"Musterland {at}", "kind": "state"} for at in range(PARTNERS)
    ]
    rows["sites"] = [
        {"site": site, "name": f"Place {site}", "kind": kind, "country": "XX"} for site, kind in _sites()
    ]
    rows["lanes"] = list(_lanes())
    rows["needs"] = [_need(at) for at in range(NEEDS)]
    rows["offers"] = [_offer(at) for at in range(PARTNERS * 40)]
    rows["approvals"] = [
        {
            "approval": f"A-{at}",
            "kind": "export licence",
            "party": f"P-{at % PARTNERS:02d}",
            "covers": f"O-{at}",
        }
        | ({"given": START} if at % 100 else {"due": START + timedelta(days=40)})
        for at in range(0, PARTNERS * 40, 5)
    ]
    rows["capacities"] = [{"on": f"X-{at}", "tonnes": Decimal(12 + at)} for at in range(CROSSINGS)]
    rows["capacities"] += [{"on": f"H-{at}", "tonnes": Decimal(24)} for at in range(HUBS)]
    return {name: _frame(name, found) for name, found in rows.items()}


def _need(at: int) -> dict[str, object]:
    return {
        "need": f"N-{at}",
        "good": f"G-{at % 40}",
        "quantity": Decimal(10**6),
        "site": f"T-{at % TOWNS}",
        "due": START + timedelta(days=180),
        "recipient": "REC",
    }


def _offer(at: int) -> dict[str, object]:
    return {
        "offer": f"O-{at}",
        "party": f"P-{at % PARTNERS:02d}",
        "good": f"G-{at % 40}",
        "quantity": Decimal(10**6),
        "site": f"D-{at % PARTNERS}",
    }


def _sites() -> Iterator[tuple[str, str]]:
    for letter, count, kind in (
        ("D", PARTNERS, "port"),
        ("H", HUBS, "hub"),
        ("X", CROSSINGS, "crossing"),
        ("I", HUBS, "railhead"),
        ("T", TOWNS, "destination"),
    ):
        yield from ((f"{letter}-{at}", kind) for at in range(count))


def _lanes() -> Iterator[dict[str, object]]:
    """All lanes of the four stretches."""
    stretches = (
        ("D", PARTNERS, "H", HUBS, 3),
        ("H", HUBS, "X", CROSSINGS, 2),
        ("X", CROSSINGS, "I", HUBS, 2),
        ("I", HUBS, "T", TOWNS, 3),
    )
    for start, many, end, others, days in stretches:
        for one in range(many):
            for other in range(others):
                yield {
                    "lane": f"{start}{one}.{end}{other}",
                    "from": f"{start}-{one}",
                    "to": f"{end}-{other}",
                    "mode": "road",
                    "days_p50": Decimal(days),
                    "carrier": f"C-{(one + other) % CARRIERS}",
                }


def _frame(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = BY_NAME[name].schema()
    origin = {"_file": "instance.xlsx", "_sheet": name}
    full = [origin | {"_row": at} | row for at, row in enumerate(rows, 2)]
    return pl.DataFrame({column: [row.get(column) for row in full] for column in schema}, schema=schema)


def plan(count: int) -> Plan:
    """So many consignments of four legs each, spread over the weeks; nobody optimised them."""
    movements: list[dict[str, object]] = []
    legs: list[dict[str, object]] = []
    for at in range(count):
        found = list(_legs(at))
        departs, arrives = found[0]["departs"], found[-1]["arrives"]
        offer, need = at % (PARTNERS * 40), _needed(at)
        movements.append(
            {
                "movement": f"K-{at:05d}",
                "offer": f"O-{offer}",
                "need": f"N-{need}",
                "good": f"G-{offer % 40}",
                "quantity": Decimal(at % 9 + 1),
                "departs": departs,
                "arrives": arrives,
                "on_time": True,
            }
        )
        legs += found
    return Plan(
        "", "1", {}, 1, "made", Decimal(0), Decimal(0), _plan(movements, MOVEMENTS), _plan(legs, LEGS)
    )


def _needed(at: int) -> int:
    """A need of the same good as the offer."""
    return (at * 7 // 40) * 40 % NEEDS + at % 40


def _legs(at: int) -> Iterator[dict[str, object]]:
    """From the offer's depot by hub, crossing and inner hub to the need's town."""
    day = START + timedelta(days=at * 131 % (WEEKS * 7 - 40))
    offer = at % (PARTNERS * 40)
    places = (f"D-{offer % PARTNERS}", f"H-{at % HUBS}", f"X-{at % CROSSINGS}", f"I-{at // 3 % HUBS}")
    stops = (*places, f"T-{_needed(at) % TOWNS}")
    for number, days in enumerate((3, 2, 2, 3), 1):
        one, other = stops[number - 1 : number + 1]
        yield {
            "movement": f"K-{at:05d}",
            "leg": number,
            "lane": f"{one.replace('-', '')}.{other.replace('-', '')}",
            "from": one,
            "to": other,
            "departs": day,
            "arrives": day + timedelta(days=days),
            "tonnes": Decimal(at % 9 + 1) * (20 + offer % 40) / 1000,
            "pallets": Decimal(0),
            "neq_kg": Decimal(0),
            "week": monday(day),
        }
        day += timedelta(days=days)


def _plan(rows: list[dict[str, object]], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def case(found: dict[str, pl.DataFrame]) -> Case:
    """The case that names and markings come from: one public document."""
    documents = pl.DataFrame(
        {"submission": ["S"], "name": ["instance.xlsx"], "party": ["CELL"], "marking": ["public"]}
    )
    return Case(
        title="Invented",
        day=START,
        recipient="REC",
        entries=pl.DataFrame(schema=ENTRIES),
        relations=pl.DataFrame(schema=RELATIONS),
        documents=documents,
        tables=found,
        findings=(),
        exercise=True,
    )


def ordering(bench: Benchmark) -> None:
    """From plan and tables to the files of all readers."""
    found = tables()
    sent, about = plan(CONSIGNMENTS), case(found)

    def work() -> tuple[Orders, int, int]:
        made = orders(found, sent, today=START)
        sizes = [len(content) for _, content in render(made, about, lambda reader: {})]
        return made, len(sizes), sum(sizes)

    made, files, size = bench.measure("10,000 consignments to orders", work, runs=1)
    bench.data = {
        **bench.data,
        "consignments": made.consignments.height,
        "conflicts": made.conflicts.height,
        "solved": made.solutions["conflict"].n_unique(),
        "files of orders": files,
        "MB of orders": round(size / 10**6),
    }
    seconds = bench.runs["10,000 consignments to orders"].median
    bench.at_most("10,000 consignments to all orders", seconds, SECONDS, unit="s")
