"""An invented case: five fictitious partners help Norvania, small enough to check by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from konvoi.forecast import outlook as out
from konvoi.forecast.outlook import Outlook
from konvoi.ledger.answer import Part, Total
from konvoi.model.entries import ENTRIES, RELATIONS, frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME
from konvoi.plan import plan as pl_
from konvoi.plan.plan import Plan
from konvoi.report.case import Case

DAY = date(2026, 3, 2)
FILE = "submissions/arvenia/lines.xlsx"
COALITION_FILE = "submissions/tellmark/offers.csv"
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


def entry(id: str, party: str, stage: str, amount: int | None, **more: object) -> dict[str, object]:
    """An entry of some million euros on 1 February 2026, but for what is said."""
    usual: dict[str, object] = {
        "entry": id,
        "submission": "S1",
        "source": "Ministry of Arvenia",
        "party": party,
        "counterparty": "NOR",
        "package": f"{party}-1",
        "line": f"{party}-1/{id[:2]}",
        "kind": "energy",
        "stage": stage,
        "day_from": date(2026, 2, 1),
        "day_to": date(2026, 2, 1),
        "known_on": date(2026, 2, 3),
        "amount_minor": amount * 100_000_000 if amount is not None else None,
        "currency": "EUR" if amount is not None else None,
        "marking": "public",
        "count_mode": "named",
        "sheet": "lines",
        "row": 10 + int(id[1:3]),
        "column": "amount",
        "address": "https://example.org/arvenia/1",
    }
    return usual | more


def entries() -> pl.DataFrame:
    """Words of five partners at all stages."""
    rows = []
    number = 0
    for party, given, stages in (
        ("ARV", 120, ("pledged", "committed", "allocated", "dispatched", "received")),
        ("BRE", 80, ("pledged", "committed", "allocated")),
        ("CAS", 45, ("pledged", "committed")),
        ("DOR", 30, ("pledged", "committed", "allocated", "dispatched")),
        ("TEL", 12, ("pledged",)),
    ):
        for at, stage in enumerate(stages):
            number += 1
            day = date(2025, 3 + 2 * at, 5 + number % 20)
            share = (Decimal(1), Decimal("0.9"), Decimal("0.7"), Decimal("0.5"), Decimal("0.4"))[at]
            kind = "military" if party in {"ARV", "CAS"} else "energy"
            rows.append(
                entry(
                    f"E{number:02d}",
                    party,
                    stage,
                    int(given * share),
                    line=f"{party}-1/1",
                    day_from=day,
                    day_to=day,
                    kind=kind,
                    good="gen" if party == "ARV" else None,
                    quantity=Decimal(int(20 * share)) if party == "ARV" else None,
                    unit="piece" if party == "ARV" else None,
                    promised=date(2025, 10, 1) if party in {"ARV", "DOR"} else None,
                )
            )
    rows.append(entry("E90", "TEL", "pledged", None, text="winter aid, value not told", line="TEL-2"))
    return frame(rows, ENTRIES)


def totals(rows: pl.DataFrame) -> dict[str, Total]:
    """The totals that the ledger would draw, each entry once."""
    found = {}
    for stage in ("pledged", "committed", "allocated", "dispatched", "received"):
        for suffix, key in (("", "party"), ("/kind", "kind")):
            found[f"funnel/amount/{stage}{suffix}"] = total(rows, stage, key)
    found["funnel/quantity/gen/pledged"] = total(rows, "pledged", "party", what="quantity")
    found["funnel/quantity/gen/received"] = total(rows, "received", "party", what="quantity")
    return found


def total(rows: pl.DataFrame, stage: str, key: str, what: str = "amount") -> Total:
    """One total over entries at exactly a stage, for each stage has its own entry here."""
    column = "amount_minor" if what == "amount" else "quantity"
    kept = rows.filter((pl.col("stage") == stage) & pl.col(column).is_not_null()).sort("entry")
    scale = Decimal(100) if what == "amount" else Decimal(1)
    parts = tuple(
        _part(str(name[0]), Decimal(group[column].sum()) / scale, tuple(group["entry"]))
        for name, group in kept.group_by(key, maintain_order=True)
    )
    value = sum((part.value for part in parts), Decimal(0))
    doubt = Decimal(8_000_000) if stage == "pledged" and what == "amount" else Decimal(0)
    unknown = rows.filter((pl.col("stage") == stage) & pl.col(column).is_null()).height
    return Total(
        value=value,
        lowest=value - doubt,
        highest=value,
        unit="EUR" if what == "amount" else "piece",
        what=what,
        stage=stage,
        exact=False,
        rule="",
        boundary="coalition → NOR",
        used=kept.height,
        unknown=unknown if what == "amount" else 0,
        unused=(("amount not known", unknown),) if unknown else (),
        by=tuple(sorted(parts, key=lambda part: part.key)),
        entries=tuple(kept["entry"]),
    )


def _part(key: str, value: Decimal, ids: tuple[str, ...]) -> Part:
    return Part(key, value, value, value, ids)


def tables() -> dict[str, pl.DataFrame]:
    """Parties, goods, needs, offers and a small network."""
    start = date(2026, 3, 2)
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


def plan() -> Plan:
    """Five movements in weeks from 2 March 2026."""
    movements, legs = [], []
    needs = {"N1": "KHA", "N2": "ODE", "N3": "KHA", "N4": "ODE"}
    due = {"N1": 4, "N2": 6, "N3": 8, "N4": 10}
    for movement, off, wanted, good, quantity, departs, arrives in MOVES:
        movements.append(
            {
                "movement": movement,
                "offer": off,
                "need": wanted,
                "good": good,
                "quantity": Decimal(quantity),
                "departs": DAY + timedelta(weeks=departs),
                "arrives": DAY + timedelta(weeks=arrives),
                "on_time": arrives <= due[wanted],
                "budget": None,
                "supplier": None,
            }
        )
        path = ("L2" if off == "O2" else "L1", "L3", "L4" if needs[wanted] == "KHA" else "L5")
        ends = {lane: (a, b) for lane, a, b, _ in LANES}
        for at, lane in enumerate(path, 1):
            week = DAY + timedelta(weeks=departs + (arrives - departs) * (at - 1) // 3)
            legs.append(
                {
                    "movement": movement,
                    "leg": at,
                    "lane": lane,
                    "from": ends[lane][0],
                    "to": ends[lane][1],
                    "departs": week,
                    "arrives": week + timedelta(days=5),
                    "tonnes": Decimal(57 if good == "fuel" else 20),
                    "pallets": Decimal(10),
                    "neq_kg": Decimal(0),
                }
            )
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
        movements=frame(movements, pl_.MOVEMENTS),
        legs=frame(legs, pl_.LEGS),
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


FINDINGS = (
    Finding(
        Severity.WARNING,
        "day-unclear",
        Place(FILE, "lines", 14, "day"),
        "09/2022",
        "a day",
        "Write the day as 2022-09-30.",
    ),
    Finding(
        Severity.ERROR,
        "not-a-number",
        Place(FILE, "lines", 15, "quantity"),
        "4O",
        "a number",
        "Did you mean {guess}?",
        {"guess": "40"},
    ),
)


def documents() -> pl.DataFrame:
    """Two submissions."""
    return pl.DataFrame(
        {
            "submission": ["S1", "S2"],
            "name": [FILE, COALITION_FILE],
            "party": ["ARV", "TEL"],
            "format": ["konvoi-workbook", "konvoi-csv"],
            "digest": ["a" * 64, "b" * 64],
            "marking": ["public", "coalition"],
            "known_on": [date(2026, 2, 3), date(2026, 2, 10)],
            "rows": [40, 3],
        }
    )


def relations() -> pl.DataFrame:
    """One pair that waits for a judgement."""
    return frame(
        [
            {
                "left": "E06",
                "right": "E11",
                "relation": "same_as",
                "probability": 0.71,
                "status": "undecided",
                "basis": "probability",
                "evidence": '[["amount", "within 5 %"], ["day", "within a week"]]',
            }
        ],
        RELATIONS,
    )


def case(**more: object) -> Case:
    """The invented case, but for what is said."""
    rows = entries()
    made = plan()
    usual = Case(
        title="Coalition for Norvania",
        day=DAY,
        recipient="NOR",
        entries=rows,
        relations=relations(),
        documents=documents(),
        tables=tables(),
        findings=FINDINGS,
        totals=totals(rows),
        plan=made,
        outlook=outlook(made),
        exercise=True,
        assumptions=("crossing capacity 40–80 t",),
    )
    return replace(usual, **more)  # type: ignore[arg-type]
