"""Of rows with one key the newest of its party stands, whatever order the files come in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import polars as pl

from konvoi.flow.rows import Stated
from konvoi.flow.rows import standing as standing_rows
from konvoi.flow.settings import Settings
from konvoi.flow.versions import ages
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, filled

NEEDS = "need,good,quantity,site,due\nD-1,gen,{quantity},HUB,2031-05-01\n"
OFFERS = "offer,party,good,quantity,site\nO-1,{party},gen,{quantity},HUB\n"


def csv(name: str, text: str, party: str = "AR", **facts: str) -> Reading:
    """A table that a party hands in; facts: what its head says."""
    reading = read(Document(f"{party}/{name}", text.encode(), party))
    return replace(reading, facts={**reading.facts, **facts})


def standing(
    readings: Sequence[Reading], known_on: dict[str, date]
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    return standing_rows(readings, ages(readings, Settings(known_on=known_on)))


def needs(quantity: int, folder: str, party: str = "AR", **facts: str) -> Reading:
    return csv(f"{folder}/needs.csv", NEEDS.format(quantity=quantity), party, **facts)


def test_the_newest_by_day_stands_whatever_the_order() -> None:
    three = [needs(1, "a", day="2031-03-01"), needs(2, "b", day="2031-01-01"), needs(3, "c")]
    for order in permutations(three):
        tables, findings = standing(order, {})
        assert tables["needs"]["quantity"].to_list() == [1]
        assert findings == []


def test_of_one_day_the_higher_version_stands_and_ten_is_more_than_nine() -> None:
    two = [needs(1, "a", version="10"), needs(2, "b", version="9")]
    assert standing(two, {})[0]["needs"]["quantity"].to_list() == [1]


def test_of_two_documents_of_one_day_the_lower_value_stands_whatever_their_names_and_it_is_told() -> None:
    for names in (("v10", "v9"), ("v9", "v10"), ("a", "b")):
        two = [needs(7, names[0], day="2031-03-01"), needs(2, names[1], day="2031-03-01")]
        tables, (finding,) = standing(two, {})
        assert tables["needs"]["quantity"].to_list() == [2]
        assert (finding.code, finding.place.file) == ("version-conflict", f"AR/{names[0]}/needs.csv")


def test_the_workspace_may_say_when_a_document_became_known() -> None:
    two = [needs(1, "a", day="2031-03-01"), needs(2, "b", day="2031-01-01")]
    known = {"AR/b/needs.csv": date(2031, 4, 1)}
    assert standing(two, known)[0]["needs"]["quantity"].to_list() == [2]


def test_parties_that_disagree_are_told_of_at_the_row_that_does_not_stand() -> None:
    two = [needs(1, "a", day="2031-03-01"), needs(2, "a", "BO", day="2031-01-01")]
    tables, (finding,) = standing(two, {})
    assert tables["needs"]["quantity"].to_list() == [1]
    assert (finding.code, finding.place.file, finding.place.column) == (
        "rows-differ",
        "BO/a/needs.csv",
        "quantity",
    )
    assert filled(finding.expected, finding.values).endswith("1: AR/a/needs.csv, sheet needs, row 2")


def test_a_partys_own_row_stands_before_a_newer_one_of_another() -> None:
    own = csv("a/offers.csv", OFFERS.format(party="AR", quantity=5), "AR", day="2031-01-01")
    others = csv("a/offers.csv", OFFERS.format(party="AR", quantity=9), "BO", day="2031-02-01")
    tables, findings = standing([others, own], {})
    assert tables["offers"]["quantity"].to_list() == [5]
    assert [one.place.file for one in findings] == ["BO/a/offers.csv"]


def test_other_words_and_what_one_does_not_know_are_no_disagreement() -> None:
    one = csv("goods.csv", "good,name,unit,weight_kg\ngen,Generator,piece,40\n", "AR")
    other = csv("goods.csv", "good,name,unit,weight_kg\ngen,Stromerzeuger,piece,\n", "BO")
    assert standing([one, other], {})[1] == []


def test_a_package_that_two_parties_state_is_told_to_count_twice_until_it_is_reviewed() -> None:
    head = "package,party,day,kind,amount,currency\n"
    two = [
        csv("packages.csv", f"{head}PL-1,PL,2031-01-10,energy,{amount},EUR\n", party, day="2031-02-01")
        for party, amount in (("PL", 10), ("DE", 12))
    ]
    tables, (finding,) = standing(two, {})
    assert tables["packages"]["amount"].to_list() == [1000]
    assert (finding.code, finding.place.file) == ("rows-differ", "DE/packages.csv")
    assert finding.remedy.startswith("Totals count both rows unless a review decides")


def test_of_rows_of_one_day_the_one_that_the_ledger_counts_stands() -> None:
    two = [needs(7, "a", day="2031-03-01"), needs(2, "b", day="2031-03-01")]
    aged = ages(two, Settings())
    counted = frozenset({Stated("AR/a/needs.csv", "needs", 2)})
    tables, _ = standing_rows(two, aged, counted=counted)
    assert tables["needs"]["quantity"].to_list() == [7]
    assert standing_rows(two, aged)[0]["needs"]["quantity"].to_list() == [2]


def test_of_each_other_party_its_newest_row_disagrees() -> None:
    own = needs(1, "a", day="2031-03-01")
    others = [needs(2, "a", "BO", day="2031-01-01"), needs(3, "b", "BO", day="2031-02-01")]
    _, findings = standing([own, *others], {})
    assert [(one.place.file, one.read) for one in findings] == [("BO/b/needs.csv", "D-1: 3")]


def test_an_older_row_of_the_same_party_is_no_conflict() -> None:
    assert standing([needs(1, "a", day="2031-03-01"), needs(2, "b", day="2031-01-01")], {})[1] == []
