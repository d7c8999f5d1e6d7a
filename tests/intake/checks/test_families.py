"""A good is not below itself."""

from konvoi.intake.check import whole
from konvoi.intake.checks.families import families_in_circle
from konvoi.model.document import Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding
from konvoi.model.tables import BY_NAME


def found(*families: tuple[str, str | None]) -> tuple[Finding, ...]:
    rows = [
        {"good": good, "family": family, "_file": "g.csv", "_sheet": "goods", "_row": at}
        for at, (good, family) in enumerate(families, start=2)
    ]
    goods = frame(rows, BY_NAME["goods"].schema())
    return families_in_circle(whole([Reading("g.csv", "", "konvoi-csv", tables={"goods": goods})]))


def test_each_good_of_a_circle_is_found_with_the_way_back_to_it() -> None:
    first, second = found(("gun", "howitzer"), ("howitzer", "gun"), ("m777", "howitzer"))
    assert (first.code, first.place.row, first.place.column, first.read) == (
        "good-family-circle",
        2,
        "family",
        "howitzer",
    )
    assert (first.values["path"], second.values["path"]) == (
        "gun → howitzer → gun",
        "howitzer → gun → howitzer",
    )


def test_a_good_that_is_its_own_family_is_found() -> None:
    assert [one.values["path"] for one in found(("gun", "gun"))] == ["gun → gun"]


def test_a_hierarchy_of_three_levels_is_none() -> None:
    assert found(("gun", None), ("howitzer", "gun"), ("m777", "howitzer")) == ()
