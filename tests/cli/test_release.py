"""konvoi release: figures of confidential contributions on the command line."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.confidential import THREE, Package, confidential, submitted

PUBLIC = Package("GA", "G-1", "60", marking="public")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return confidential(tmp_path / "w", *THREE, PUBLIC)


@pytest.mark.slow
def test_a_release_stands_beside_the_total_of_its_readers(folder: Path) -> None:
    assert konvoi("release", folder, "--dry-run").code == 0
    assert konvoi("total", folder, "--for", "public", "--json").json["further"] == []
    done = konvoi("release", folder)
    assert done.code == 0
    assert "Further contributions, not named, pledged, as of 2031-02-01: 100.00 EUR" in done.out
    shown = konvoi("total", folder, "--for", "public")
    assert shown.out.startswith("60.00 EUR pledged")
    assert "Further contributions, not named: 100.00 EUR" in shown.out
    assert konvoi("total", folder, "--for", "public", "--kind", "energy", "--json").json["further"] == []
    assert konvoi("total", folder, "--json").json["further"] == []
    (row,) = konvoi("total", folder, "--for", "GA", "--json").json["further"]
    assert row == {
        "reader": "public",
        "as_of": "2031-02-01",
        "key": "",
        "value": 100,
        "band": None,
        "unit": "EUR",
    }


@pytest.mark.slow
def test_a_contributor_is_told_that_its_own_may_be_in_the_released_sum_as_well(folder: Path) -> None:
    konvoi("release", folder)
    for reader, own in (("AR", True), ("GA", False), ("public", False)):
        called = konvoi("total", folder, "--for", reader)
        assert ("Your own contributions are in the total" in called.out) == own, reader
        assert konvoi("total", folder, "--for", reader, "--json").json["further_contains_own"] == own


@pytest.mark.slow
def test_the_preview_names_the_closest_reader_and_json_lists_all(folder: Path) -> None:
    done = konvoi("release", folder, "--dry-run", "--json").json
    assert (done["released"], done["refused"]) == (False, False)
    ends = {(one["reader"], one["name"]): one["after"] for one in done["exposures"]}
    assert ends["public", "AR / A-1"] == [0, 100]
    assert ends["CE", "AR / A-1"] == [0, 70]
    assert ("AR", "AR / A-1") not in ends
    assert "45.00 EUR  CE" in konvoi("release", folder, "--dry-run").out


@pytest.mark.slow
def test_a_refused_release_exits_with_3_and_names_the_remedy(folder: Path, tmp_path: Path) -> None:
    konvoi("release", folder)
    added = konvoi(
        "add", submitted(tmp_path / "in", Package("ES", "E-1", "40")), "--from", "ES", "--dir", folder
    )
    assert "Confidential contributions: what readers could infer from released figures" in added.out
    assert "40.00–40.00 EUR" in added.out
    done = konvoi("release", folder)
    assert done.code == 3
    assert "Refused" in done.out
    assert "Leave the earlier figures unchanged" in done.err
    assert len(konvoi("release", folder, "--list", "--json").json["releases"]) == 1


def test_what_was_released_is_listed_by_reader(folder: Path) -> None:
    assert konvoi("release", folder, "--for", "coalition").code == 0
    assert len(konvoi("release", folder, "--list", "--for", "GA", "--json").json["releases"]) == 1
    assert konvoi("release", folder, "--list", "--for", "public", "--json").json["releases"] == []
    assert "Nothing was released." in konvoi("release", folder, "--list", "--for", "public").out
    assert "100.00 EUR" in konvoi("release", folder, "--list").out
    assert konvoi("release", folder, "--list", "--for", "ZZ").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--for", "cell"),
        ("--for", "ZZ"),
        ("--by", "partner"),
        ("--only", "energy"),
        ("--good", "tent"),
        ("--what", "quantity"),
        ("--stage", "soon"),
    ],
)
def test_what_cannot_be_released_is_wrong_usage(folder: Path, words: tuple[str, ...]) -> None:
    assert konvoi("release", folder, *words).code == 2
    assert not (folder / "releases.jsonl").exists()


def test_the_brief_has_the_released_sums_in_a_chapter_of_their_own(folder: Path) -> None:
    konvoi("release", folder)
    assert konvoi("run", folder, "--for", "public").code in (0, 1)
    page = (folder / "out" / "brief.en.html").read_text()
    assert "Confidential contributions in total" in page
    assert "AR / A-1" not in page
    whole = (folder / "out" / "brief.json").read_text()
    assert "A-1" not in whole
    (told,) = json.loads((folder / "out-cell" / "releases.json").read_text())
    assert (told["reader"], told["figures"][0]["value"]) == ("public", 100)
