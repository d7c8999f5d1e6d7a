"""A snapshot holds for each reader what was computed from inputs cut to it, and nothing else."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.web.packages import submit, submit_parties

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.snapshots import MANIFEST, Manifest, manifest_of, name_of, snapshot_name, write_snapshot
from konvoi.flow.workspace import workspace
from konvoi.kit.digest import digest

TOML = '[coalition]\nname = "Merrow Coalition"\nrecipient = "XV"\nlanguages = ["en"]\nday = 2031-03-03\n'
AT = "2031-03-01T08:00:00+00:00"
READERS = ("cell", "public", "XB")


def _made(folder: Path, *submissions: tuple[str, str]) -> Mapping[str, Manifest]:
    new_workspace(folder, TOML, at=AT)
    submit_parties(folder, folder / "files")
    for which, marking in submissions:
        submit(folder, folder / "files", which, marking=marking)
    return write_snapshot(workspace(folder), folder / "snapshot", READERS)


@pytest.mark.slow
def test_each_reader_gets_its_own_rows_and_figures(tmp_path: Path) -> None:
    found = _made(tmp_path / "one", ("XA", "own"), ("XB", "public"))
    whole, public = (found[reader].answer["en"].replace("\xa0", " ") for reader in ("cell", "public"))
    assert whole.startswith("EUR 3.5 m pledged")
    assert public.startswith("EUR 2.5 m pledged")
    place = tmp_path / "one" / "snapshot" / name_of("public")
    assert pl.read_parquet(place / "tables" / "packages.parquet")["package"].to_list() == ["XB-1"]
    assert not [path for path in place.rglob("*") if path.is_file() and b"Arvenian" in path.read_bytes()]


@pytest.mark.slow
def test_worlds_that_differ_in_what_is_hidden_give_the_same_files_and_digest(tmp_path: Path) -> None:
    one = _made(tmp_path / "one", ("XA", "own"), ("XB", "public"))
    two = _made(tmp_path / "two", ("XA", "own"), ("XA-own", "own"), ("XB", "public"))
    for reader in ("public", "XB"):
        assert one[reader] == two[reader]
        files = [
            {
                path.name: path.read_bytes()
                for path in (tmp_path / world / "snapshot" / name_of(reader)).rglob("*.*")
            }
            for world in ("one", "two")
        ]
        assert files[0] == files[1]
    assert one["cell"].digest != two["cell"].digest


@pytest.mark.slow
def test_the_manifest_names_every_file_with_its_digest(tmp_path: Path) -> None:
    _made(tmp_path / "one", ("XB", "public"))
    place = tmp_path / "one" / "snapshot" / name_of("cell")
    found = {
        path.relative_to(place).as_posix(): digest(path.read_bytes())
        for path in place.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    assert manifest_of(place.parent, "cell").files == found


@pytest.mark.slow
def test_tasks_are_those_of_the_reader_and_the_public_has_none(tmp_path: Path) -> None:
    _made(tmp_path / "one", ("XA", "own"))
    tasks = {
        reader: json.loads((tmp_path / "one" / "snapshot" / name_of(reader) / "inbox.en.json").read_text())
        for reader in ("cell", "XB")
    }
    assert {(one["kind"], one["who"]) for one in tasks["cell"]} == {("finding", "X-CELL")}
    assert tasks["XB"] == []


@pytest.mark.slow
def test_a_reader_that_is_there_already_is_not_computed_again(tmp_path: Path) -> None:
    _made(tmp_path / "one", ("XB", "public"))
    target = tmp_path / "one" / "snapshot"
    before = (target / name_of("XB") / MANIFEST).stat().st_mtime_ns
    write_snapshot(workspace(tmp_path / "one"), target, ["XB", "XA"])
    assert (target / name_of("XB") / MANIFEST).stat().st_mtime_ns == before
    assert manifest_of(target, "XA").reader == "XA"
    with pytest.raises(KeyError):
        manifest_of(target, "XV")


def test_the_name_of_a_snapshot_follows_from_inputs_and_days(tmp_path: Path) -> None:
    new_workspace(tmp_path / "one", TOML, at=AT)
    submit_parties(tmp_path / "one", tmp_path / "files")
    work = workspace(tmp_path / "one")
    today = date(2031, 3, 3)
    name = snapshot_name(work, None, today)
    assert name == snapshot_name(workspace(tmp_path / "one"), None, today)
    assert len({name, snapshot_name(work, today, today), snapshot_name(work, None, date(2031, 3, 4))}) == 3
    submit(tmp_path / "one", tmp_path / "files", "XB")
    assert snapshot_name(workspace(tmp_path / "one"), None, today) != name


@pytest.mark.slow
def test_a_reader_that_nothing_names_yet_keeps_no_other_from_its_results(tmp_path: Path) -> None:
    _made(tmp_path / "one", ("XB", "public"))
    found = write_snapshot(workspace(tmp_path / "one"), tmp_path / "one" / "other", ["cell", "ZZ", "XB"])
    assert found["ZZ"].day is None
    assert not found["ZZ"].files
    assert found["XB"].answer


@pytest.mark.slow
def test_nothing_dated_for_a_reader_is_said_in_its_manifest(tmp_path: Path) -> None:
    found = _made(tmp_path / "one", ("XA", "own"))
    assert found["public"].day is None or not found["public"].answer["en"].startswith("EUR")
