"""Stated shares of a joint package are at most the whole."""

import pytest

from konvoi.intake.check import whole
from konvoi.intake.checks.shares import shares_above_whole
from konvoi.intake.read import read
from konvoi.model.document import Document

PACKAGES = "package,party,day,kind,stage,title\nJ-1,XL,2031-01-12,humanitarian,pledged,Ambulances\n"
HEAD = "package,party,share\n"


def found(*rows: str, more: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, int, str, str]]:
    tables = (("XL/packages", PACKAGES), ("XL/participants", HEAD + "\n".join(rows) + "\n"), *more)
    readings = [read(Document(f"{name}.csv", text.encode(), name[:2])) for name, text in tables]
    told = shares_above_whole(whole(readings))
    return [(one.place.file, one.place.row, one.read, one.values["shares"]) for one in told]


def test_shares_of_more_than_the_whole_are_told_with_each_at_the_last_row() -> None:
    assert found("J-1,XA,60 %", "J-1,XB,45.5 %", "J-1,XC,") == [
        ("XL/participants.csv", 3, "105.5 %", "XA 60 %, XB 45.5 %")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("J-1,XA,0.6", "J-1,XB,0.4"),
        ("J-1,XA,34 %", "J-1,XB,33 %", "J-1,XC,34 %"),
        ("J-1,XA,0.6", "J-1,XB,"),
        ("J-1,XA,0.6", "J-2,XB,0.6"),
    ],
)
def test_the_whole_what_rounding_explains_what_is_unknown_and_another_package_are_no_fault(
    rows: tuple[str, ...],
) -> None:
    assert found(*rows) == []


def test_shares_in_documents_of_several_parties_are_added() -> None:
    """XB states its own share of the package of XL; of two shares of one party the lesser counts."""
    more = (("XB/participants", HEAD + "J-1,XB,0.5\nJ-1,XA,0.1\n"),)
    assert found("J-1,XA,0.6", more=more) == []
    more = (("XB/participants", HEAD + "J-1,XB,0.5\n"),)
    assert found("J-1,XA,0.6", more=more) == [("XL/participants.csv", 2, "110 %", "XA 60 %, XB 50 %")]


def test_packages_of_two_parties_with_one_reference_are_two() -> None:
    """What a third party says of that reference is said of neither."""
    more = (("XB/packages", PACKAGES), ("XB/participants", HEAD + "J-1,XB,0.5\n"))
    assert found("J-1,XA,0.6", more=more) == []
    third = ("XC/participants", HEAD + "J-1,XC,0.6\nJ-1,XA,0.6\n")
    assert found("J-1,XA,0.6", more=(*more, third)) == []
