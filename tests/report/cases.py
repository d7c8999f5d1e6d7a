"""An invented case: five fictitious partners help Norvania, small enough to check by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report.world import DAY, FILE, Row, need, offer, outlook, plan, table, tables

from konvoi.ledger.answer import Part, Total
from konvoi.model.entries import ENTRIES, RELATIONS, frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.case import Case

__all__ = [
    "COALITION_FILE",
    "DAY",
    "FILE",
    "FINDINGS",
    "Row",
    "case",
    "documents",
    "entries",
    "entry",
    "need",
    "offer",
    "outlook",
    "plan",
    "relations",
    "table",
    "tables",
    "totals",
]

COALITION_FILE = "submissions/tellmark/offers.csv"


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
    for stage in ("pledged", "committed", "allocated", "dispatched", "received", "fulfilled"):
        for suffix, key in (("", "party"), ("/kind", "kind")):
            found[f"funnel/amount/{stage}{suffix}"] = total(rows, stage, key)
    found["funnel/quantity/gen/pledged"] = total(rows, "pledged", "party", what="quantity")
    found["funnel/quantity/gen/received"] = total(rows, "received", "party", what="quantity")
    found["funnel/quantity/gen/fulfilled"] = total(rows, "fulfilled", "party", what="quantity")
    return found


def total(rows: pl.DataFrame, stage: str, key: str, what: str = "amount") -> Total:
    """One total over entries at exactly a stage, for each stage has its own entry here."""
    column = "amount_minor" if what == "amount" else "quantity"
    at = pl.col("stage") == ("received" if stage == "fulfilled" else stage)
    kept = rows.filter(at & pl.col(column).is_not_null()).sort("entry")
    scale = Decimal(100) if what == "amount" else Decimal(1)
    parts = tuple(
        _part(str(name[0]), Decimal(group[column].sum()) / scale, tuple(group["entry"]))
        for name, group in kept.group_by(key, maintain_order=True)
    )
    value = sum((part.value for part in parts), Decimal(0))
    doubt = Decimal(8_000_000) if stage == "pledged" and what == "amount" else Decimal(0)
    unknown = rows.filter(at & pl.col(column).is_null()).height
    return Total(
        value=value,
        lowest=value - doubt,
        highest=value,
        estimate=value - doubt / 2,
        unit="EUR" if what == "amount" else "piece",
        what=what,
        stage=stage,
        exact=False,
        rule="",
        boundary="coalition → NOR",
        used=kept.height,
        unknown=unknown if what == "amount" else 0,
        unused=(("amount not known", unknown),) if unknown else (),
        variants=("konvoi",),
        by=tuple(sorted(parts, key=lambda part: part.key)),
        entries=tuple(kept["entry"]),
    )


def _part(key: str, value: Decimal, ids: tuple[str, ...]) -> Part:
    return Part(key, value, value, value, value, ids)


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
