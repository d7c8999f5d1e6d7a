"""An approval that is neither given nor refused is asked of the state that issues it."""

from pathlib import Path

from tests.flow.asked import asked, cell

HEAD = "approval,kind,party,covers,asked,due,given,refused"


def records(folder: Path) -> list[tuple[str, str]]:
    return [(one.party, one.record) for one in asked(folder).questions if one.kind == "approvals"]


def test_the_issuing_state_is_asked(tmp_path: Path) -> None:
    assert records(cell(tmp_path)) == [("CA", "approvals/A-1")]


def test_what_is_given_refused_or_expected_later_is_not_asked_about(tmp_path: Path) -> None:
    rows = (
        HEAD,
        "A-1,transit,CA,O-1,2031-01-10,,2031-02-01,",
        "A-2,transit,CA,O-1,2031-01-10,,,2031-02-01",
        "A-3,transit,CA,O-1,2031-01-10,2031-04-01,,",
    )
    assert records(cell(tmp_path, approvals=rows)) == []


def test_one_without_any_day_is_asked_about(tmp_path: Path) -> None:
    assert records(cell(tmp_path, approvals=(HEAD, "A-4,customs,CA,O-1,,,,"))) == [("CA", "approvals/A-4")]
