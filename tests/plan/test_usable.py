"""What an offer needs beside itself, and how many types serve one purpose."""

from datetime import date
from decimal import Decimal

import polars as pl
from tests.plan.test_standards import tables

from konvoi.plan.usable import offer_kits, variety

DUE = date(2031, 5, 1)
NEEDS: list[dict[str, object]] = [
    {"need": "N-gun", "good": "a", "quantity": Decimal(10), "site": "town", "due": DUE},
    {"need": "N-round", "good": "b", "quantity": Decimal(500), "site": "town", "due": DUE},
]
KITS: list[dict[str, object]] = [
    {"kit": "K", "need": "N-gun", "per_kit": Decimal(1)},
    {"kit": "K", "need": "N-round", "per_kit": Decimal(50)},
]


def test_a_kit_says_what_else_is_needed_and_what_of_it_is_missing() -> None:
    """Six guns want 300 rounds; 120 are offered."""
    offers: list[dict[str, object]] = [
        {"offer": "O-1", "party": "AR", "good": "a", "quantity": Decimal(6)},
        {"offer": "O-2", "party": "BR", "good": "b", "quantity": Decimal(120)},
    ]
    found = offer_kits(tables(needs=NEEDS, kits=KITS, offers=offers)).filter(offer="O-1")
    assert found.select("component", "wanted", "offered", "missing").rows() == [
        ("N-round", Decimal(300), Decimal(120), Decimal(180))
    ]


def test_what_comes_after_the_last_useful_day_is_missing() -> None:
    offers: list[dict[str, object]] = [
        {"offer": "O-1", "party": "AR", "good": "a", "quantity": Decimal(6)},
        {"offer": "O-2", "party": "BR", "good": "b", "quantity": Decimal(120), "ready": date(2031, 5, 2)},
    ]
    found = offer_kits(tables(needs=NEEDS, kits=KITS, offers=offers)).filter(offer="O-1")
    assert found["missing"].to_list() == [Decimal(300)]


def test_types_and_their_tail_are_counted() -> None:
    """Goods a and c serve the need for a; beside them stand the rounds and the spares."""
    offers: list[dict[str, object]] = [
        {"offer": "O-1", "party": "AR", "good": "a", "quantity": Decimal(6)},
        {"offer": "O-3", "party": "CA", "good": "c", "quantity": Decimal(2)},
    ]
    spares: list[dict[str, object]] = [
        {"standard": "S", "good": "c", "requirement": "spares", "value": "barrel"}
    ]
    swap: list[dict[str, object]] = [{"good": "c", "serves": "a", "ratio": Decimal(1)}]
    found = variety(tables(needs=NEEDS, kits=KITS, offers=offers, standards=spares, equivalences=swap))
    assert found.select("good", "types", "goods", "tail", "beside").rows() == [("a", 2, "a;c", 2, "b;barrel")]


class Counted(dict[str, pl.DataFrame]):
    """Tables that count how often they are read."""

    reads = 0

    def get(self, name: str, default: pl.DataFrame | None = None) -> pl.DataFrame | None:  # type: ignore[override]
        self.reads += 1
        return super().get(name, default)


def test_tables_are_read_as_often_for_many_offers_as_for_one() -> None:
    def reads(number: int) -> int:
        offers: list[dict[str, object]] = [
            {"offer": f"O-{one}", "party": "AR", "good": "a", "quantity": Decimal(1)} for one in range(number)
        ]
        known = Counted(tables(needs=NEEDS, kits=KITS, offers=offers))
        assert offer_kits(known).height == number
        return known.reads

    assert reads(40) == reads(1)
