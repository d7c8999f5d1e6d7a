"""Each type of cell: what is read, what is unknown, what is asked, what is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.cell import Ask, Cell, Plain
from konvoi.intake.cells import read_cell
from konvoi.intake.sheet import Value
from konvoi.model.finding import filled
from konvoi.model.tables import BY_NAME, TABLES

COLUMNS = {(table.name, column.name): (table, column) for table in TABLES for column in table.columns}


def read(value: Value, name: str = "lines.quantity", currency: str = "", **parties: str) -> Cell:
    """Read a value as a column of a table would."""
    first, _, second = name.partition(".")
    table, column = COLUMNS[first, second]
    return read_cell(value, Ask(table, column, currency, parties))


def told(cell: Cell) -> list[tuple[str, str]]:
    return [(fault.code, filled(fault.remedy, fault.values)) for fault in cell.faults]


@pytest.mark.parametrize("value", [None, "", " ", ".", "undisclosed", "n/a", "k. A.", "невідомо", "–", "н/д"])
@pytest.mark.parametrize(
    "name", ["lines.quantity", "packages.day", "packages.amount", "lines.good", "lines.route"]
)
def test_what_is_unknown_is_nothing_and_never_zero(value: Value, name: str) -> None:
    assert read(value, name) == Cell()


def test_namibia_is_not_unknown() -> None:
    assert read("NA", "packages.party").value == "NA"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (40, "40"),
        (0, "0"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234 567", "1234567"),
        ("1\u202f234,5", "1234.5"),
        ("1'000", "1000"),
        ("1.000.000", "1000000"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("−3", "-3"),
        ("1e3", "1000"),
    ],
)
def test_numbers_are_exact_however_they_are_written(value: Value, number: str) -> None:
    cell = read(value)
    assert cell == Cell(Decimal(number).quantize(Decimal("0.000001")))


def test_one_point_before_three_digits_is_asked_and_not_guessed() -> None:
    assert told(read("1.000")) == [("number-ambiguous", "Write 1 or 1000, whichever is meant.")]
    assert told(read("12,500")) == [("number-ambiguous", "Write 12.5 or 12500, whichever is meant.")]
    assert read("1.000").value is None


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("ca. 5 Mio", "5000000"),
        ("1,5 Mio. EUR", "1500000"),
        ("EUR 1.5 million", "1500000"),
        ("-2,5 Mio €", "-2500000"),
        ("3 Mrd", "3000000000"),
        ("12 тис.", "12000"),
        ("2,4 млн", "2400000"),
        ("1.2bn", "1200000000"),
        ("1.2B", "1200000000"),
        ("500k", "500000"),
        ("1 500 Mio", "1500000000"),
        ("5 Billionen", "5000000000000"),
    ],
)
@pytest.mark.parametrize("name", ["packages.amount", "lines.quantity"])
def test_a_word_of_scale_is_proposed_in_digits_and_not_taken(value: str, digits: str, name: str) -> None:
    cell = read(value, name, "EUR")
    assert cell.value is None
    assert [(fault.code, fault.values["meant"]) for fault in cell.faults] == [("number-with-scale", digits)]


@pytest.mark.parametrize(
    ("value", "few", "many"),
    [
        ("1.234 Mio", "1234000", "1234000000"),
        ("2 billion", "2000000000", "2000000000000"),
        ("500 m", "500", "500000000"),
        ("5 t", "5", "5000"),
        ("5l", "5", "51"),
    ],
)
def test_a_word_of_scale_that_may_mean_two_things_is_asked(value: str, few: str, many: str) -> None:
    assert told(read(value)) == [("number-ambiguous", f"Write {few} or {many}, whichever is meant.")]


def test_of_money_m_is_a_million_and_not_a_metre() -> None:
    assert [fault.values["meant"] for fault in read("$5m", "packages.amount", "USD").faults] == ["5000000"]


def test_a_unit_behind_a_number_is_no_scale() -> None:
    assert told(read("40 pcs")) == [("number-unreadable", "Did you mean 40?")]
    assert told(read("3 boxes of 2 million")) == [
        ("number-unreadable", "Write digits only, such as 1250 or 12.5.")
    ]


def test_a_latitude_cannot_be_fifty_thousand_so_it_is_not_asked() -> None:
    assert read("50.450", "sites.lat").value == Decimal("50.45")
    assert read("1.000", "horizon.late_credit").value == 1


@pytest.mark.parametrize(
    ("value", "meant"),
    [("4O", "40"), ("l2", "12"), ("40 pcs", "40"), ("about 40", "40"), ("З00", "300")],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(value: str, meant: str) -> None:
    assert told(read(value)) == [("number-unreadable", f"Did you mean {meant}?")]


@pytest.mark.parametrize("value", ["1.000.00", "many", True, date(2022, 5, 1), "#5", "1,2,3", "x" * 100])
def test_what_is_no_number_is_told_and_not_read(value: Value) -> None:
    cell = read(value)
    assert cell.value is None
    assert [code for code, _ in told(cell)] == ["number-unreadable"]


def test_a_number_finer_than_six_places_is_rounded_with_a_note() -> None:
    assert read("1.00000051").value == Decimal("1.000001")
    assert told(read("1.00000051")) == [("number-rounded", "It was read as 1.000001.")]


def test_whole_numbers_and_shares_keep_to_their_bounds() -> None:
    assert read(26, "horizon.weeks").value == 26
    assert told(read(2.5, "horizon.weeks"))[0][0] == "number-not-whole"
    assert read("50 %", "horizon.late_credit").value == Decimal("0.5")
    assert told(read(50, "horizon.late_credit")) == [("share-out-of-range", "Did you mean 0.5?")]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2022, 5, 3), date(2022, 5, 3)),
        ("2022-05-03", date(2022, 5, 3)),
        ("13/04/2022", date(2022, 4, 13)),
        ("04/13/2022", date(2022, 4, 13)),
        ("05/05/2022", date(2022, 5, 5)),
        ("03.04.2022", date(2022, 4, 3)),
        ("3. Mai 2022", date(2022, 5, 3)),
        ("May 3, 2022", date(2022, 5, 3)),
        ("3rd May 2022", date(2022, 5, 3)),
        ("3 травня 2022 року", date(2022, 5, 3)),
    ],
)
def test_days_are_read_as_people_write_them(value: Value, day: date) -> None:
    assert read(value, "packages.day") == Cell(day)


def test_a_day_that_may_be_two_is_asked_with_both() -> None:
    remedy = "Write 2022-04-03 or 2022-03-04, whichever is meant."
    assert told(read("03/04/2022", "packages.day")) == [("day-ambiguous", remedy)]
    assert read("03/04/2022", "packages.day").value is None
    assert told(read("3.4.22", "packages.day"))[0][0] == "day-ambiguous"


@pytest.mark.parametrize("value", ["2022-05", "05/2022", "Mai 2022", "травень 2022", "May 2022"])
def test_a_month_is_a_span_with_a_warning(value: str) -> None:
    cell = read(value, "packages.day")
    assert (cell.value, cell.first, cell.last) == (date(2022, 5, 1), date(2022, 5, 1), date(2022, 5, 31))
    assert [fault.severity for fault in cell.faults] == ["warning"]


def test_a_promise_for_a_month_holds_until_its_last_day() -> None:
    assert read("2022-05", "lines.promised").value == date(2022, 5, 31)
    assert read("2022", "needs.due").value == date(2022, 12, 31)


def test_the_day_of_a_rate_cannot_be_a_month() -> None:
    assert told(read("2022-05", "rates.day"))[0][0] == "day-unreadable"


@pytest.mark.parametrize(
    "value",
    ["2022-02-30", "31.02.2022", "2922-05-01", date(2922, 5, 1), "13/2022", "99/99/2022", "0000-01-01"],
)
def test_a_day_that_does_not_exist_is_told(value: Value) -> None:
    assert told(read(value, "packages.day"))[0][0] == "day-impossible"


def test_the_time_of_a_day_is_left_aside_with_a_note() -> None:
    cell = read(datetime(2022, 5, 3, 12), "packages.day")
    assert (cell.value, told(cell)[0][0]) == (date(2022, 5, 3), "day-with-time")


def test_amounts_become_minor_units_and_what_rounding_takes_is_kept() -> None:
    assert read("1.5", "packages.amount", "EUR") == Cell(150)
    assert read(1000, "packages.amount", "JPY") == Cell(1000)
    cell = read("1.005", "packages.amount", "EUR")
    assert cell.value is None
    cell = read(1.005, "packages.amount", "EUR")
    assert (cell.value, cell.lost) == (100, Decimal("0.005"))
    assert read(-20, "packages.amount", "USD").value == -2000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Euro", "EUR"),
        ("euros", "EUR"),
        ("złoty polski", "PLN"),
        ("US-Dollar", "USD"),
        ("українська гривня", "UAH"),
    ],
)
def test_the_name_of_a_currency_is_answered_with_its_code(text: str, code: str) -> None:
    (fault,) = read(text, "packages.currency").faults
    assert (fault.code, fault.remedy, fault.values["meant"]) == (
        "currency-unreadable",
        "Enter {meant}.",
        code,
    )


def test_an_amount_without_a_currency_is_told() -> None:
    assert told(read(5, "packages.amount"))[0][0] == "money-without-currency"


@pytest.mark.parametrize(
    ("value", "code"),
    [("EUR", "EUR"), ("usd", "USD"), ("€", "EUR"), ("₴", "UAH"), ("HRK", "HRK"), ("XDR", "XDR")],
)
def test_currencies_are_codes(value: str, code: str) -> None:
    assert read(value, "packages.currency").value == code


def test_a_dollar_sign_is_many_currencies() -> None:
    assert told(read("$", "packages.currency"))[0][0] == "currency-ambiguous"
    assert told(read("EUE", "packages.currency"))[0][0] == "currency-unreadable"


@pytest.mark.parametrize(
    "value", ["from stock", "From Stock ", "aus Beständen", "AUS BESTANDEN", "із запасів"]
)
def test_choices_are_known_in_three_languages(value: str) -> None:
    assert read(value, "lines.route").value == "from stock"


def test_a_misspelt_choice_is_told_with_the_nearest() -> None:
    cell = read("commited", "packages.stage")
    assert cell.value is None
    assert told(cell) == [("choice-unknown", "Did you mean committed?")]
    assert told(read("zzz", "packages.stage")) == [("choice-unknown", "Pick one from the list.")]


@pytest.mark.parametrize(
    ("value", "party"),
    [("Czech Republic", "CZ"), ("de", "DE"), ("Україна", "UA"), ("Norland", "NL-X"), ("norrland", "NL-X")],
)
def test_parties_are_found_by_name_code_and_alias_the_submissions_own_first(value: str, party: str) -> None:
    assert read(value, "packages.party", norland="NL-X", norrland="NL-X").value == party


def test_a_party_that_nobody_knows_is_kept_as_written_and_told() -> None:
    cell = read("Norlnd", "packages.party", norland="NL-X")
    assert cell.value == "Norlnd"
    assert told(cell) == [("party-unknown", "Did you mean NL-X?")]


def test_yes_and_no_in_three_languages() -> None:
    answers: list[Plain] = [
        read(word, "needs.whole").value for word in ("yes", "Ja", "так", True, "nein", 0, "ні")
    ]
    assert answers == [True, True, True, True, False, False, False]
    assert told(read("maybe", "needs.whole"))[0][0] == "yes-or-no"


def test_lists_come_apart_at_semicolons_and_lines() -> None:
    assert read("EU; NATO\nG7;EU", "parties.group").value == "EU;NATO;G7"


def test_only_addresses_of_the_web_are_addresses() -> None:
    assert read("https://example.org/a", "packages.address").value == "https://example.org/a"
    assert told(read("www.example.org", "packages.address"))[0][1] == "Did you mean https://www.example.org?"
    assert read("javascript:alert(1)", "packages.address").value is None


@pytest.mark.parametrize(
    ("value", "marking"),
    [("public", "public"), ("Koalition", "coalition"), ("лише для своїх", "own"), ("PL; DE", "DE;PL")],
)
def test_markings_in_words_or_by_party(value: str, marking: str) -> None:
    assert read(value, "packages.marking") == Cell(marking)


def test_a_marking_that_cannot_be_read_hides_the_row() -> None:
    cell = read("pubic", "packages.marking")
    assert (cell.value, cell.failed) == ("own", True)


def test_direction_marks_are_told_of() -> None:
    assert [code for code, _ in told(read("a\u202eb", "packages.title"))] == ["cell-hidden-characters"]
    assert read("Łódź –\u00a0Zürich", "packages.title").faults == ()


def test_the_error_of_a_formula_is_no_value() -> None:
    assert told(read("#REF!", "packages.title"))[0][0] == "cell-formula-error"


@given(
    st.sampled_from(sorted(COLUMNS)),
    st.one_of(
        st.none(),
        st.text(max_size=40),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.dates(),
        st.datetimes(),
        st.from_regex(r"[-+]?[0-9.,' ]{1,12}[%a-zA-Z€]?", fullmatch=True),
        st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,4}([-/.][0-9]{1,4})?", fullmatch=True),
    ),
)
def test_no_value_in_any_column_raises_and_a_failed_cell_holds_nothing(
    name: tuple[str, str], value: Value
) -> None:
    cell = read(value, ".".join(name), "EUR")
    if cell.failed and name[1] != "marking":
        assert cell.value is None


def test_every_table_is_known_by_its_name() -> None:
    assert set(BY_NAME) == {table.name for table in TABLES}


@pytest.mark.parametrize(
    ("text", "minor"), [("(700)", -70000), ("( 1 200,50 )", -120050), ("(1.234.567,89)", -123456789)]
)
def test_an_amount_in_brackets_is_negative(text: str, minor: int) -> None:
    cell = read(text, "packages.amount", "EUR")
    assert cell.value == minor
    assert [one.code for one in cell.faults] == ["number-in-brackets"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("(700)", "lines.quantity"), ("700-", "packages.amount"), ("(EUR 700)", "packages.amount")],
)
def test_no_positive_number_is_proposed_for_what_may_be_negative(text: str, name: str) -> None:
    assert told(read(text, name, "EUR")) == [
        ("number-unreadable", "Write digits only, such as 1250 or 12.5.")
    ]
    assert told(read("700 - estimated", name, "EUR"))[0][1] != "Did you mean 700?"


def test_brackets_leave_open_what_a_separator_means() -> None:
    assert told(read("(1.234)", "packages.amount", "EUR")) == [
        ("number-ambiguous", "Write -1.234 or -1234, whichever is meant.")
    ]
