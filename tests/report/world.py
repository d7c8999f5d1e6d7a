"""The invented case's world: parties, goods, a small network, needs, offers, a plan and its outlook."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from konvoi.forecast import outlook as out
from konvoi.forecast.outlook import Outlook
from konvoi.model.entries import frame
from konvoi.model.tables import BY_NAME
from konvoi.plan import plan as pl_
from konvoi.plan.plan import Plan

DAY = date(2026, 3, 2)
FILE = "submissions/arvenia/lines.xlsx"
Row = Mapping[str, object]

PARTIES = {
    "ARV": ("Arvenia", "Arwenien", "Арвенія"),
    "BRE": ("Breland", "Breland", "Бреланд"),
    "CAS": ("Castovia", "Kastowien", "Кастовія"),
    "DOR": ("Dorrest", "Dorrest", "Доррест"),
    "TEL": ("Tellmark", "Tellmark", "Теллмарк"),
    "NOR": ("Norvania", "Norwanien", "Норванія"),
}
GOODS = {
    "gen": ("generator 100 kW", "Generator 100 kW", "генератор 100 кВт", "piece"),
    "tent": ("family tent", "Familienzelt", "сімейний намет", "piece"),
    "fuel": ("diesel fuel", "Dieselkraftstoff", "дизельне пальне", "t"),
}
SITES = {
    "DEP1": ("Arven Depot", "depot", "DE", 51.3, 12.4, ""),
    "DEP2": ("Port of Bre", "port", "PL", 54.4, 18.6, ""),
    "XNG": ("Mell Crossing", "crossing", "PL", 49.8, 22.9, ""),
    "HUB": ("Lorn Hub", "hub", "UA", 49.8, 24.0, "Лорн"),
    "KHA": ("Karsk", "destination", "UA", 49.99, 36.23, "Карськ"),
    "ODE": ("Odrin", "destination", "UA", 46.48, 30.73, "Одрін"),
}
LANES = (
    ("L1", "DEP1", "XNG", "road"),
    ("L2", "DEP2", "XNG", "rail"),
    ("L3", "XNG", "HUB", "road"),
    ("L4", "HUB", "KHA", "road"),
    ("L5", "HUB", "ODE", "rail"),
)


def table(name: str, rows: Sequence[Row], file: str = FILE) -> pl.DataFrame:
    """Rows of a workbook's table, each with its origin."""
    schema = BY_NAME[name].schema()
    full = [{"_file": file, "_sheet": name, "_row": at, **row} for at, row in enumerate(rows, 2)]
    return pl.DataFrame({c: [row.get(c) for row in full] for c in schema}, schema=schema)


def tables() -> dict[str, pl.DataFrame]:
    """Parties, goods, needs, offers and a small network."""
    return _names() | _network() | _wanted()


def _names() -> dict[str, pl.DataFrame]:
    """Who there is, what and where."""
    return {
        "parties": table(
            "parties",
            [
                {
                    "party": party,
                    "name": en,
                    "name_de": de,
                    "name_uk": uk,
                    "kind": "state",
                    "marking": "public",
                }
                for party, (en, de, uk) in PARTIES.items()
            ],
        ),
        "goods": table(
            "goods",
            [
                {
                    "good": good,
                    "name": en,
                    "name_de": de,
                    "name_uk": uk,
                    "unit": unit,
                    "weight_kg": Decimal(1500),
                }
                for good, (en, de, uk, unit) in GOODS.items()
            ],
        ),
    } | _places()


def _places() -> dict[str, pl.DataFrame]:
    """Where things are."""
    return {
        "sites": table(
            "sites",
            [
                {
                    "site": site,
                    "name": name,
                    "kind": kind,
                    "country": country,
                    "lat": Decimal(str(lat)),
                    "lon": Decimal(str(lon)),
                    "name_local": local or None,
                    "marking": "public",
                }
                for site, (name, kind, country, lat, lon, local) in SITES.items()
            ],
        ),
    }


def _network() -> dict[str, pl.DataFrame]:
    """Lanes and how much they take."""
    return {
        "lanes": table(
            "lanes",
            [
                {"lane": lane, "from": a, "to": b, "mode": mode, "days_p50": Decimal(3), "marking": "public"}
                for lane, a, b, mode in LANES
            ],
        ),
        "capacities": table(
            "capacities",
            [
                {
                    "on": "XNG",
                    "tonnes": Decimal(60),
                    "assumption": "crossing capacity 40–80 t",
                    "marking": "public",
                },
                {"on": "L4", "tonnes": Decimal(90), "marking": "public"},
            ],
        ),
    }


def _wanted() -> dict[str, pl.DataFrame]:
    """What is needed and offered, and in which weeks."""
    start = DAY
    return {
        "needs": table(
            "needs",
            [
                need("N1", "gen", 12, "KHA", start + timedelta(weeks=4), 3),
                need("N2", "tent", 400, "ODE", start + timedelta(weeks=6), 1),
                need("N3", "fuel", 90, "KHA", start + timedelta(weeks=8), 2),
                need("N4", "gen", 8, "ODE", start + timedelta(weeks=10), 3),
            ],
        ),
        "offers": table(
            "offers",
            [
                offer("O1", "ARV", "gen", 10, "DEP1"),
                offer("O2", "BRE", "tent", 300, "DEP2"),
                offer("O3", "DOR", "fuel", 60, "DEP1"),
            ],
        ),
        "horizon": table("horizon", [{"start": start, "weeks": 12}]),
    }


def need(id: str, good: str, quantity: int, site: str, due: date, weight: int) -> Row:
    """A validated need."""
    return {
        "need": id,
        "good": good,
        "quantity": Decimal(quantity),
        "site": site,
        "due": due,
        "weight": Decimal(weight),
        "recipient": "NOR",
        "marking": "public",
    }


def offer(id: str, party: str, good: str, quantity: int, site: str) -> Row:
    """An accepted offer."""
    return {
        "offer": id,
        "party": party,
        "good": good,
        "quantity": Decimal(quantity),
        "site": site,
        "marking": "public",
    }


MOVES = (
    ("M1", "O1", "N1", "gen", 6, 0, 2),
    ("M2", "O1", "N4", "gen", 4, 2, 5),
    ("M3", "O2", "N2", "tent", 200, 1, 4),
    ("M4", "O2", "N2", "tent", 100, 4, 7),
    ("M5", "O3", "N3", "fuel", 60, 3, 6),
)


FULL = '{"gain": "40", "lorry": "20", "places": "L1, XNG", "weeks": "2026-W09 – 2026-W12"}'


NEEDED = {"N1": ("KHA", 4), "N2": ("ODE", 6), "N3": ("KHA", 8), "N4": ("ODE", 10)}
ENDS = {lane: (a, b) for lane, a, b, _ in LANES}


def _movement(move: tuple[str, str, str, str, int, int, int]) -> Row:
    movement, off, wanted, good, quantity, departs, arrives = move
    return {
        "movement": movement,
        "offer": off,
        "need": wanted,
        "good": good,
        "quantity": Decimal(quantity),
        "departs": DAY + timedelta(weeks=departs),
        "arrives": DAY + timedelta(weeks=arrives),
        "on_time": arrives <= NEEDED[wanted][1],
        "budget": None,
        "supplier": None,
    }


def _legs(move: tuple[str, str, str, str, int, int, int]) -> list[Row]:
    movement, off, wanted, good, _, departs, arrives = move
    path = ("L2" if off == "O2" else "L1", "L3", "L4" if NEEDED[wanted][0] == "KHA" else "L5")
    legs: list[Row] = []
    for at, lane in enumerate(path, 1):
        week = DAY + timedelta(weeks=departs + (arrives - departs) * (at - 1) // 3)
        legs.append(
            {
                "movement": movement,
                "leg": at,
                "lane": lane,
                "from": ENDS[lane][0],
                "to": ENDS[lane][1],
                "departs": week,
                "arrives": week + timedelta(days=5),
                "tonnes": Decimal(57 if good == "fuel" else 20),
                "pallets": Decimal(10),
                "neq_kg": Decimal(0),
            }
        )
    return legs


def plan() -> Plan:
    """Five movements in weeks from 2 March 2026."""
    unmet = [
        {"need": "N1", "quantity": Decimal(6), "cause": "no-offer", "parameters": '{"good": "gen"}'},
        {"need": "N2", "quantity": Decimal(200), "cause": "corridor-full-gain", "parameters": FULL},
    ]
    return Plan(
        problem="p" * 64,
        version="1",
        parameters={},
        seed=1,
        stopped="optimal",
        value=Decimal(100),
        bound=Decimal(110),
        movements=frame([_movement(move) for move in MOVES], pl_.MOVEMENTS),
        legs=frame([leg for move in MOVES for leg in _legs(move)], pl_.LEGS),
        unmet=frame(unmet, pl_.UNMET),
    )


def outlook(of: Plan) -> Outlook:
    """A forecast: every movement three days early at best and ten days late at worst."""
    moves = [
        {
            "movement": row["movement"],
            "on_time": 0.95 if row["on_time"] else 0.1,
            "first": row["arrives"] - timedelta(days=3),
            "middle": row["arrives"],
            "last": row["arrives"] + timedelta(days=10),
        }
        for row in of.movements.iter_rows(named=True)
    ]
    wanted = [
        {
            "need": "N1",
            "quantity": Decimal(12),
            "planned": Decimal(6),
            "on_time": 0.95,
            "expected": 5.9,
            "first": DAY + timedelta(days=11),
            "middle": DAY + timedelta(days=14),
            "last": DAY + timedelta(days=24),
        }
    ]
    return Outlook("q", 1, 400, frame(wanted, out.NEEDS), frame(moves, out.MOVEMENTS))
