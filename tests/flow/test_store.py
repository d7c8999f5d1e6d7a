"""A workspace in a folder: recorded, checked when it is opened, changed by one writer at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from konvoi.align import clearing, manifest, proposing, stated
from konvoi.flow import store
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.judging import written
from konvoi.flow.matching.relate import judged
from konvoi.flow.receipts import Action, Kind, head
from konvoi.flow.sanctions import lists
from konvoi.flow.store import (
    Difference,
    Edit,
    Fault,
    FolderStore,
    append_lines,
    refuse_altered,
    verification,
)
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.withdraw import undo
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.model.finding import Severity

PACKAGES = "package,party,day,kind,amount,currency,stage\nP-1,PL,2031-01-10,military,4000000,EUR,committed\n"
A = "submissions/PL/packages.csv"
ADD = Action(Kind.ADDED, (), "2031-01-10", by="PL")


@pytest.fixture
def cell(tmp_path: Path) -> Path:
    """A workspace to which Poland has added one table."""
    folder = tmp_path / "cell"
    folder.mkdir()
    (folder / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nday = 2031-02-01\n')
    (tmp_path / "packages.csv").write_text(PACKAGES)
    take([tmp_path / "packages.csv"], party="PL", folder=folder, at="2031-02-01T09:00:00+00:00")
    return folder


def kinds(cell: Path) -> list[str]:
    return [str(one.change.kind) for one in FolderStore(cell).receipts()]


def differences(cell: Path) -> list[tuple[str, Fault]]:
    return [(one.path, one.fault) for one in workspace(cell).differences]


def decide(cell: Path, left: str) -> None:
    names = ("judgement", "left", "right", "relation", "verdict", "by", "at")
    row = dict.fromkeys(names, "x") | {"left": left}
    text = FolderStore(cell).text("judgements.csv") or ""
    written(cell, [row], judged(text)[0])


def test_names_of_files_are_those_that_their_subjects_use() -> None:
    assert (store.CLEARANCES, store.PROPOSALS, store.OWNERSHIP) == (
        clearing.FILE,
        proposing.FILE,
        stated.FILE,
    )
    assert f"{lists.FOLDER}/{manifest.FILE}" == store.LISTS


def test_every_change_is_recorded_with_its_day_and_the_digest_of_each_file(
    cell: Path, tmp_path: Path
) -> None:
    undo(cell, "PL/packages.csv", at="2031-02-02T09:00:00+00:00")
    take([tmp_path / "packages.csv"], party="PL", folder=cell)
    decide(cell, "a")
    assert kinds(cell) == ["begun", "added", "withdrawn", "brought back", "decided"]
    added = FolderStore(cell).receipts()[1].change
    assert (added.day, added.at, added.by) == ("2031-02-01", "2031-02-01T09:00:00+00:00", "PL")
    assert [(one.path, one.sha256) for one in added.files] == [(A, workspace(cell).documents[0].digest)]
    assert differences(cell) == []


def test_a_submission_that_was_edited_is_an_error_that_names_it_and_no_change_is_made(
    cell: Path, tmp_path: Path
) -> None:
    """4.0 m became 12.0 m."""
    (cell / A).write_text(PACKAGES.replace("4000000", "12000000"))
    found = [one for one in gathering(workspace(cell)).findings if one.code == "stored-altered"]
    assert [(one.severity, one.place.file) for one in found] == [(Severity.ERROR, "PL/packages.csv")]
    (tmp_path / "new.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    for change in (
        lambda: take([tmp_path / "new.csv"], party="PL", folder=cell),
        lambda: take([tmp_path / "new.csv"], party="PL", folder=cell, dry=True),
        lambda: undo(cell, "PL/packages.csv"),
        lambda: decide(cell, "a"),
    ):
        with pytest.raises(Refused, match=rf"{A} \(altered\)"):
            change()
    assert kinds(cell) == ["begun", "added"]


def test_an_altered_document_is_shown_to_no_other_reader_and_named_to_none(cell: Path) -> None:
    (cell / A).write_text(PACKAGES.replace("4000000", "12000000"))
    with pytest.raises(Refused) as refused:
        gathering(viewed(workspace(cell), View(None, "public")))
    assert "PL" not in str(refused.value)


def test_a_submission_that_is_gone_is_an_error(cell: Path) -> None:
    (cell / A).unlink()
    assert differences(cell) == [(A, Fault.MISSING)]


def test_a_file_put_there_by_hand_is_a_warning_until_it_is_added(cell: Path, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text("good,name,unit\ntent,Tent,piece\n")
    (cell / "submissions" / "PL" / "goods.csv").write_bytes(goods.read_bytes())
    assert differences(cell) == [("submissions/PL/goods.csv", Fault.UNRECORDED)]
    assert workspace(cell).findings[0].severity == Severity.WARNING
    assert [one.outcome for one in take([goods], party="PL", folder=cell).files] == ["unchanged"]
    assert differences(cell) == []


def test_an_accepted_file_holds_as_it_is(cell: Path) -> None:
    (cell / A).write_text(PACKAGES.replace("4000000", "12000000"))
    FolderStore(cell).accept("PL/packages.csv", at="", by="M. Example", reason="original lost")
    assert differences(cell) == []
    (cell / A).unlink()
    FolderStore(cell).accept(A, at="", by="M. Example", reason="")
    assert differences(cell) == []
    with pytest.raises(Refused, match="nothing to accept"):
        FolderStore(cell).accept(A, at="", by="M. Example", reason="")


def test_what_is_accepted_accepts_nothing_else(cell: Path) -> None:
    decide(cell, "a")
    judgements = cell / "judgements.csv"
    judgements.write_text(judgements.read_text().replace("x", "y"))
    (cell / A).unlink()
    FolderStore(cell).accept(A, at="", by="M. Example", reason="")
    assert differences(cell) == [("judgements.csv", Fault.ALTERED)]


def test_a_workspace_without_receipts_is_read_without_a_word_and_begins_with_its_first_change(
    cell: Path, tmp_path: Path
) -> None:
    (cell / "receipts.jsonl").unlink()
    (cell / "receipts.head").unlink()
    (cell / "judgements.csv").write_text("left,right\na,b\n")
    assert differences(cell) == []
    undo(cell, "PL/packages.csv")
    begun = FolderStore(cell).receipts()[0].change
    assert [one.path for one in begun.files] == [A, "konvoi.toml", "judgements.csv"]


def test_settings_edited_by_hand_are_recorded_with_the_next_change(cell: Path) -> None:
    settings = cell / "konvoi.toml"
    settings.write_text(settings.read_text() + "[known_on]\n")
    assert differences(cell) == []
    undo(cell, "PL/packages.csv")
    assert kinds(cell) == ["begun", "added", "changed by hand", "withdrawn"]


def test_a_decision_that_was_changed_is_an_error_and_one_added_by_hand_a_warning(cell: Path) -> None:
    decide(cell, "a")
    judgements = cell / "judgements.csv"
    before = judgements.read_text()
    judgements.write_text(before + before.splitlines()[-1] + "\n")
    assert differences(cell) == [("judgements.csv", Fault.UNRECORDED)]
    decide(cell, "b")
    assert kinds(cell)[-2:] == ["changed by hand", "decided"]
    assert differences(cell) == []
    judgements.write_text(before.replace("x", "y"))
    assert differences(cell) == [("judgements.csv", Fault.ALTERED)]


def test_a_chain_that_was_altered_is_an_error_and_no_change_is_made(cell: Path) -> None:
    path = cell / "receipts.jsonl"
    path.write_text(path.read_text().replace("PL", "DE"))
    assert differences(cell) == [("receipts.jsonl", Fault.BROKEN)]
    with pytest.raises(Refused, match=r"receipts\.jsonl \(broken\)"):
        undo(cell, "PL/packages.csv")


def test_a_symbolic_link_among_submissions_is_an_error_and_not_read(cell: Path, tmp_path: Path) -> None:
    (cell / "submissions" / "PL" / "link.csv").symlink_to(tmp_path / "packages.csv")
    (cell / "submissions" / "DE").symlink_to(tmp_path)
    assert differences(cell) == [
        ("submissions/DE", Fault.LINK),
        ("submissions/PL/link.csv", Fault.LINK),
    ]
    assert [one.name for one in workspace(cell).documents] == ["PL/packages.csv"]
    with pytest.raises(Refused, match="a symbolic link"):
        FolderStore(cell).commit(ADD, [Edit("submissions/DE/x.csv", b"x")])


def test_what_was_stored_is_never_replaced(cell: Path) -> None:
    with pytest.raises(Refused, match="is there already"):
        FolderStore(cell).commit(ADD, [Edit(A, b"other")])
    assert (cell / A).read_text() == PACKAGES
    assert differences(cell) == []


def test_a_change_whose_process_ended_after_its_receipt_is_completed(
    cell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for a file that was added, one that was moved, lines that were decided and settings."""
    named = (cell / "konvoi.toml").read_bytes() + b"[known_on]\n"
    changes = [
        (ADD, [Edit("submissions/PL/b.csv", b"b"), Edit("submissions/PL/v2/b.csv", b"b")]),
        (Action(Kind.WITHDRAWN, ()), [Edit("withdrawn/PL/b.csv", source="submissions/PL/b.csv")]),
        (Action(Kind.DECIDED, ()), [Edit("judgements.csv", b"left,right\na,b\n")]),
        (Action(Kind.SETTINGS, ()), [Edit("konvoi.toml", named)]),
    ]
    for action, edits in changes:
        with monkeypatch.context() as patch:
            patch.setattr(FolderStore, "_finish", lambda *_: None)
            FolderStore(cell).commit(action, edits)
        assert (cell / "receipts.head").read_text() != f"{head(store.store(cell).receipts())}\n"
        assert workspace(cell).differences == ()
        assert (cell / "receipts.head").read_text() == f"{head(store.store(cell).receipts())}\n"
    assert (cell / "konvoi.toml").read_bytes() == named
    assert (cell / "withdrawn" / "PL" / "b.csv").read_bytes() == b"b"
    assert workspace(cell).judgements == "left,right\na,b\n"
    assert [one for one in cell.rglob(".*") if one.suffix in (".part", ".pending")] == []


def test_a_change_whose_process_ended_after_its_receipt_is_completed_before_the_next_one(
    cell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the next change asks only for itself: the file of the first would be swept away."""
    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "_finish", lambda *_: None)
        FolderStore(cell).commit(ADD, [Edit("submissions/PL/b.csv", b"b")])
    FolderStore(cell).commit(ADD, [Edit("submissions/PL/c.csv", b"c")])
    assert (cell / "submissions" / "PL" / "b.csv").read_bytes() == b"b"
    assert differences(cell) == []


def test_a_change_whose_process_ended_before_its_receipt_leaves_nothing(cell: Path) -> None:
    (cell / "submissions" / "PL" / f".{'a' * 16}.pending").write_text("half")
    undo(cell, "PL/packages.csv")
    assert [one.name for one in (cell / "submissions" / "PL").iterdir()] == []


def test_lines_that_cannot_be_kept_leave_the_file_as_it_was(
    cell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full in the middle of a line leaves no half of it."""
    append_lines(cell, "judgements.csv", "1", head="n", change=ADD)

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(Refused, match="cannot be written"):
            append_lines(cell, "judgements.csv", "2", head="n", change=ADD)
    assert workspace(cell).judgements == "n\n1\n"
    assert differences(cell) == []


def test_the_head_of_the_chain_changes_with_every_change(cell: Path) -> None:
    before = head(store.store(cell).receipts())
    undo(cell, "PL/packages.csv")
    assert len({before, head(store.store(cell).receipts()), ""}) == 3


WRITER = """
import sys
from pathlib import Path
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import Edit, FolderStore, append_lines
from konvoi.gateways.refusal import Refused
cell, name = Path(sys.argv[1]), sys.argv[2]
kept = FolderStore(cell)
added, decided = Action(Kind.ADDED, (), by=name), Action(Kind.DECIDED, ())
def add():
    with kept.writing():
        kept.commit(added, [Edit(f"submissions/{name}/{number}.csv", name.encode())])
def decide():
    append_lines(cell, "judgements.csv", f"{name},{number}", head="by,number", change=decided)
def at_last(change):
    while True:
        try:
            return change()
        except Refused as error:
            # On a busy machine a writer may not get the lock in its ten seconds.
            if "is being changed by" not in str(error):
                raise
for number in range(5):
    at_last(add)
    at_last(decide)
    print(number, flush=True)
"""


@pytest.mark.slow
def test_eight_writers_at_once_lose_nothing_that_was_acknowledged(cell: Path) -> None:
    names = [f"W{number}" for number in range(8)]
    command = [sys.executable, "-c", WRITER, str(cell)]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True, env=paths) for name in names
    ]
    told = {name: one.communicate()[0].split() for name, one in zip(names, running, strict=True)}
    acknowledged = {(name, number) for name, numbers in told.items() for number in numbers}
    assert len(acknowledged) == 40
    assert all(
        (cell / f"submissions/{name}/{number}.csv").read_text() == name for name, number in acknowledged
    )
    lines = workspace(cell).judgements.splitlines()
    assert lines[0] == "by,number"
    assert sorted(lines[1:]) == sorted(f"{name},{number}" for name, number in acknowledged)
    assert len(kinds(cell)) == 2 + 80
    assert differences(cell) == []


def test_a_head_is_found_in_the_chain_by_eight_signs_at_least(cell: Path, tmp_path: Path) -> None:
    """A brief prints the beginning of the head: later changes keep it in the chain."""
    first = FolderStore(cell).receipts()[0].hash
    take([_second(tmp_path)], party="DE", folder=cell, at="2031-02-02T09:00:00+00:00")
    asked = {one: verification(FolderStore(cell), one) for one in ("", first, first[:8], first[:7], "0" * 8)}
    assert [asked[one].holds for one in asked] == [True, True, True, False, False]
    assert [asked[one].position for one in asked] == [0, 1, 1, 0, 0]
    assert asked[first].receipts == 3


def _second(tmp_path: Path) -> Path:
    path = tmp_path / "lines.csv"
    path.write_text("package,party,day,kind,amount,currency\nD-1,DE,2031-01-11,military,5,EUR\n")
    return path.rename(tmp_path / "packages-de.csv")


@pytest.mark.parametrize(
    ("fault", "severity", "forbids"),
    [
        (Fault.BROKEN, Severity.ERROR, True),
        (Fault.LOST, Severity.ERROR, True),
        (Fault.ALTERED, Severity.ERROR, True),
        (Fault.MISSING, Severity.ERROR, True),
        (Fault.UNRECORDED, Severity.WARNING, False),
        (Fault.LINK, Severity.ERROR, False),
    ],
)
def test_a_difference_is_a_finding_at_its_file(fault: Fault, severity: Severity, forbids: bool) -> None:
    one = Difference(A, fault, "0123456789abcdef", 7)
    assert (one.forbids, one.finding.severity) == (forbids, severity)
    assert (one.finding.place.file, one.finding.place.row) == ("PL/packages.csv", 7)
    assert one.finding.read == "0123456789ab"


def test_three_altered_files_are_named_and_more_are_hinted_at() -> None:
    altered = [Difference(f"submissions/{name}.csv", Fault.ALTERED) for name in "abcd"]
    with pytest.raises(Refused, match=r"c\.csv \(altered\): not as recorded"):
        refuse_altered(altered[:3])
    with pytest.raises(Refused, match=r"c\.csv \(altered\) …: not as recorded"):
        refuse_altered(altered)
    refuse_altered([Difference("a", Fault.UNRECORDED)])


def test_a_change_of_many_files_is_whole(cell: Path) -> None:
    edits = [Edit(f"submissions/PL/many/{number}.csv", b"x,y\n") for number in range(60)]
    with FolderStore(cell).writing():
        FolderStore(cell).commit(ADD, edits)
    assert len(list((cell / "submissions/PL/many").iterdir())) == 60
    assert differences(cell) == []


def test_a_receipt_states_size_and_origin_of_each_file(cell: Path) -> None:
    undo(cell, "PL/packages.csv")
    files = [one for receipt in FolderStore(cell).receipts() for one in receipt.change.files]
    assert [(one.path, one.size, one.source) for one in files if one.path.endswith("packages.csv")] == [
        (A, len(PACKAGES), ""),
        ("withdrawn/PL/packages.csv", len(PACKAGES), A),
    ]
    found = verification(FolderStore(cell))
    assert (found.holds, found.receipts, found.files, found.head) == (
        True,
        3,
        2,
        head(store.store(cell).receipts()),
    )
    assert found.as_dict()["differences"] == []


def test_what_is_verified_is_told_with_each_difference(cell: Path) -> None:
    (cell / A).unlink()
    found = verification(FolderStore(cell))
    assert not found.holds
    assert found.as_dict()["differences"] == [
        {"path": A, "fault": Fault.MISSING, "digest": "", "line": 0},
    ]


def test_nothing_is_written_through_a_symbolic_link(cell: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (cell / "submissions/DE").symlink_to(elsewhere)
    with pytest.raises(Refused, match="a symbolic link, which is not followed"):
        FolderStore(cell).commit(ADD, [Edit("submissions/DE/a.csv", b"x")])
    assert list(elsewhere.iterdir()) == []


def test_a_file_that_is_to_be_moved_must_be_there(cell: Path) -> None:
    with pytest.raises(Refused, match="is not there any more; nothing was changed"):
        FolderStore(cell).commit(ADD, [Edit("withdrawn/PL/b.csv", source="submissions/PL/b.csv")])
    with pytest.raises(Refused, match="is there already; nothing was changed"):
        FolderStore(cell).commit(ADD, [Edit(A, b"other")])


def test_only_a_difference_can_be_accepted(cell: Path) -> None:
    who = {"at": "2031-02-03", "by": "M. Example", "reason": "lost"}
    with pytest.raises(Refused, match="nothing to accept"):
        FolderStore(cell).accept(A, **who)
    (cell / A).unlink()
    assert FolderStore(cell).accept("PL/packages.csv", **who).fault == Fault.MISSING
    assert differences(cell) == []
    last = FolderStore(cell).receipts()[-1].change
    assert (last.kind, last.by, last.reason) == (Kind.ACCEPTED, "M. Example", "lost")
    assert last.files[0].sha256 == ""
