"""Lists of a workspace: taken in, judged, released, cached; read in child processes."""

import gzip
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.align.lists import SAMPLES, rows
from tests.intake.test_ods import book, cell

from konvoi.align.list_status import State
from konvoi.flow.sanctions.list_comparison import sanctions
from konvoi.flow.sanctions.list_reader import reading
from konvoi.flow.sanctions.list_taking import release, take_in
from konvoi.flow.sanctions.lists import lists
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document

CA = SAMPLES / "ca" / "sema.xml"
JANUARY, FEBRUARY = date(2031, 1, 1), date(2031, 2, 1)


def shorter(folder: Path) -> Path:
    """The Canadian sample without its entities."""
    path = folder / "short.xml"
    path.write_text(
        "\n".join(line for line in CA.read_text("utf-8").split("\t") if "Entity" not in line) + "</data-set>"
    )
    return path


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a list of January, one of February that is short, and one of the United Nations."""
    folder = tmp_path_factory.mktemp("lists")
    take_in(folder, [CA], "ca", JANUARY)
    take_in(folder, [shorter(folder)], "ca", FEBRUARY)
    take_in(folder, [SAMPLES / "un" / "consolidated.xml"], "un", None)
    return folder


def test_a_short_list_is_held_and_the_last_good_one_stays_in_force(held: Path) -> None:
    found = lists(held, on=date(2031, 3, 1))
    assert [(one.taken.snapshot.regime, one.state) for one in found.standings] == [
        ("ca", State.IN_FORCE),
        ("ca", State.HELD),
        ("un", State.IN_FORCE),
    ]
    assert found.frames.listings.group_by("regime").len().sort("regime").rows() == [("ca", 4), ("un", 3)]
    assert {f.code for f in found.findings} == {"list-held", "list-old"}


def test_a_list_states_its_own_day_and_one_that_states_none_needs_one(held: Path, tmp_path: Path) -> None:
    un = next(one.taken for one in lists(held).standings if one.taken.snapshot.regime == "un")
    assert un.day == un.snapshot.day == date(2031, 2, 27)
    with pytest.raises(Refused, match="--day"):
        take_in(tmp_path, [CA], "ca", None)
    assert not (tmp_path / "lists").exists()


ACT = (SAMPLES / "eu" / "39999R0001.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("cut", [0.5, 0.8, 0.97])
def test_an_act_that_is_cut_is_refused_and_not_read_as_a_shorter_one(cut: float) -> None:
    found = reading("eu", JANUARY, [Document("act.csv", ACT.rstrip()[: int(cut * len(ACT))].encode())])
    assert (found.refused, [one.code for one in found.findings]) == (True, ["list-broken"])


def test_a_text_that_says_its_encoding_is_read_and_one_that_does_not_is_told_of() -> None:
    """Names in Cyrillic letters that are read in the wrong encoding are torn, and found in no screening."""
    whole = reading("eu", JANUARY, [Document("act.csv", ACT.encode())])
    marked = reading("eu", JANUARY, [Document("act.csv", ACT.encode("utf-16"))])
    assert marked.tables["names"]["name"].to_list() == whole.tables["names"]["name"].to_list()
    assert "list-encoding" not in {one.code for one in (*whole.findings, *marked.findings)}
    torn = reading("eu", JANUARY, [Document("act.csv", ACT.encode("cp1251", "replace"))])
    assert (torn.refused, torn.findings[0].code) == (False, "list-encoding")


def test_the_same_list_twice_changes_nothing_and_another_of_its_day_is_refused(held: Path) -> None:
    before = (held / "lists" / "manifest.toml").read_text()
    assert take_in(held, [CA], "ca", JANUARY).outcome == "unchanged"
    with pytest.raises(Refused, match="is there already"):
        take_in(held, [held / "short.xml"], "ca", JANUARY)
    assert (held / "lists" / "manifest.toml").read_text() == before


def test_without_a_day_asked_for_it_is_that_of_the_latest_list(held: Path) -> None:
    assert lists(held).on == date(2031, 2, 27)


def test_a_file_that_was_changed_or_lost_leaves_the_list_incomplete(tmp_path: Path) -> None:
    take_in(tmp_path, [CA], "ca", JANUARY)
    kept = tmp_path / "lists" / "ca" / "2031-01-01" / "sema.xml"
    kept.write_bytes(kept.read_bytes() + b"\n")
    for code in ("list-file-other", "list-file-missing"):
        found = lists(tmp_path)
        assert [one.state for one in found.standings] == [State.INCOMPLETE]
        assert [f.code for f in found.findings] == [code]
        kept.unlink(missing_ok=True)


def test_a_release_needs_a_held_list_and_lets_it_into_force(tmp_path: Path) -> None:
    take_in(tmp_path, [CA], "ca", JANUARY)
    take_in(tmp_path, [shorter(tmp_path)], "ca", FEBRUARY)
    said = {
        "by": "A. Example",
        "at": "2031-02-02T00:00:00+00:00",
        "reason": "entities, moved to another list",
    }
    with pytest.raises(Refused, match="held are: ca 2031-02-01"):
        release(tmp_path, "ca", JANUARY, **said)
    row = release(tmp_path, "ca", FEBRUARY, **said)
    assert row["falls"] == "entity: 0 / 2"
    found = lists(tmp_path)
    assert [one.state for one in found.standings] == [State.SUPERSEDED, State.IN_FORCE]
    assert found.standings[1].release is not None
    assert found.frames.listings.height == 2


def test_what_was_read_is_not_read_again_and_says_the_same(held: Path) -> None:
    first = lists(held, on=date(2031, 3, 1))
    kept = {path: path.stat().st_mtime_ns for path in (held / ".konvoi").iterdir()}
    assert len(kept) >= 3
    again = lists(held, on=date(2031, 3, 1))
    assert {path: path.stat().st_mtime_ns for path in (held / ".konvoi").iterdir()} == kept
    assert again.frames.listings.equals(first.frames.listings)
    assert again.findings == first.findings


def test_what_takes_effect_after_the_list_is_in_it_from_that_day_on(tmp_path: Path) -> None:
    """The amending act adds a row on 1 September; the list is of August."""
    eu = SAMPLES / "eu"
    files = [eu / f"39999R000{number}.csv" for number in (1, 2, 3)]
    take_in(tmp_path, files, "eu", date(2031, 8, 1))
    assert lists(tmp_path, on=date(2031, 8, 31)).frames.listings.height == 5
    assert lists(tmp_path, on=date(2031, 9, 1)).frames.listings.height == 6


def test_a_packed_file_is_read_like_a_bare_one_and_a_cut_one_refuses_the_list() -> None:
    packed = gzip.compress(CA.read_bytes())
    bare = reading("ca", JANUARY, [Document("sema.xml", CA.read_bytes())])
    assert (
        reading("ca", JANUARY, [Document("sema.xml", packed)])
        .tables["listings"]
        .equals(bare.tables["listings"])
    )
    for content in (packed[:-20], CA.read_bytes()[:-20], b"PK\x03\x04 cut"):
        cut = reading("ca", JANUARY, [Document("sema.xml", content)])
        assert cut.refused
        assert [f.code for f in cut.findings] in (["list-broken"], ["container-broken"])


def test_a_document_type_is_not_let_in() -> None:
    """It could name files of this machine."""
    hostile = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><data-set>&b;</data-set>'
    assert [f.code for f in reading("ca", JANUARY, [Document("a.xml", hostile)]).findings] == ["list-broken"]


@pytest.mark.real_data
def test_the_real_feed_that_is_cut_is_refused(real_data: Path) -> None:
    cut = real_data / "sanctions" / "eu" / "EU_FSF_2022-03-31_TRUNCATED.xml"
    found = reading("eu", JANUARY, [Document(cut.name, cut.read_bytes())])
    assert (found.refused, [f.code for f in found.findings]) == (True, ["list-broken"])


def conlist() -> bytes:
    """The sample of OFSI's consolidated list as a workbook."""
    made_book = Workbook()
    sheet = made_book.worksheets[0]
    for _, cells in rows((SAMPLES / "uk" / "Data.csv").read_text("utf-8")):
        sheet.append(list(cells))
    made = io.BytesIO()
    made_book.save(made)
    return made.getvalue()


def test_a_list_that_its_authority_ended_is_reported_as_out_of_date(tmp_path: Path) -> None:
    """The sample is of 4 May 2031, and OFSI kept its list up until 28 January 2026."""
    path = tmp_path / "ConList.xlsx"
    path.write_bytes(conlist())
    take_in(tmp_path, [path], "uk", None)
    found = [(f.code, f.read) for f in lists(tmp_path, on=date(2031, 5, 4)).findings]
    assert ("list-ended", "conlist") in found


def test_a_list_in_an_untried_form_says_so_in_the_manifest(tmp_path: Path) -> None:
    files = [SAMPLES / "national" / name for name in ("table.csv", "table.toml")]
    assert take_in(tmp_path, files, "pl", JANUARY).outcome == "imported"
    take_in(tmp_path, [CA], "ca", JANUARY)
    text = (tmp_path / "lists" / "manifest.toml").read_text("utf-8")
    assert [line for line in text.split("[[list]]") if "not tried" in line] == [text.split("[[list]]")[0]]
    assert [one.state for one in lists(tmp_path, on=JANUARY).standings] == [State.IN_FORCE] * 2


def test_an_open_document_is_read_as_any_workbook() -> None:
    table = rows((SAMPLES / "nl" / "Sheet1.csv").read_text("utf-8"))
    made = "".join(
        f"<table:table-row>{''.join(cell(str(one or '')) for one in cells)}</table:table-row>"
        for _, cells in table
    )
    found = reading("nl", JANUARY, [Document("list.ods", book(made))])
    assert (found.refused, found.tables["listings"].height) == (False, 2)


def test_a_member_state_without_a_list_of_its_own_for_a_party_shows_that_of_the_union(tmp_path: Path) -> None:
    take_in(tmp_path, [SAMPLES / "national" / f"table.{end}" for end in ("csv", "toml")], "pl", JANUARY)
    take_in(tmp_path, [SAMPLES / "eu" / "fsf.xml"], "eu", None)
    drawn = sanctions(tmp_path, on=date(2031, 12, 31)).matrix
    union = drawn.filter(regime="eu", cell="listed").select("party", "order")
    own = drawn.filter(regime="pl", cell="listed").select("party", "order")
    assert union.height > 0
    assert union.join(own, on=("party", "order"), how="anti").is_empty()
    assert own.height > union.height
