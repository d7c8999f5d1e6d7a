"""Relations between entries concern the packages and lines that hold them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.ledger.ledgers import DAY, ledger

from konvoi.ledger.basis import basis
from konvoi.ledger.links import Links, links
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question


def near(some: Ledger, *, known: date | None = None, **question: object) -> Links:
    base = basis(some, Question(**question), "")  # type: ignore[arg-type]
    return links(base.counting, some, known)


def told(found: Links, *columns: str) -> list[tuple[object, ...]]:
    names = [
        pl.col(one).str.split("\x1f").list.get(1) if one in ("left", "right") else one for one in columns
    ]
    return found.relations.select(names).rows()


def test_a_relation_of_entries_is_one_of_their_packages_with_the_highest_probability() -> None:
    some = ledger(
        {"package": "P", "stage": "committed"},
        {"package": "P", "stage": "disbursed"},
        {"package": "Q"},
        {"package": "Q", "stage": "committed"},
        relations=[
            ("e0", "same_as", "e2", "undecided", 0.4),
            ("e1", "same_as", "e3", "undecided", 0.7),
            ("e0", "restates", "e1", "accepted"),
            ("e0", "serves", "e2", "accepted"),
        ],
    )
    columns = ("left", "right", "relation", "status", "probability")
    assert told(near(some), *columns) == [("P", "Q", "same_as", "undecided", 0.7)]


def test_an_entry_that_is_one_of_several_holds_no_more_than_itself() -> None:
    some = ledger(
        {"package": "P", "stage": "disbursed", "amount_minor": 30},
        {"package": "P", "stage": "disbursed", "amount_minor": 20},
        {"package": "Q", "stage": "disbursed", "amount_minor": 90},
        {"package": "R", "stage": "disbursed"},
        relations=[
            ("e0", "part_of", "e3", "accepted"),
            ("e1", "part_of", "e3", "accepted"),
            ("e2", "part_of", "e3", "accepted"),
        ],
    )
    assert told(near(some, stage="disbursed"), "left", "most") == [("P", 50), ("Q", None)]


def test_relations_known_later_or_of_other_records_are_not_near() -> None:
    some = ledger(
        {"package": "P"},
        {"package": "Q", "known_on": date(2026, 6, 1)},
        {"package": "R", "known_on": None},
        relations=[("e0", "same_as", "e1", "accepted"), ("e0", "same_as", "e2", "accepted")],
    )
    assert told(near(some), "right") == [("Q",), ("R",)]
    assert told(near(some, known=DAY), "right") == [("R",)]
    assert told(near(some, known=date(2026, 6, 1)), "right") == [("Q",), ("R",)]


def test_a_chain_of_the_same_leads_through_records_outside_the_total() -> None:
    outside: dict[str, object] = {"kind": "energy"}
    rows: tuple[dict[str, object], ...] = ({}, outside, {}, outside, {})
    relations = [("e0", "same_as", "e1", "accepted"), ("e1", "same_as", "e2", "undecided")]
    other = [("e2", "same_as", "e3", "rejected"), ("e3", "same_as", "e4", "accepted")]
    some = ledger(*rows, relations=[*relations, *other])
    # p3 is not rejected out of the chain: it is the same as p4, which is in the total.
    pairs = told(near(some, kind="military"), "left", "right")
    assert pairs == [("p0", "p1"), ("p1", "p2"), ("p2", "p3"), ("p3", "p4")]
    beyond = ledger(*rows[:4], relations=[*relations, *other[:1]])
    assert told(near(beyond, kind="military"), "left", "right") == [("p0", "p1"), ("p1", "p2")]


def line(package: str, good: str, **more: object) -> dict[str, object]:
    usual: dict[str, object] = {"package": package, "line": f"{package}-{good}", "good": good}
    return usual | {"quantity": Decimal(2), "unit": "piece", "amount_minor": None, "currency": None} | more


def brought(*rows: dict[str, object], status: str = "undecided", people: tuple[str, ...] = ()) -> list[str]:
    """Return the lines of P and Q that an undecided pair of the two packages brings together."""
    some = ledger({"package": "P"}, {"package": "Q"}, *rows, relations=[("e0", "same_as", "e1", status)])
    if people:
        decided = [dict(zip(("left", "right"), people, strict=True)) | {"basis": "person"}]
        more = pl.DataFrame(decided).with_columns(relation=pl.lit("same_as"), status=pl.lit("rejected"))
        relations = pl.concat([some.relations, more], how="diagonal")
        some = replace(some, relations=relations)
    found = near(some, what="quantity", by="good").brought
    return [row["line_left"].split("\x1f")[2] for row in found.iter_rows(named=True)]


def test_an_undecided_pair_of_packages_brings_its_lines_of_one_good() -> None:
    lines = (line("P", "tent"), line("Q", "tent"), line("P", "tank"), line("Q", "mug"))
    assert brought(*lines) == ["P-tent"]
    assert brought(*lines, status="accepted") == []
    assert brought(*lines, status="rejected") == []


def test_a_good_on_two_lines_of_a_package_brings_none_of_them() -> None:
    assert brought(line("P", "tent"), line("P", "tent", line="P-2"), line("Q", "tent")) == []
    received = line("P", "tent", stage="received")
    assert brought(line("P", "tent"), received, line("Q", "tent")) == ["P-tent"]


def test_a_pair_of_lines_that_a_person_decided_stays_as_decided() -> None:
    lines = (line("P", "tent"), line("Q", "tent"), line("P", "tank"), line("Q", "tank"))
    assert brought(*lines) == ["P-tank", "P-tent"]
    assert brought(*lines, people=("e2", "e3")) == ["P-tank"]
    assert brought(*lines, people=("e3", "e2")) == ["P-tank"]


def test_the_ends_of_relations_are_found_once_for_all_totals_of_a_day() -> None:
    same = [("e0", "same_as", "e1", "undecided")]
    some = ledger({"package": "P"}, {"package": "Q", "stage": "committed"}, relations=same)
    near(some)
    kept = some.ends[None]
    assert near(some, stage="committed").relations.height == 1
    assert some.ends[None] is kept
    near(some, known=DAY)
    assert set(some.ends) == {None, DAY}
    assert replace(some, relations=some.relations.clear()).ends == {}
