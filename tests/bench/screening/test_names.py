"""Names that bench.screen makes: romanised by the rules of each scheme, and altered as people alter them."""

import pytest
from bench.screening.altering import glued, initials, transposed, truncated
from bench.screening.common_names import common_names
from bench.screening.halves import HALVES, half
from bench.screening.identifiers import grouped, missed
from bench.screening.romanising import SCHEMES, applies, language, romanised


@pytest.mark.parametrize(
    ("scheme", "russian", "ukrainian"),
    [
        ("UA 2010", None, "Yurii Hryshchenko"),
        ("BGN/PCGN", "Yuriy Kas’yanov", "Yuriy Hryshchenko"),
        ("ICAO", "Iurii Kasianov", "Iurii Hryshchenko"),
        ("ISO 9", "Ûrij Kasʹânov", "Ûrìj Griŝenko"),
        ("German", "Juri Kasjanow", "Jurij Hryschtschenko"),
        ("French", "Iouri Kasianov", "Iouriï Hrychtchenko"),
        ("Spanish", "Yuri Kasyanov", "Yurii Hryschenko"),
        ("Polish", "Jurij Kasjanow", "Jurij Hryszczenko"),
    ],
)
def test_each_scheme_has_its_letters_and_rules(scheme: str, russian: str | None, ukrainian: str) -> None:
    assert applies(scheme, "ru") == (russian is not None)
    if russian:
        assert romanised("Юрий Касьянов", scheme, "ru") in (russian, russian.replace("sj", "śj"))
    assert romanised("Юрій Грищенко", scheme, "uk") == ukrainian
    assert scheme in SCHEMES


def test_the_language_is_told_by_letters_before_the_list() -> None:
    assert [language(one, "ua") for one in ("Рыбин", "Рибін", "Петров")] == ["ru", "uk", "uk"]
    assert language("Петров", "eu") == "ru"


def test_altered_names_differ_in_one_thing() -> None:
    assert initials("Ivan Petrovych", "SHULHA") == "I. P. SHULHA"
    assert sorted(transposed("Orlem Works", 3)) == sorted("Orlem Works") != list("Orlem Works")
    assert glued("Orlem Works", 3) == "OrlemWorks"
    assert truncated("Orlem Joint Stock Company") == "Orlem Joint Stock Comp"


def test_common_names_are_so_many_and_no_two_alike() -> None:
    for names in common_names(500).values():
        assert len(set(names)) == 500


def test_a_listing_is_of_one_half_and_both_halves_are_used() -> None:
    assert {half(f"eu:list:{at}") for at in range(20)} == set(HALVES)


def test_a_number_is_missed_where_no_spelling_gives_its_type_and_value() -> None:
    assert grouped("7707083893", "-", 3) == "770-708-389-3"
    assert missed("inn", "7707083893", "entity") == []
    assert missed("inn", "770708389", "entity") != []
