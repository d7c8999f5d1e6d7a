"""Findings as sentences: quantities as figures of the reader's language, a cell's own words as they stand."""

from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.language import Language
from konvoi.report.sentences import amount, place, quoted, sentence


def test_a_quantity_is_a_figure_with_its_unit_in_the_readers_language() -> None:
    assert [Language(code).text(amount("5040 piece")) for code in ("en", "de", "uk")] == [
        "5,040 pieces",
        "5.040 Stück",
        "5\xa0040 штук",
    ]


def test_what_is_no_quantity_stands_as_it_is() -> None:
    """An ambiguous number, a serial number, and a unit that nobody knows."""
    kept = ["1.000,5 piece", "EXA-0003", "14002 bytes", "12"]
    assert [amount(one) for one in kept] == kept


def test_only_what_was_counted_is_written_anew_and_a_cells_words_never() -> None:
    at = Place("PL/list.xlsx", "lines", 2, "quantity")
    counted = Finding(Severity.WARNING, "receipt-short", at, read="1200 piece")
    typed = Finding(Severity.ERROR, "number-unreadable", at, read="1200 piece")
    assert Language("de").text(sentence(counted)) == "Wert: „1.200 Stück“."
    assert Language("de").text(sentence(typed)) == "Wert: „1200 piece“."


def test_a_quantity_in_what_was_expected_is_a_figure_too() -> None:
    told = Finding(
        Severity.WARNING,
        "receipt-short",
        Place("XV/receipts.csv"),
        expected="all of dispatch {despatch}: {sent}",
        values={"despatch": "XB-M1", "sent": "1800 piece"},
    )
    assert "1.800 Stück" in Language("de").text(sentence(told))


def test_somebodys_words_stand_in_the_quotation_marks_of_the_language() -> None:
    said = [Language(code).text(quoted("CMR")) for code in ("en", "de", "uk")]
    assert said == ["“CMR”", "„CMR“", "«CMR»"]


def test_settings_have_parts_and_keys_instead_of_sheets_and_columns() -> None:
    at = Place("people.toml", "comparison 2", column="shares")
    said = [Language(code).text(place(at)) for code in ("en", "de", "uk")]
    assert said == [
        "Part “comparison 2”, at “shares”",
        "Abschnitt „comparison 2“, bei „shares“",
        "Розділ «comparison 2», місце «shares»",
    ]
    assert Language("en").text(place(Place("konvoi.toml", column="day"))) == "Key “day”"
    assert Language("en").text(place(Place("konvoi.toml"))) == "The whole document"
