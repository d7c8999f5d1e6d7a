"""Rows that are the total of others are not read, and are told of."""

from konvoi.intake.sheet import Row, Value
from konvoi.intake.table import Origin, read_table
from konvoi.model.finding import Finding, Severity
from konvoi.model.tables import BY_NAME

HEAD: tuple[Value, ...] = ("package", "title", "party", "amount", "currency", "day", "kind", "stage")
MORE: tuple[Value, ...] = ("2026-03-01", "military", "pledged")
RADIOS: tuple[Value, ...] = ("BE-1", "Radios", "BE", 2_500_000, "EUR")
TRUCKS: tuple[Value, ...] = ("BE-2", "Trucks", "BE", 7_500_000, "EUR")


WORDS = (("TOTAL", None), ("SUM", "Summe"), ("BE-3", "Total général"), ("Разом", "Разом"))


def _read(*rows: tuple[Value, ...]) -> tuple[list[str], list[Finding]]:
    numbered = [Row(at, one) for at, one in enumerate((HEAD, *((*row, *MORE) for row in rows)), start=1)]
    frame, findings = read_table(BY_NAME["packages"], numbered, Origin("a.xlsx", "Packages"))
    return frame["package"].to_list(), [one for one in findings if one.code != "column-missing"]


def test_a_row_with_a_word_of_total_and_the_sum_is_not_read() -> None:
    for reference, title in WORDS:
        kept, (note,) = _read(RADIOS, TRUCKS, (reference, title, "BE", 10_000_000, "EUR"))
        assert kept == ["BE-1", "BE-2"]
        assert (note.severity, note.code, note.place.row) == (Severity.NOTE, "row-is-total", 4)


def test_its_other_cells_may_be_empty_and_it_may_stand_first() -> None:
    assert _read(RADIOS, TRUCKS, ("Total", None, None, 10_000_000, None))[0] == ["BE-1", "BE-2"]
    assert _read(("Razem", None, None, 10_000_000, "EUR"), RADIOS, TRUCKS)[0] == ["BE-1", "BE-2"]


def test_totals_of_parts_and_of_all_are_not_read() -> None:
    first = ("Subtotal", None, "BE", 2_500_000, "EUR")
    second = ("Zwischensumme", None, "BE", 7_500_000, "EUR")
    kept, findings = _read(RADIOS, first, TRUCKS, second, ("Grand total", None, "BE", 10_000_000, "EUR"))
    assert kept == ["BE-1", "BE-2"]
    assert {one.severity for one in findings} == {Severity.NOTE}


def test_a_total_that_is_not_the_sum_is_not_read_either_and_is_a_warning() -> None:
    kept, (finding,) = _read(RADIOS, TRUCKS, ("TOTAL", None, "BE", 12_000_000, "EUR"))
    assert kept == ["BE-1", "BE-2"]
    assert finding.severity == Severity.WARNING


def test_a_word_beside_a_party_or_year_needs_the_sum() -> None:
    assert len(_read(RADIOS, TRUCKS, ("BE-9", "Total Belgium 2026", "BE", 10_000_000, "EUR"))[0]) == 2
    assert len(_read(RADIOS, TRUCKS, ("BE-9", "Total Belgium 2026", "BE", 12_000_000, "EUR"))[0]) == 3


def test_a_title_that_says_more_is_a_row_of_its_own_and_so_is_a_total_alone() -> None:
    assert len(_read(RADIOS, TRUCKS, ("BE-9", "Total support for Kyiv", "BE", 10_000_000, "EUR"))[0]) == 3
    assert _read(("BE-9", "Total", "BE", 10_000_000, "EUR"))[0] == ["BE-9"]


SUBTOTALS = (
    "Subtotal military",
    "Military sub-total",
    "Zwischensumme Militär",
    "Sous-total militaire",
    "Suma częściowa wojskowa",
    "Проміжний підсумок: військова",
)


def test_a_subtotal_with_other_words_and_a_reference_is_not_read_if_it_is_the_sum_of_its_group() -> None:
    pumps = ("BE-3", "Pumps", "BE", 4_000_000, "EUR")
    for title in SUBTOTALS:
        kept, findings = _read(
            *(RADIOS, TRUCKS, ("S-1", title, "BE", 10_000_000, "EUR")),
            *(pumps, ("S-2", f"{title} 2", "BE", 4_000_000, "EUR")),
            ("T", "Grand total", "BE", 14_000_000, "EUR"),
        )
        assert kept == ["BE-1", "BE-2", "BE-3"]
        assert [(one.code, one.severity) for one in findings] == [("row-is-total", Severity.NOTE)] * 3


def test_a_subtotal_may_add_up_several_groups_or_stand_above_its_own() -> None:
    part = ("S-1", "Subtotal vehicles", "BE", 2_500_000, "EUR")
    whole = ("S-3", "Subtotal army", "BE", 10_000_000, "EUR")
    second = ("S-2", "Subtotal other", "BE", 7_500_000, "EUR")
    assert _read(RADIOS, part, TRUCKS, second, whole)[0] == ["BE-1", "BE-2"]
    assert _read(part, RADIOS, second, TRUCKS)[0] == ["BE-1", "BE-2"]


def test_a_subtotal_that_is_not_the_sum_counts_and_is_asked_about() -> None:
    kept, findings = _read(
        *(RADIOS, TRUCKS, ("S-1", "Subtotal military", "BE", 11_000_000, "EUR")),
        ("T", "Total", "BE", 10_000_000, "EUR"),
    )
    assert kept == ["BE-1", "BE-2", "S-1"]
    assert [(one.code, one.severity, one.place.row) for one in findings] == [
        ("row-may-be-total", Severity.WARNING, 4),
        ("row-is-total", Severity.NOTE, 5),
    ]


def test_a_subtotal_without_a_reference_is_no_row_to_be_filled_in() -> None:
    kept, (finding,) = _read(RADIOS, TRUCKS, (None, "Subtotal military", None, 11_000_000, "EUR"))
    assert kept == ["BE-1", "BE-2"]
    assert (finding.code, finding.severity) == ("row-is-total", Severity.WARNING)


def test_an_amount_without_any_name_is_a_total_if_it_is_the_sum() -> None:
    def read(amount: int) -> list[str]:
        kept, findings = _read(RADIOS, TRUCKS, (None, None, None, amount, "EUR"))
        assert kept == ["BE-1", "BE-2"]
        return sorted({one.code for one in findings})

    assert read(10_000_000) == ["row-is-total"]
    assert read(9_000_000) == ["cell-missing"]
