"""Ukraine: decrees as rows, one history for each party, numbers with slips of the pen."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.align.lists import BY_NAME, by_id, read_sample, real, sample

from konvoi.align.frames import frames
from konvoi.align.listing import Kind, Listing, NameKind, Order
from konvoi.kit.days import Days


def named(text: str) -> Listing:
    (one,) = (one for one in read_sample("ua").listings if any(text in name.text for name in one.names))
    return one


def test_a_renewal_is_a_row_of_one_history() -> None:
    """Of a person by name and birth, whatever blanks; of an entity by its number, whatever name."""
    person, entity = named("Приклад Іван"), named("Завод")
    assert [m.act for m in person.measures] == ["decree 1-2031"] * 2 + ["decree 9-2034"] * 2
    assert (person.since, person.until) == (Days(date(2031, 6, 21), date(2031, 6, 21)), None)
    assert entity.until == date(2037, 3, 11)
    assert [name.text for name in entity.names][-1] == 'Акціонерне товариство "Приклад"'


def test_numbers_are_known_by_shape_and_check_digits_where_the_label_is_a_slip() -> None:
    """ЄДРПОУ before thirteen digits, ІПГ for ІПН."""
    assert [(i.type, i.value, i.valid) for i in named("Завод").identifiers] == [
        ("ogrn", "1027700132195", True),
        ("inn", "7707083893", True),
        ("kpp", "773601001", None),
    ]
    assert [(i.type, i.valid) for i in named("Банк").identifiers] == [("edrpou", True), ("inn", False)]
    assert "identifier-check" in {f.code for f in read_sample("ua").findings}


def test_passports_and_tax_numbers_stand_in_remarks_without_their_days_of_issue() -> None:
    found = named("Приклад Іван").identifiers
    assert [(i.type, i.value, i.country) for i in found] == [
        ("passport", "100093775", ""),
        ("passport", "EC441077", "UA"),
        ("rnokpp", "2086000524", "UA"),
    ]


def test_names_are_told_apart_by_their_columns_and_a_country_code_by_its_looks() -> None:
    """АМ is typed in Cyrillic."""
    assert named("Приклад Іван").nationalities == ("AM",)
    assert [(n.text, n.kind) for n in named("Семпл Жан").names] == [
        ("Семпл Жан", NameKind.PRIMARY),
        ("Jean Sample", NameKind.ORIGINAL),
        ("Жан Семпль", NameKind.ALSO),
        ("SAMPLE JEAN", NameKind.ALSO),
    ]


def test_each_numbered_piece_is_a_measure_in_its_own_words() -> None:
    entity = named("Банк")
    assert [m.order for m in entity.measures] == [Order.DEALING_BAN, Order.PROCUREMENT_BAN, Order.OTHER]
    assert entity.measures[2].text == "щось нове"


def test_the_register_speaks_from_its_first_to_its_last_decree_and_tells_where_it_is_behind() -> None:
    assert read_sample("ua").spoken == Days(date(2031, 3, 11), date(2034, 6, 21))
    late = BY_NAME["ua"].read(sample("ua"), date(2034, 8, 1))
    assert [f.read for f in late.findings if f.code == "register-behind"] == ["2034-06-21"]


def test_a_term_without_end_that_ends_is_told_of() -> None:
    assert [f.read for f in read_sample("ua").findings if f.code == "term-unclear"] == [
        "Безстроково, 2032-01-01"
    ]


@pytest.mark.slow
@pytest.mark.real_data
def test_the_counts_of_the_real_register(real_data: Path) -> None:
    """3,915 persons, 1,762 entities, the last decree of 21 May 2021; past their end on 4 May 2022."""
    found = real(real_data, "ua")
    assert found.facts == {"persons": 3915, "entities": 1762}
    assert found.spoken is not None
    assert found.spoken.last == date(2021, 5, 21)
    made = frames("ua", found.listings)
    kinds = made.listings.select("listing", "kind")
    rows = made.measures.join(kinds, on="listing").unique(["kind", "row"])
    past = rows.filter(pl.col("until") < date(2022, 5, 4)).group_by("kind").len().sort("kind")
    assert past.rows() == [("entity", 1140), ("person", 902)]


@pytest.mark.real_data
def test_3116_rows_of_persons_have_no_latin_name(real_data: Path) -> None:
    """A name is Latin where three Latin letters stand together; single ones are slips of the pen."""
    from tests.align.lists import real_file

    sheet = real_file(real_data / "sanctions" / "ua" / "sanctions.xlsx").sheets["Фізичні особи"]
    cells = [" ".join(str(cell) for cell in cells[10:12] if cell) for _, cells in sheet[1:]]
    assert sum(not re.search("[A-Za-z]{3}", text) for text in cells) == 3116


@pytest.mark.real_data
def test_real_numbers_of_entities_hold_but_for_slips(real_data: Path) -> None:
    ids = [i for one in real(real_data, "ua").listings if one.kind == Kind.ENTITY for i in one.identifiers]
    checked = [i for i in ids if i.valid is not None]
    assert len(checked) > 2500
    assert sum(not i.valid for i in checked) < 40
    assert by_id(real(real_data, "ua").listings)
