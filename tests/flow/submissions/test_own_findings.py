"""A party is told what its own rows cause: rows that are left out, and references that lead nowhere."""

from pathlib import Path

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.submissions.import_submission import Intake, read_submission, take

TOML = '[coalition]\nname = "Exercise"\nrecipient = "XV"\nday = 2031-03-03\n'
HEAD = "party,{party}\nday,2031-03-01\nmarking,coalition\n"
NETWORK = {
    "goods": "good,name,unit\ntent,Tent,piece\n",
    "sites": "site,name,kind,country\nXV-EAST,Tarnvel,destination,XV\n",
}
NEEDS = (
    "need,good,quantity,site,due,state\n"
    "V-1,tent,1.000,XV-EAST,2031-04-04,requested\nV-2,unicorn,10,XV-EAST,2031-04-04,requested\n"
    "V-3,tent,10,Atlantis,2031-04-04,requested\nV-4,tent,40,XV-EAST,2031-04-04,requested\n"
    "V-4,tent,50,XV-EAST,2031-04-04,requested\n"
)


def files(place: Path, party: str, tables: dict[str, str]) -> Path:
    """Write CSV tables with their head and return their folder."""
    place.mkdir()
    (place / "konvoi.csv").write_text(HEAD.format(party=party), encoding="utf-8")
    for name, rows in tables.items():
        (place / f"{name}.csv").write_text(rows, encoding="utf-8")
    return place


def told(intake: Intake) -> set[tuple[str, int, str]]:
    """Return code, row and what was read of the errors on the files."""
    return {
        (one.code, one.place.row, one.read) for one in intake.findings if one.severity == "error" and one.read
    }


def test_a_party_is_told_before_it_stores_what_its_rows_cause(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    new_workspace(folder, TOML, at="2031-03-01T08:00:00+00:00")
    take([files(tmp_path / "network", "X-CELL", NETWORK)], party="X-CELL", folder=folder)
    given = files(tmp_path / "needs", "XV", {"needs": NEEDS})
    own = read_submission([given], party="XV", folder=folder, own=True).intake
    assert told(own) == {
        ("number-ambiguous", 2, "1.000"),
        ("reference-unknown", 3, "unicorn"),
        ("reference-unknown", 4, "Atlantis"),
        ("row-double", 6, "V-4"),
    }
    assert told(own) == told(read_submission([given], party="XV", folder=folder).intake)
    remedies = {one.remedy for one in own.findings if one.code == "reference-unknown"}
    assert remedies == {
        "Correct it, or submit the row that it names, unless it is a row that is not shown to you."
    }
