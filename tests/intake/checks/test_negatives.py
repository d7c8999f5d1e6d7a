"""What is below zero without a correction is told of, and counts."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.negatives import negatives_without_correction
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding


def of_csv(name: str, text: str) -> tuple[Finding, ...]:
    """The findings on one table."""
    return negatives_without_correction(whole([read(Document(f"{name}.csv", text.encode(), "NORLAND"))]))


def of_entries(*rows: dict[str, object]) -> tuple[Finding, ...]:
    """The findings on the entries of another format."""
    usual = {"submission": "a.xml", "currency": "EUR", "sheet": "x", "row": 1}
    entries = frame({"entry": str(at), **usual, **row} for at, row in enumerate(rows))
    return negatives_without_correction(whole([Reading("a.xml", "", "iati-activities", entries=entries)]))


def test_an_amount_below_zero_is_told_of_at_its_cell() -> None:
    head = "package,party,day,kind,stage,amount,currency\n"
    (finding,) = of_csv("packages", head + "N-1,NORLAND,2031-02-01,energy,committed,-12.50,EUR\n")
    assert (finding.severity, finding.read) == ("warning", "-12.5")
    assert (finding.place.row, finding.place.column) == (2, "amount")


def test_a_quantity_below_zero_is_told_of_in_every_table() -> None:
    assert [one.read for one in of_csv("lines", "line,package,good,quantity\nL-1,N-1,gen,-4\n")] == ["-4"]
    needs = "need,good,quantity,site,due\nD-1,gen,-0.5,HUB,2031-05-01\n"
    assert [one.read for one in of_csv("needs", needs)] == ["-0.5"]


def test_a_need_or_capacity_below_zero_is_no_refund_and_is_said_to_be_of_no_use() -> None:
    """Plans leave it out or take it as zero, so nothing may say that it counts as it stands."""
    (need,) = of_csv("needs", "need,good,quantity,site,due\nD-1,gen,-0.5,HUB,2031-05-01\n")
    (room,) = of_csv("capacities", "on,tonnes\nDX,-4\n")
    (money,) = of_csv("lines", "line,package,good,quantity\nL-1,N-1,gen,-4\n")
    assert need.remedy == room.remedy != money.remedy
    assert "taken off" not in need.remedy


def test_zero_and_the_south_are_no_mistakes() -> None:
    assert of_csv("lines", "line,package,good,quantity\nL-1,N-1,gen,0\n") == ()
    assert of_csv("sites", "site,name,kind,country,lat,lon\nRIO,Rio,port,BR,-22.9,-43.2\n") == ()


def test_refunds_of_another_format_are_noted_once_with_their_number() -> None:
    found = of_entries({"amount_minor": 100}, {"amount_minor": -250}, {"amount_minor": -50})
    assert [(one.severity, one.read, one.values["count"]) for one in found] == [("note", "-2.5 EUR", "2")]


def test_a_correction_explains_itself() -> None:
    assert of_entries({"quantity": Decimal(-4), "corrects": "e"}) == ()


def test_a_refund_that_names_its_package_in_the_title_is_none() -> None:
    head = "package,party,day,kind,amount,currency,title\n"
    package = "N-1,NORLAND,2031-02-01,energy,100,EUR,Generators\n"
    refund = "N-1-R,NORLAND,2031-03-01,energy,-12.50,EUR,Refund for {}\n"
    assert of_csv("packages", head + package + refund.format("N-1")) == ()
    assert len(of_csv("packages", head + package + refund.format("generators"))) == 1
    assert len(of_csv("packages", head + package + refund.format("N-1-R"))) == 1
    assert len(of_csv("packages", head + refund.format("N-1"))) == 1
    numbered = package.replace("N-1", "12")
    assert len(of_csv("packages", head + numbered + refund.format("12 generators"))) == 1


def test_the_package_of_a_refund_may_stand_in_another_document() -> None:
    head = "package,party,day,kind,amount,currency,title\n"
    texts = (
        "N-1,NORLAND,2031-02-01,energy,100,EUR,Generators\n",
        "N-9,NORLAND,2031-03-01,energy,-5,EUR,Rückzahlung zu N-1\n",
    )
    documents = [
        read(Document(f"{at}/packages.csv", (head + text).encode(), "NORLAND"))
        for at, text in enumerate(texts)
    ]
    assert negatives_without_correction(whole(documents)) == ()
    assert len(negatives_without_correction(whole(documents[1:]))) == 1
