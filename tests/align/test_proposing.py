"""How a proposal stands by its steps: what counts, what is taken back, what a later list closes."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.matrix import MATRIX, PARTIES
from konvoi.align.proposing import HEAD, PROPOSALS, UNDONE, Row, checked, closed, standing

WHO = {"by": "A. Example", "at": "2031-03-04T08:00:00+00:00"}


def row(step: str, proposal: str = "p-1", **more: str) -> dict[str, str]:
    told = {"proposal": proposal, "step": step, **WHO, **more}
    return dict.fromkeys(HEAD, "") | told


def drafted(proposal: str = "p-1", **more: str) -> dict[str, str]:
    told = {"name": "Sample", "kind": "person", "to": "uk", "order": "asset freeze", "listings": "eu:a; ca:a"}
    return row("draft", proposal, **(told | more))


def state(*rows: Row) -> list[str]:
    good, findings = checked(rows)
    assert findings == ()
    return standing(good)["state"].to_list()


TABLED, ADOPTED = row("tabled", session="S-1"), row("adopted", whom="GB")


def test_a_proposal_goes_from_draft_to_a_session_and_is_adopted_by_several() -> None:
    assert state(drafted()) == ["draft"]
    found = standing([drafted(), TABLED, ADOPTED, row("adopted", whom="CH")]).row(0, named=True)
    assert {name: found[name] for name in ("state", "session", "whom", "since", "marking")} == {
        "state": "adopted",
        "session": "S-1",
        "whom": "GB; CH",
        "since": date(2031, 3, 4),
        "marking": "coalition",
    }


def test_undo_takes_back_one_step_and_undo_of_the_draft_leaves_none() -> None:
    undo = row(UNDONE)
    assert state(drafted(), TABLED, ADOPTED, undo) == ["tabled"]
    assert state(drafted(), TABLED, undo, undo) == []
    assert state(drafted(), undo, undo) == []
    assert state(drafted(), undo, drafted()) == ["draft"]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (row("tabled", "p-2", session="S-1"), "proposal"),
        (row("tabled"), "session"),
        (row("adopted"), "whom"),
        (row("rejected"), "reason"),
        (row("rejected", reason="no", by=""), "by"),
        (row("wished"), "step"),
        (row("withdrawn", ""), "proposal"),
        (drafted("p-3", order="scolding"), "order"),
        (drafted("p-3") | {"listings": " "}, "listings"),
    ],
)
def test_a_row_that_is_no_step_is_a_finding_with_its_place_and_counts_for_nothing(
    wrong: Row, column: str
) -> None:
    good, (finding,) = checked([drafted(), wrong])
    assert good == (drafted(),)
    assert (finding.code, finding.place.row, finding.place.column) == ("proposal-row", 3, column)


def cell(what: str, order: str = "asset freeze") -> pl.DataFrame:
    told = {"party": "P", "regime": "uk", "order": order, "cell": what, "day": date(2031, 5, 1)}
    told |= {"listings": "uk:9", "covered": True}
    return pl.DataFrame([dict.fromkeys(MATRIX.names()) | told], schema=MATRIX)


def test_a_later_list_with_the_party_and_the_measure_closes_a_proposal_and_no_other_does() -> None:
    parties = pl.DataFrame([("P", "ca:a"), ("P", "uk:9")], schema=PARTIES, orient="row")
    stands = standing([drafted(), TABLED], parties)
    found = closed(stands, cell("listed")).row(0, named=True)
    assert (found["state"], found["closed_by"], found["closed_on"]) == (
        "closed by a list",
        "uk:9",
        date(2031, 5, 1),
    )
    for other in (cell("not listed"), cell("expired"), cell("listed", "entry ban")):
        assert closed(stands, other)["state"].to_list() == ["tabled"]
    assert closed(standing([drafted()]), cell("listed"))["state"].to_list() == ["draft"]


cells = st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)
rows = st.lists(
    st.dictionaries(
        st.sampled_from(HEAD), cells | st.sampled_from(["draft", "tabled", "undone", "p-1", "uk"])
    )
)


@given(rows)
def test_whatever_stands_in_the_file_is_a_step_or_a_finding(found: list[dict[str, str]]) -> None:
    whole = [dict.fromkeys(HEAD, "") | one for one in found]
    good, findings = checked(whole)
    assert len(good) + len(findings) == len(whole)
    assert standing(good).schema == PROPOSALS
