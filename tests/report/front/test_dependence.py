"""Needs that depend on a record: counted once, of what has not been sent, within earmarks and ratios."""

from decimal import Decimal

from tests.report.cases import case
from tests.report.world import offer, table, tables

from konvoi.report.case import Case
from konvoi.report.front.decisions import every_decision, most_urgent
from konvoi.report.front.dependence import Dependence
from konvoi.report.language import Language

WHOLE = Decimal(640)
"""12 × 3 + 400 × 1 + 90 × 2 + 8 × 3: the value of all needs of the invented world."""

EN = Language("en")


def with_tables(**more: object) -> Case:
    return case(tables=tables() | more)


def approval(**more: object) -> dict[str, object]:
    usual = {"approval": "A1", "kind": "transit", "party": "CAS", "covers": "O1", "marking": "public"}
    return usual | more


def test_an_offer_weighs_the_needs_that_it_could_serve() -> None:
    found = Dependence(case())
    assert found.serves("O1") == [("N1", Decimal(10))]
    assert found.share("O1") == 30 / WHOLE
    assert found.share("O3") == 120 / WHOLE


def test_of_a_line_item_only_what_has_not_been_sent_counts() -> None:
    # 20 generators were pledged and 10 dispatched.
    assert Dependence(case()).unsent("ARV-1/1") == 10
    rows = [{**offer("O1", "ARV", "gen", 15, "DEP1"), "line": "ARV-1/1"}]
    found = Dependence(with_tables(offers=table("offers", rows)))
    assert found.value("O1") == 30
    assert found.value("ARV-1/1") == 30


def test_an_approval_weighs_what_it_covers() -> None:
    found = Dependence(with_tables(approvals=table("approvals", [approval()])))
    assert found.share("A1") == found.share("O1")
    assert found.root("A1") == "O1"


def test_earmarks_and_ratios_bind() -> None:
    marks = table("earmarks", [{"offer": "O1", "to": "need", "value": "N4"}])
    assert Dependence(with_tables(earmarks=marks)).serves("O1") == [("N4", Decimal(8))]
    ratio = table("equivalences", [{"good": "tent", "serves": "fuel", "ratio": Decimal("0.1")}])
    serves = dict(Dependence(with_tables(equivalences=ratio)).serves("O2"))
    assert serves == {"N2": Decimal(300)}
    offers = table("offers", [offer("O2", "BRE", "tent", 500, "DEP2")])
    without = tables()["needs"].filter(need="N3")
    lone = Dependence(with_tables(equivalences=ratio, offers=offers, needs=without))
    assert lone.serves("O2") == [("N3", Decimal(50))]


def test_declined_offers_serve_nothing() -> None:
    rows = [{**offer("O1", "ARV", "gen", 10, "DEP1"), "state": "declined"}]
    assert Dependence(with_tables(offers=table("offers", rows))).share("O1") == 0


def test_others_are_offers_of_other_partners_for_the_same_needs() -> None:
    rows = [
        offer("O1", "ARV", "gen", 10, "DEP1"),
        offer("O4", "CAS", "gen", 2, "DEP1"),
        offer("O5", "DOR", "gen", 4, "DEP1"),
        offer("O6", "ARV", "gen", 9, "DEP1"),
    ]
    found = Dependence(with_tables(offers=table("offers", rows)))
    assert [one.record for one in found.others("O1")] == ["O5", "O4"]
    assert [one.record for one in found.offers_for("N1")] == ["O1", "O6", "O5", "O4"]


def test_an_approval_that_blocks_more_needs_stands_before_one_that_blocks_less() -> None:
    rows = [approval(due=case().day), approval(approval="A2", covers="O3", party="DOR", due=case().day)]
    found = every_decision(with_tables(approvals=table("approvals", rows)), "cell")
    waiting = [one for one in found if one.about in {"A1", "A2"}]
    assert [one.about for one in waiting] == ["A2", "A1"]
    assert "19\u00a0% of needs, by value, depend on it" in EN.text(waiting[0].consequence)


def test_of_one_line_item_the_most_urgent_are_told_once() -> None:
    day = case().day
    rows = [approval(due=day), approval(approval="A2", kind="customs", party="DOR", due=day)]
    rows.append(approval(approval="A3", covers="O3", due=day))
    found = most_urgent(with_tables(approvals=table("approvals", rows)), 9)
    assert [one.about for one in found if one.about in {"A1", "A2", "A3"}] == ["A3", "A1"]
