"""The manifest of lists: what it says, what is wrong with it, and that what is written is read again."""

from datetime import date

import pytest

from konvoi.align.manifest import Snapshot, entry, manifest

REGIMES = ("uk", "us")
DIGEST = "a" * 64
UK = Snapshot("uk", date(2031, 5, 4), {"uk/2031-05-04/Con List.xlsx": DIGEST})


def test_what_is_written_is_read_again() -> None:
    us = Snapshot("us", date(2031, 5, 4), {"us/sdn.csv": DIGEST, 'us/a"b.csv': "b" * 64})
    found, findings = manifest(entry(us) + "\n" + entry(UK), REGIMES)
    assert (found.snapshots, findings) == ((UK, us), ())
    assert found.most == 1


def test_how_old_a_list_may_be_is_said_openly() -> None:
    assert manifest("most_days = 2000\n" + entry(UK), REGIMES)[0].most == 2000


def test_an_id_follows_from_regime_day_and_content_not_from_paths() -> None:
    moved = Snapshot("uk", UK.day, {"elsewhere.xlsx": DIGEST})
    assert moved.id == UK.id
    assert Snapshot("uk", date(2031, 5, 5), UK.files).id != UK.id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[list", "manifest-broken"),
        ('[[list]]\nregime = "zz"\nday = 2031-05-04\n[list.files]\n"a" = "' + DIGEST + '"', "manifest-entry"),
        (
            '[[list]]\nregime = "uk"\nday = "2031-05-04"\n[list.files]\n"a" = "' + DIGEST + '"',
            "manifest-entry",
        ),
        ('[[list]]\nregime = "uk"\nday = 2031-05-04\n', "manifest-entry"),
        ('[[list]]\nregime = "uk"\nday = 2031-05-04\n[list.files]\n"a" = "short"', "manifest-entry"),
        (
            '[[list]]\nregime = "uk"\nday = 2031-05-04\n[list.files]\n"../a" = "' + DIGEST + '"',
            "manifest-entry",
        ),
        (
            '[[list]]\nregime = "uk"\nday = 2031-05-04\n[list.files]\n"/a" = "' + DIGEST + '"',
            "manifest-entry",
        ),
        ('list = ["uk"]', "manifest-entry"),
        ('most_days = "many"', "manifest-entry"),
    ],
)
def test_what_cannot_be_read_is_told_of_and_left_out(text: str, code: str) -> None:
    found, findings = manifest(text, REGIMES)
    assert found.snapshots == ()
    assert [one.code for one in findings] == [code]


def test_a_regime_with_a_day_stands_once() -> None:
    found, findings = manifest(entry(UK) + "\n" + entry(UK), REGIMES)
    assert (found.snapshots, [one.code for one in findings]) == ((UK,), ["manifest-double"])
