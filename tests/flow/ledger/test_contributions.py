"""Contributions that a reader may not see, and what counts of them in figures for that reader."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.flow.confidential import BAND, IN_TOTAL, THREE, Package, confidential

from konvoi.flow.ledger.contributions import Ground, audiences, contributions, figures, ground
from konvoi.flow.workspace import workspace
from konvoi.ledger.question import Question
from konvoi.ledger.release import Contribution

PLEDGED = Question(mix=True)
ROWS = (
    *THREE,
    Package("ES", "E-1", "60", marking="public"),
    Package("FI", "F-1", "8", mode=BAND, kind="military"),
    Package("GR", "G-1", "9", mode="named"),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return ground(workspace(confidential(tmp_path_factory.mktemp("contributions") / "cell", *ROWS)))


def found(
    base: Ground, reader: str, question: Question = PLEDGED, **more: object
) -> dict[str, list[tuple[str, int]]]:
    rows, _, unit = contributions(base, question, reader, **more)  # type: ignore[arg-type]
    assert unit == "EUR"
    return {key: [(one.party, one.value) for one in some] for key, some in rows.items()}


AMOUNTS = [("AR", 4500), ("CE", 3000), ("DO", 2500), ("FI", 800)]


def test_what_a_reader_may_not_see_contributes_by_its_explicit_mode(base: Ground) -> None:
    assert found(base, "public") == {"": AMOUNTS}
    assert found(base, "public", with_bands=False) == {"": AMOUNTS[:3]}
    assert found(base, "CE") == {"": [AMOUNTS[0], *AMOUNTS[2:]]}
    assert found(base, "public", replace(PLEDGED, by="kind")) == {
        "energy": AMOUNTS[:3],
        "military": AMOUNTS[3:],
    }


def test_what_the_reader_counts_already_is_left_out_by_name(base: Ground) -> None:
    rows, left_out, _ = contributions(base, PLEDGED, "public", also=["AR / A-1"])
    assert [one.party for one in rows[""]] == ["CE", "DO", "FI"]
    assert left_out == ("AR / A-1",)


def test_a_contribution_states_record_mode_and_stated_amount(base: Ground) -> None:
    rows, left_out, _ = contributions(base, PLEDGED, "public")
    first, *_, last = rows[""]
    assert first == Contribution("AR / A-1", "AR", "AR", IN_TOTAL, "EUR 4500", 4500)
    assert (last.mode, last.basis, left_out) == (BAND, "EUR 800", ())


def test_a_reader_knows_its_own_contribution_and_the_records_that_it_sees(base: Ground) -> None:
    own = Contribution("AR / A-1", "AR", "press", IN_TOTAL, "EUR 1", 1)
    assert base.sees("AR")(own)
    assert base.sees("press")(own)
    assert not base.sees("CE")(own)
    assert base.sees("CE")(replace(own, record="ES / E-1"))
    assert base.records_seen("public") == {"ES / E-1"}
    assert base.records_seen("AR") == {"ES / E-1", "AR / A-1"}
    assert len(base.entries_seen("public")) == 1


def test_entries_that_accepted_relations_join_are_related(tmp_path: Path) -> None:
    same = Package("CE", "C-1", "45", relates="same_as:A-1")
    some = ground(workspace(confidential(tmp_path, THREE[0], same, THREE[2])))
    first, second, third = (some.entries_seen(one) for one in ("AR", "CE", "DO"))
    assert some.related(first) == first | second
    assert some.related(third) == frozenset()


def party(name: str, value: int) -> Contribution:
    return Contribution(f"{name} / 1", name, name, IN_TOTAL, f"EUR {value}", value)


ONE, TWO = party("A", 5), party("B", 7)


def test_figures_are_the_total_and_its_rows_or_some_of_the_rows() -> None:
    rows = {"energy": [ONE], "military": [TWO]}

    def keys(question: Question, *only: str, of: dict[str, list[Contribution]] = rows) -> dict[str, int]:
        return {one.key: one.low for one in figures(question, of, "EUR", only)}

    by_kind = replace(PLEDGED, by="kind")
    assert keys(PLEDGED, of={"": [ONE, TWO]}) == {"": 12}
    assert keys(by_kind) == {"": 12, "energy": 5, "military": 7}
    assert keys(by_kind, "military") == {"military": 7}
    assert keys(PLEDGED, of={}) == keys(by_kind, of={}) == {}
    (first, *_) = figures(by_kind, rows, "EUR")
    assert (first.unit, first.places) == ("EUR", 2)
    assert figures(replace(PLEDGED, what="quantity"), {"": [ONE]}, "piece")[0].places == 6


def test_figures_for_the_public_reach_all_and_those_for_one_party_that_one(base: Ground) -> None:
    parties = ["AR", "CE", "DO", "ES", "FI", "GR"]
    assert list(base.parties()) == parties
    assert audiences(base, "public", []) == ["public", "coalition", *parties]
    assert audiences(base, "public", ["ZZ", "public", "cell"]) == ["public", "coalition", *parties, "ZZ"]
    assert audiences(base, "coalition", []) == ["coalition", *parties]
    assert audiences(base, "AR", ["ZZ"]) == ["AR"]
