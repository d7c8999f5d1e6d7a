"""What a submission changes, by stable reference: new, changed, unchanged, withdrawn, refused."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from konvoi.flow.settings import Settings
from konvoi.flow.submissions.changes import Change, counted
from konvoi.flow.submissions.changes import changes as changes_by_document
from konvoi.flow.submissions.import_submission import Taken, take
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

HEAD = "line,package,good,quantity,unit,amount,currency,promised"


def lines(*rows: str, name: str = "PL/lines.csv", party: str = "PL") -> Reading:
    return read(Document(name, "\n".join([HEAD, *rows]).encode(), party))


def changes(
    stated: Reading, held: Sequence[Reading], superseded: Sequence[Reading] = ()
) -> tuple[Change, ...]:
    """What one document changes; superseded: the documents that it replaces as a whole."""
    pairs = [(stated.document, one.document) for one in superseded]
    days = {one.document: date(2031, 1, 1) for one in held} | {stated.document: date(2031, 2, 1)}
    known = Settings(supersedes=dict(pairs), known_on=days)
    own = [one for one in held if one.party == stated.party]
    return changes_by_document([stated], own, known)[stated.document]


def outcomes(found: tuple[Change, ...]) -> dict[str, str]:
    return {one.reference: one.outcome for one in found}


def test_a_record_is_new_changed_or_unchanged_by_its_own_reference() -> None:
    """The order of rows and the row's number say nothing."""
    held = lines("L-1,P-1,tent,40,piece,,,", "L-2,P-1,tarp,5,piece,,,")
    found = changes(
        lines(
            "L-3,P-1,stove,6,,,,",
            "L-2,P-1,tarp,5.0,piece,,,",
            "L-1,P-1,tent,60,piece,,,2031-04-30",
            name="PL/v2/lines.csv",
        ),
        [held],
    )
    assert outcomes(found) == {"L-3": "new", "L-1": "changed", "L-2": "unchanged"}
    (changed,) = [one for one in found if one.outcome == "changed"]
    assert dict(changed.fields) == {"quantity": (40, 60), "promised": ("", "2031-04-30")}
    assert (changed.table, changed.row) == ("lines", 4)


def test_a_statement_of_the_same_day_that_is_not_the_lower_one_is_not_in_force() -> None:
    held, stated = lines("L-1,P-1,tent,40,,,,"), lines("L-1,P-1,tent,60,,,,", name="PL/b/lines.csv")
    found = changes_by_document([stated], [held], Settings())[stated.document]
    assert outcomes(found) == {"L-1": "not in force"}


def test_what_a_new_version_of_a_list_leaves_out_stays_in_force_and_is_announced() -> None:
    held = lines("L-1,P-1,tent,40,,,,", "L-2,P-1,tarp,5,,,,", "L-3,P-1,stove,2,,,,")
    again = lines("L-1,P-1,tent,40,,,,", "L-2,P-1,tarp,6,,,,", name="PL/v2/lines.csv")
    assert outcomes(changes(again, [held])) == {
        "L-1": "unchanged",
        "L-2": "changed",
        "L-3": "omitted, still in force",
    }
    corrections = lines("L-2,P-1,tarp,6,,,,", "L-1,P-1,tent,41,,,,", name="PL/v2/lines.csv")
    assert "L-3" not in outcomes(changes(corrections, [held])), "it repeats nothing"
    assert outcomes(changes(again, [held], superseded=[held]))["L-3"] == "withdrawn"


def test_an_amount_is_told_in_major_units_with_its_currency() -> None:
    held = lines("L-1,P-1,,,,12.50,EUR,")
    (one,) = changes(lines("L-1,P-1,,,,1250,JPY,", name="PL/v2/lines.csv"), [held])
    assert one.fields["amount"] == ("12.50 EUR", "1250 JPY")


def test_the_same_reference_of_another_party_is_another_record() -> None:
    held = lines("L-1,P-1,tent,40,,,,", name="DE/lines.csv", party="DE")
    assert outcomes(changes(lines("L-1,P-1,tent,40,,,,"), [held])) == {"L-1": "new"}


def test_what_a_superseded_version_states_and_the_new_one_does_not_is_withdrawn() -> None:
    held = lines("L-1,P-1,tent,40,,,,", "L-2,P-1,tarp,5,,,,")
    new = lines("L-1,P-1,tent,40,,,,", name="PL/v2/lines.csv")
    assert outcomes(changes(new, [held], [held])) == {"L-1": "unchanged", "L-2": "withdrawn"}
    assert outcomes(changes(new, [held])) == {"L-1": "unchanged", "L-2": "omitted, still in force"}


def test_a_row_that_an_error_keeps_out_is_refused_with_its_place() -> None:
    found = changes(lines("L-1,P-1,tent,4O,,,,", ",P-1,tarp,5,,,,", "L-1,P-1,stove,6,,,,"), [])
    assert [(one.outcome, one.row) for one in found if one.outcome == "refused"] == [
        ("refused", 3),
    ]
    assert {name: count for name, count in counted(found).items() if count} == {"new": 1, "refused": 1}


def test_a_table_without_keys_is_compared_by_all_its_values() -> None:
    def caps(most: str, name: str) -> Reading:
        return read(Document(name, f"party,what,most\nPL,tonnes,{most}".encode(), "PL"))

    assert [one.outcome for one in changes(caps("5", "v2/caps.csv"), [caps("5", "caps.csv")])] == [
        "unchanged"
    ]
    assert [one.outcome for one in changes(caps("6", "v2/caps.csv"), [caps("5", "caps.csv")])] == ["new"]


def test_facts_of_other_formats_are_compared_by_reference_and_stage() -> None:
    def activity(value: str, name: str) -> Reading:
        text = f"""<iati-activities version="2.03"><iati-activity default-currency="EUR">
        <iati-identifier>XM-1</iati-identifier><reporting-org ref="XM" type="10"><narrative>A</narrative>
        </reporting-org><transaction ref="T-1"><transaction-type code="2"/>
        <transaction-date iso-date="2031-01-01"/><value value-date="2031-01-01">{value}</value>
        <receiver-org><narrative>B</narrative></receiver-org></transaction></iati-activity></iati-activities>"""
        return read(Document(name, text.encode(), "PL"))

    same = changes(activity("10", "b.xml"), [activity("10", "a.xml")])
    assert [one.outcome for one in same] == ["unchanged"]
    (one,) = changes(activity("12", "b.xml"), [activity("10", "a.xml")])
    assert (one.table, one.outcome, dict(one.fields)) == (
        "entries",
        "changed",
        {"amount_minor": (1000, 1200)},
    )


ROW = st.tuples(
    st.sampled_from(["L-1", "L-2", "L-3", "L-4", ""]),
    st.sampled_from(["tent", "tarp"]),
    st.sampled_from(["1", "2", "4O", ""]),
)
FILES = st.lists(st.lists(ROW, max_size=5), min_size=1, max_size=3)


@pytest.mark.slow
@settings(max_examples=4, phases=[Phase.generate])
@given(before=FILES, handed_in=FILES)
def test_a_dry_run_tells_exactly_what_adding_then_does(
    tmp_path_factory: object,
    before: list[list[tuple[str, str, str]]],
    handed_in: list[list[tuple[str, str, str]]],
) -> None:
    """Outcomes, counts and fields; the same rows once more change nothing (those of one day may conflict)."""
    cell = _workspace(tmp_path_factory)
    take(_files(cell, "old", before), party="PL", folder=cell)
    paths = _files(cell, "new", handed_in)
    kept = _kept(cell)
    dry = take(paths, party="PL", folder=cell, dry=True).files
    assert _kept(cell) == kept
    done = take(paths, party="PL", folder=cell).files
    assert _told(dry) == _told(done)
    if done[-1].outcome == "imported":
        again = take(_files(cell, "again", [handed_in[-1]], blank="\n"), party="PL", folder=cell, dry=True)
        assert {one.outcome for one in again.files[0].changes} <= {"unchanged", "not in force", "refused"}


def _workspace(factory: object) -> Path:
    cell: Path = factory.mktemp("cell")  # type: ignore[attr-defined]
    (cell / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\n')
    return cell


def _files(cell: Path, folder: str, files: list[list[tuple[str, str, str]]], blank: str = "") -> list[Path]:
    paths = []
    for at, rows in enumerate(files):
        path = cell.parent / f"{cell.name}-{folder}" / str(at) / "lines.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        typed = [f"{line},P-1,{good},{quantity}" for line, good, quantity in rows]
        path.write_text("\n".join(["line,package,good,quantity", *typed]) + "\n" + blank)
        paths.append(path)
    return paths


def _kept(cell: Path) -> dict[str, bytes]:
    return {str(path.relative_to(cell)): path.read_bytes() for path in cell.rglob("*.csv")}


def _told(taken: Sequence[Taken]) -> list[dict[str, object]]:
    return [one.as_dict() for one in taken]
