"""What a file of no known format holds is said, with what it may be meant for."""

from collections.abc import Callable

from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.finding import Finding

Workbook = Callable[[dict[str, list[list[object]]]], bytes]


def _told(name: str, content: bytes) -> Finding:
    (finding,) = read(Document(name, content, "FR")).findings
    assert finding.code == "format-unknown"
    return finding


def test_a_table_with_heads_in_another_language_is_proposed_with_the_name_of_each_column() -> None:
    text = "réf;pays;date;intitulé;montant;devise;couleur\nF-1;FR;2031-01-01;Tentes;5;EUR;vert\n"
    told = _told("dons.csv", text.encode("cp1252"))
    assert told.read == "réf, pays, date, intitulé, montant, devise, couleur"
    assert told.values["table"] == "packages"
    assert told.values["columns"] == (
        "réf → package, pays → party, date → day, intitulé → title, montant → amount, devise → currency, "
        "couleur → ?"
    )
    assert "{table}.csv" in told.remedy


def test_so_is_a_sheet(workbook: Workbook) -> None:
    told = _told(
        "wykaz.xlsx", workbook({"Wykaz": [["Numer", "Kraj", "Kwota", "Waluta"], ["P", "PL", 5, "EUR"]]})
    )
    assert (told.place.sheet, told.values["sheet"], told.values["table"]) == ("Wykaz", "Wykaz", "packages")
    assert "--sheet" in told.remedy


def test_keys_and_roots_that_were_seen_are_named() -> None:
    assert _told("a.json", b'{"party": "FR", "packages": []}').read == "party, packages"
    assert _told("a.json", b"[1, 2]").read == "a.json"
    assert _told("a.xml", b'<?xml version="1.0"?><!-- x --><export a="1"/>').read == "<export>"


def test_no_finding_counts_in_words_of_one_language() -> None:
    for name, content in (("a.csv", b"x,y\n1,2\n"), ("a.bin", b"\0\1\2"), ("a.csv", b"\n"), ("a.xlsx", b"")):
        (finding,) = read(Document(name, content, "FR")).findings
        assert "bytes" not in finding.read


def test_a_head_in_another_language_is_proposed_where_a_sheet_is_read(workbook: Workbook) -> None:
    rows: list[list[object]] = [["package", "party", "day", "kind", "Kwota", "Rodzaj"], ["P", "PL"]]
    found = read(Document("wykaz.xlsx", workbook({"Packages": rows}), "PL")).findings
    told = [(one.read, one.values.get("meant")) for one in found if one.code == "column-unknown"]
    assert told == [("Kwota", "amount"), ("Rodzaj", None)]
