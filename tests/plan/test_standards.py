"""How offers stand to standards, on tables that can be checked by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.tables import BY_NAME
from konvoi.plan.standards import offer_standards

DAY = date(2031, 3, 10)


def tables(**rows: list[dict[str, object]]) -> Mapping[str, pl.DataFrame]:
    """Tables of the workbook from rows that say only what matters."""
    usual: dict[str, list[dict[str, object]]] = {
        "goods": [{"good": "a", "codes": "NSN:1"}, {"good": "b"}],
        "offers": [{"offer": "O-1", "party": "AR", "good": "a", "quantity": Decimal(6)}],
    }
    found = {}
    for name, own in (usual | rows).items():
        schema = BY_NAME[name].schema()
        found[name] = pl.DataFrame([{c: row.get(c) for c in schema} for row in own], schema=schema)
    return found


def point(**says: object) -> dict[str, object]:
    """A standard on good a, but for what is said."""
    return {"standard": "S-1", "good": "a", "requirement": "identity code", "value": "NSN:1"} | says


def verdicts(given: Mapping[str, pl.DataFrame], **more: object) -> list[str]:
    return offer_standards(given, DAY, **more)["verdict"].to_list()  # type: ignore[arg-type]


def test_a_code_that_is_borne_meets_another_lacks_and_none_is_unknown() -> None:
    assert verdicts(tables(standards=[point()])) == ["meets"]
    assert verdicts(tables(standards=[point(value="NSN:2")])) == ["lacks"]
    assert verdicts(tables(standards=[point(value="EAN:2")])) == ["unknown"]


def test_a_good_that_stands_for_another_at_a_ratio_meets_with_ratio() -> None:
    swap: list[dict[str, object]] = [{"good": "a", "serves": "b", "ratio": Decimal(2)}]
    asked = point(good="b", requirement="interchangeable with", value="c")
    other = [*swap, {"good": "a", "serves": "c", "ratio": Decimal("0.5")}]
    assert verdicts(tables(standards=[asked], equivalences=swap)) == ["lacks"]
    assert verdicts(tables(standards=[asked], equivalences=other)) == ["meets with ratio"]


def test_the_version_in_force_last_counts() -> None:
    old = point(version="1", in_force=date(2030, 1, 1))
    new = point(version="2", value="NSN:2", in_force=date(2031, 3, 1))
    later = point(version="3", in_force=date(2031, 4, 1))
    found = offer_standards(tables(standards=[old, new, later]), DAY)
    assert found.select("version", "verdict").rows() == [("2", "lacks")]


def test_of_one_requirement_any_point_will_do() -> None:
    assert verdicts(tables(standards=[point(value="NSN:2"), point(standard="S-2")])) == ["meets"]


def test_papers_are_met_by_approvals_that_hold() -> None:
    asked = point(requirement="paper set", value="transit")
    given: dict[str, object] = {
        "approval": "A",
        "kind": "transit",
        "covers": "O-1",
        "given": date(2031, 1, 1),
    }
    ended = given | {"expires": date(2031, 3, 9)}
    refused = given | {"given": None, "refused": date(2031, 1, 1)}
    assert verdicts(tables(standards=[asked], approvals=[given])) == ["meets"]
    assert verdicts(tables(standards=[asked], approvals=[ended])) == ["unknown"]
    assert verdicts(tables(standards=[asked], approvals=[refused])) == ["lacks"]


def test_what_a_party_answered_of_this_version_counts() -> None:
    asked = point(requirement="packing", value="pallet", version="2")
    assert verdicts(tables(standards=[asked])) == ["unknown"]
    assert verdicts(tables(standards=[asked]), said={("O-1", "S-1@2"): "meets"}) == ["meets"]
    assert verdicts(tables(standards=[asked]), said={("O-1", "S-1@1"): "meets"}) == ["unknown"]


def test_a_declined_offer_is_not_checked() -> None:
    declined: list[dict[str, object]] = [{"offer": "O-1", "party": "AR", "good": "a", "state": "declined"}]
    assert verdicts(tables(standards=[point()], offers=declined)) == []
