"""Readings are cut to the rows that a reader may see, before anything is computed."""

from dataclasses import replace

import pytest

from konvoi.flow.cut import cut, marking_of, places, row_key, shown_rows
from konvoi.flow.parse_documents import understand
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.intake.join import headed
from konvoi.model.document import Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.limiting import UNREAD_ROWS

PACKAGES = b"package,party,day,kind,marking\nP-1,DE,2031-01-01,energy,\nP-2,DE,2031-01-01,energy,own\n"
LINES = b"line,package,good,quantity,marking\nL-1,P-1,tent,1,public\nL-2,P-2,tent,1,public\n"
SETTINGS = Settings()


def readings(marking: str = "coalition", packages: bytes = PACKAGES) -> list[Reading]:
    files = {"DE/packages.csv": packages, "DE/lines.csv": LINES}
    return understand(
        [Document(name, text, "DE", marking) for name, text in files.items()], settings=SETTINGS
    )


def test_rows_that_were_left_out_of_limits_are_the_coordination_cells_alone() -> None:
    text = b"party,what,most,marking\nDE,tonnes,nine,public\n"
    [reading] = understand([Document("DE/caps.csv", text, "DE", "public")], settings=SETTINGS)
    assert UNREAD_ROWS in reading.tables
    for reader in ("public", "DE"):
        for shown in shown_rows([reading], View(None, reader), SETTINGS):
            assert UNREAD_ROWS not in shown.tables


def references(shown: list[Reading]) -> list[str]:
    return [
        ref
        for one in shown
        for name, key in (("packages", "package"), ("lines", "line"))
        if name in one.tables
        for ref in one.tables[name][key]
    ]


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("public", []),
        ("coalition", ["P-1", "L-1"]),
        ("PL", ["P-1", "L-1"]),
        ("DE", ["P-1", "P-2", "L-1", "L-2"]),
    ],
)
def test_a_row_has_its_own_marking_or_its_documents_and_goes_with_its_parent(
    reader: str, seen: list[str]
) -> None:
    """Both lines are public, but their packages are the coalition's and DE's own."""
    assert references(shown_rows(readings(), View(reader=reader), SETTINGS)) == seen


def test_parties_that_see_the_same_rows_have_equal_keys() -> None:
    them = readings()
    keys = {one: row_key(them, shown_rows(them, View(reader=one), SETTINGS)) for one in ("DE", "PL", "FR")}
    assert keys["DE"] == ""
    assert keys["PL"] == keys["FR"] != ""


def of_files(marking: str = "coalition", **files: bytes) -> list[Reading]:
    """Return the readings of tables of DE, each a file of one marking."""
    documents = [Document(f"DE/{name}.csv", text, "DE", marking) for name, text in files.items()]
    return understand(documents, settings=SETTINGS)


THREE = PACKAGES + b"P-3,DE,2031-01-01,energy,public\n"


def test_a_document_of_which_nothing_is_cut_is_the_same_object() -> None:
    (whole,) = of_files(packages=b"package,party,day,kind\nP-1,DE,2031-01-01,energy\n")
    assert shown_rows([whole], View(reader="PL"), SETTINGS)[0] is whole
    (partly,) = of_files(packages=PACKAGES)
    assert shown_rows([partly], View(reader="PL"), SETTINGS)[0] is not partly
    assert shown_rows([whole], View(reader="public"), SETTINGS) == []


def test_the_key_of_rows_depends_on_which_are_left_and_on_nothing_else() -> None:
    them = of_files(packages=THREE)

    def of(reader: str) -> str:
        return row_key(them, shown_rows(them, View(reader=reader), SETTINGS))

    assert len({of("DE"), of("PL"), of("public")}) == 3
    assert row_key(them, []) != row_key(them, them) == ""
    assert row_key(them, [them[0], them[0]]) != ""


def test_the_rows_that_are_left_are_numbered_without_gaps_for_other_readers() -> None:
    them = of_files(packages=THREE)
    (other,) = cut(them, View(reader="PL"), SETTINGS)
    (own,) = cut(them, View(reader="DE"), SETTINGS)
    assert other.tables["packages"].select("package", "_row").rows() == [("P-1", 1), ("P-3", 2)]
    assert own.tables["packages"]["_row"].to_list() == [2, 3, 4]
    assert other.entries.select("package", "row").sort("package").rows() == [("P-1", 1), ("P-3", 2)]
    assert other.digest != own.digest == them[0].digest
    assert cut(them, View(), SETTINGS) == them


def test_the_digest_for_other_readers_changes_with_shown_rows_alone() -> None:
    def digest(packages: bytes) -> str:
        (one,) = cut(of_files(packages=packages), View(reader="PL"), SETTINGS)
        return one.digest

    hidden = PACKAGES.replace(b"P-2,DE,2031-01-01", b"P-7,DE,2031-02-02")
    assert digest(PACKAGES) == digest(hidden)
    assert digest(PACKAGES) != digest(PACKAGES.replace(b"P-1", b"P-9"))


def test_what_a_head_says_of_other_documents_acts_only_for_those_who_may_see_it() -> None:
    head = b"party,DE\nday,2031-02-01\nversion,2\nsupersedes,DE/old.csv\n"
    files = {"DE/konvoi.csv": head, "DE/packages.csv": PACKAGES.replace(b"energy,\n", b"energy,public\n")}
    documents = [Document(name, text, "DE", "own") for name, text in files.items()]
    them = headed(understand(documents, settings=SETTINGS))

    def said(reader: str) -> set[str]:
        return {name for one in cut(them, View(reader=reader), SETTINGS) for name in one.facts}

    assert "supersedes" in said("DE")
    assert "day" in said("public")
    assert "supersedes" not in said("public")


@pytest.mark.parametrize(
    ("facts", "marks", "refused", "marking"),
    [
        ({"marking": "coalition"}, ["public"], False, "coalition"),
        ({}, ["public", "public"], False, "public"),
        ({}, ["public", "own"], False, "own"),
        ({}, [], False, "public"),
        ({}, [], True, "coalition"),
        ({}, ["public"], True, "public"),
    ],
)
def test_the_marking_of_a_document_is_stated_or_that_of_all_its_entries(
    facts: dict[str, str], marks: list[str], refused: bool, marking: str
) -> None:
    entries = frame([{"entry": str(at), "marking": mark} for at, mark in enumerate(marks)])
    one = Reading("DE/a.csv", "d", "iati", "DE", entries, facts=facts, refused=refused)
    assert marking_of(one, Settings(marking="coalition")) == marking
    assert marking_of(one, Settings(markings={"DE/a.csv": "PL"})) == "PL"


def finding(row: int, **values: str) -> Finding:
    return Finding(Severity.WARNING, "some", Place("DE/packages.csv", "packages", row), "", "", "", values)


def told(*findings: Finding, reader: str = "PL") -> list[tuple[int, dict[str, str]]]:
    """Return row and values of the findings told to a reader: on three packages, the second hidden."""
    (one,) = of_files(packages=THREE)
    sheet = one.tables["packages"]["_sheet"][0] or ""
    placed = [replace(each, place=replace(each.place, sheet=sheet)) for each in findings]
    (shown,) = cut([replace(one, findings=tuple(placed))], View(reader=reader), SETTINGS)
    return [(each.place.row, dict(each.values)) for each in shown.findings]


def test_findings_on_hidden_rows_and_on_the_whole_document_are_not_told() -> None:
    assert told(finding(2), finding(3), finding(4), finding(0)) == [(1, {}), (2, {})]
    assert [row for row, _ in told(finding(2), finding(3), finding(0), reader="DE")] == [2, 3, 0]


def test_a_finding_that_names_a_hidden_row_is_not_told_and_others_name_the_new_numbers() -> None:
    assert told(finding(4, rows="2, 4", usual="44")) == [(2, {"rows": "1, 2", "usual": "44"})]
    assert told(finding(4, rows="2–3")) == []
    assert told(finding(4, first="2", box="4")) == [(2, {"first": "1", "box": "2"})]


def test_findings_on_a_document_without_rows_are_told() -> None:
    one = Reading("DE/a.xml", "d", "iati", "DE", frame([{"entry": "e"}]), findings=(finding(0),))
    (shown,) = cut([replace(one, facts={"marking": "public"})], View(reader="PL"), SETTINGS)
    assert len(shown.findings) == 1


def test_places_are_those_of_all_tables_or_of_one() -> None:
    (packages, lines) = readings()
    both = replace(packages, tables={**packages.tables, **lines.tables})
    assert {row for _, row in places(both)} == {2, 3}
    assert places(both, "lines") == places(lines)
    assert places(both, "needs") == set()


def test_a_document_of_which_no_row_is_shown_is_not_there_whatever_its_head_says() -> None:
    """A head in a file of its own, too; where the head replaces another document, it acts."""
    hidden = b"package,party,day,kind,marking\nP-2,DE,2031-01-01,energy,own\n"
    head = b"party,DE\nday,2031-02-01\nmarking,public\n"

    def seen(head: bytes, reader: str) -> list[str]:
        files = {"DE/konvoi.csv": head, "DE/packages.csv": hidden}
        documents = [Document(name, text, "DE", "coalition") for name, text in files.items()]
        read = headed(understand(documents, settings=SETTINGS))
        return [one.document for one in shown_rows(read, View(None, reader), SETTINGS)]

    both = ["DE/konvoi.csv", "DE/packages.csv"]
    assert seen(head, "public") == []
    assert seen(head + b"supersedes,old.csv\n", "public") == both
    assert seen(head, "DE") == both
    assert len(shown_rows(readings("public"), View(None, "public"), SETTINGS)) == 2
