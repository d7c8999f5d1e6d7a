"""A workspace is opened as it was on a day, and not at all where its settings cannot be read."""

from datetime import date
from pathlib import Path

import pytest

from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.withdraw import undo
from konvoi.flow.view import View
from konvoi.flow.workspace import settings_of, viewed, workspace
from konvoi.gateways.refusal import Refused

PACKAGES = "package,party,day,kind,title,stage,amount,currency\n"


def folder_of(tmp_path: Path, settings: str = "") -> Path:
    """Return a workspace with a submission of two partners, of 1,000 and 500 euros."""
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "konvoi.toml").write_text(f"[coalition]\nday = 2031-03-01\n{settings}")
    for party, amount in (("PL", 1000), ("DE", 500)):
        add(folder, tmp_path, party, amount)
    return folder


def add(folder: Path, tmp_path: Path, party: str, amount: int) -> None:
    at = tmp_path / party
    at.mkdir(exist_ok=True)
    (at / "konvoi.csv").write_text(f"party,{party}\nday,2031-01-10\nmarking,coalition\n")
    (at / "packages.csv").write_text(
        f"{PACKAGES}{party}-1,{party},2031-01-08,energy,Cables,committed,{amount},EUR\n"
    )
    take([at], party=party, folder=folder)


def packages(folder: Path, *day: int) -> set[str]:
    """Return the packages that are in force on a day."""
    work = viewed(workspace(folder), View(date(*day)))
    return set(gathering(work).tables["packages"]["package"])


def test_a_submission_withdrawn_later_is_in_force_on_the_days_before(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    undo(folder, "PL/packages.csv")
    assert packages(folder, 2031, 2, 28) == {"PL-1", "DE-1"}
    assert packages(folder, 2031, 3, 1) == {"DE-1"}
    (folder / "konvoi.toml").write_text("[coalition]\nday = 2031-04-01\n")
    take([tmp_path / "PL" / "packages.csv"], party="PL", folder=folder)
    found = [packages(folder, *day) for day in ((2031, 2, 28), (2031, 3, 31), (2031, 4, 1))]
    assert found == [{"PL-1", "DE-1"}, {"DE-1"}, {"PL-1", "DE-1"}]


def test_a_later_file_of_the_same_name_leaves_the_withdrawn_one_in_force_before(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    undo(folder, "PL/packages.csv")
    add(folder, tmp_path, "PL", 700)
    work = viewed(workspace(folder), View(date(2031, 2, 28)))
    assert (
        len({one.name for one in work.documents})
        == len(work.documents)
        == len(workspace(folder).documents) + 1
    )


@pytest.mark.parametrize("reader", ["cell", "public", "PL"])
def test_nothing_is_computed_where_the_settings_are_no_toml(tmp_path: Path, reader: str) -> None:
    folder = folder_of(tmp_path)
    (folder / "konvoi.toml").write_text("[coalition\n")
    with pytest.raises(Refused, match=r"konvoi\.toml"):
        gathering(viewed(workspace(folder), View(None, reader)))
    with pytest.raises(Refused, match=r"konvoi\.toml"):
        settings_of(folder)


def test_other_readers_are_shown_nothing_where_a_limit_may_be_misspelt(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, '[marking]\n"PL/packages.csv" = "own"\n')
    assert gathering(workspace(folder)).tables["packages"].height == 2
    for reader in ("public", "coalition", "DE"):
        with pytest.raises(Refused, match="marking"):
            gathering(viewed(workspace(folder), View(None, reader)))
