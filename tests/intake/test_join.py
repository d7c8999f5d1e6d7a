"""Files that lean on one another are read as one submission."""

from datetime import date

from konvoi.intake.join import joined, natural
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Severity

PACKAGES = "package,party,day,kind,stage\nN-1,NORLAND,2031-02,energy,committed\n"
LINES = "line,package,good,quantity\nL-1,N-1,gen,40\n"
GOODS = "good,name,unit\ngen,generator,piece\n"
MOVEMENTS = "movement,line,day,stage,quantity\nW-1,L-1,2031-03-01,dispatched,25\n"


def together(**files: str) -> list[Reading]:
    """The readings of CSV files, joined; the party is the folder before two underscores."""
    readings = []
    for name, text in files.items():
        party, _, table = name.partition("__")
        readings.append(read(Document(f"{party}/{table}.csv", text.encode(), party)))
    return list(joined(readings))


def stages(reading: Reading) -> list[tuple[object, ...]]:
    columns = ("reference", "party", "package", "line", "good", "unit", "stage")
    return reading.entries.select(columns).rows()


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(str(finding.severity), finding.code) for finding in reading.findings]


def test_a_line_finds_its_package_and_good_in_other_files() -> None:
    _, lines, _ = together(NORLAND__packages=PACKAGES, NORLAND__lines=LINES, NORLAND__goods=GOODS)
    assert stages(lines) == [("L-1", "NORLAND", "N-1", "L-1", "gen", "piece", "committed")]
    assert lines.entries.select("day_from", "day_to").row(0) == (date(2031, 2, 1), date(2031, 2, 28))


def test_a_movement_may_be_told_by_another_party() -> None:
    readings = together(NORLAND__packages=PACKAGES, NORLAND__lines=LINES, CART__movements=MOVEMENTS)
    assert stages(readings[2]) == [("W-1", "NORLAND", "N-1", "L-1", "gen", None, "dispatched")]
    assert readings[2].entries["source"].to_list() == ["CART"]


def test_a_reference_that_two_other_parties_use_is_not_guessed() -> None:
    both = {"NORLAND__packages": PACKAGES, "NORLAND__lines": LINES, "SUDERIA__packages": PACKAGES}
    readings = together(**both, SUDERIA__lines=LINES, CART__movements=MOVEMENTS)
    assert readings[4].entries.height == 0
    assert codes(readings[4]) == [("error", "reference-unknown")]


def test_a_line_whose_package_a_newer_version_no_longer_states_is_an_error() -> None:
    """The package stands in a replaced document alone, whose own lines still find it."""
    files = {
        "old/packages": PACKAGES,
        "old/lines": LINES,
        "lines": LINES,
        "packages": PACKAGES.replace("1", "2"),
    }
    readings = [
        read(Document(f"NORLAND/{name}.csv", text.encode(), "NORLAND")) for name, text in files.items()
    ]
    _, before, after, _ = joined(readings, ["NORLAND/old/packages.csv", "NORLAND/old/lines.csv"])
    assert stages(before) == [("L-1", "NORLAND", "N-1", "L-1", "gen", None, "committed")]
    assert (stages(after), codes(after)) == ([], [("error", "reference-unknown")])
    assert stages(joined(readings)[2]) == stages(before)


def test_ones_own_row_goes_before_that_of_another() -> None:
    theirs = PACKAGES.replace("energy", "military")
    readings = together(SUDERIA__packages=theirs, NORLAND__packages=PACKAGES, NORLAND__lines=LINES)
    assert readings[2].entries["kind"].to_list() == ["energy"]


def test_what_is_found_nowhere_is_an_error_now() -> None:
    (lines,) = together(NORLAND__lines=LINES)
    assert lines.entries.height == 0
    (finding,) = lines.findings
    assert (finding.severity, finding.code) == (Severity.ERROR, "reference-unknown")
    assert (finding.place.row, finding.place.column, finding.read) == (2, "package", "N-1")


def test_other_references_are_checked_where_their_table_was_handed_in() -> None:
    offers = "offer,party,good,quantity,site\nO-1,NORLAND,genn,1,hub\n"
    _, offer = together(NORLAND__goods=GOODS, NORLAND__offers=offers)
    (finding,) = offer.findings
    assert (finding.place.column, finding.values["meant"]) == ("good", "gen")


def test_a_head_beside_csv_files_is_theirs() -> None:
    head = "party,Norland Ministry\nday,2031-04-02\nmarking,coalition\n"
    readings = together(NORLAND__packages=PACKAGES, NORLAND__konvoi=head)
    assert readings[0].entries.select("known_on", "marking").row(0) == (date(2031, 4, 2), "coalition")


def test_relations_lead_to_packages_of_others_and_their_very_entries() -> None:
    ours = "package,party,day,kind,relates\nN-2,NORLAND,2031-01-01,energy,part_of:S-1\n"
    theirs = PACKAGES.replace("N-1", "S-1").replace("NORLAND", "SUDERIA")
    one, other = together(NORLAND__packages=ours, SUDERIA__packages=theirs)
    assert one.relations.select("left", "right", "relation", "status", "basis").rows() == [
        (one.entries["entry"][0], other.entries["entry"][0], "part_of", "accepted", "structure")
    ]


def test_joining_twice_changes_nothing() -> None:
    once = together(NORLAND__packages=PACKAGES, NORLAND__lines=LINES, CART__movements=MOVEMENTS)
    twice = list(joined(once))
    assert [one.findings for one in twice] == [one.findings for one in once]
    assert all(one.entries.equals(other.entries) for one, other in zip(once, twice, strict=True))


def test_readings_of_other_formats_and_refused_ones_come_back_as_they_are() -> None:
    other = (Reading("a.json", "d", "fts-flows"), Reading("b.xlsx", "e", "konvoi-workbook", refused=True))
    assert joined(other) == other


PARTICIPANTS = "package,party,share\nN-1,NORLAND,60 %\nN-1,SUDERIA,\nN-9,SUDERIA,\n"


FULL = (
    "package,party,day,kind,title,amount,currency,since,implementer,place,count_mode\n"
    "N-1,NORLAND,2026-03-01,humanitarian,Stoves,90,EUR,2026-01-01,Harbour Relief,Sumy,in total not named\n"
    "N-2,NORLAND,2026-03-02,humanitarian,Stoves,10,EUR,,,,\n"
)


def test_the_columns_beside_the_template_reach_entries_and_scopes() -> None:
    _, told = together(NORLAND__goods="good,name,unit\nstove,Stove,piece\n", NORLAND__packages=FULL)
    by = {row["reference"]: row for row in told.entries.iter_rows(named=True)}
    assert (by["N-1"]["implementer"], by["N-2"]["implementer"]) == ("Harbour Relief", None)
    assert (by["N-1"]["count_mode"], by["N-2"]["count_mode"]) == ("in total, not named", "cell only")
    assert told.scopes.rows() == [
        (by["N-1"]["entry"], "source", "since", "2026-01-01"),
        (by["N-1"]["entry"], "destination", "place", "Sumy"),
    ]


def test_who_takes_part_in_a_package_is_known_of_it_wherever_the_package_stands() -> None:
    """N-1 stands in another file; N-9 stands nowhere, and is told of as any other reference."""
    packages, told = together(NORLAND__packages=PACKAGES, NORLAND__participants=PARTICIPANTS)
    (whole,) = packages.entries["entry"]
    assert told.scopes.rows() == [
        (whole, "source", "participant", "NORLAND"),
        (whole, "source", "share", "NORLAND=0.6"),
        (whole, "source", "participant", "SUDERIA"),
    ]
    assert codes(told) == [("error", "reference-unknown")]
    assert told.findings[0].place.row == 4


def test_versions_are_in_the_order_of_their_numbers_however_long() -> None:
    long = "v" + "9" * 5000
    names = ["v10", "v9", long, "v010", "w1", "v"]
    assert sorted(names, key=natural) == ["v", "v9", "v10", "v010", long, "w1"]
