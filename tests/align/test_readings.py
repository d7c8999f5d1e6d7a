"""Names that French or German texts write in Latin letters are read as most lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.readings import readings


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Chichkine Iouri", "shishkine yuri"),
        ("Tchernychov", "chernyshov"),
        ("Chtchoukine", "shchukine"),
        ("Kil'cevskij", "kil'chevskij"),
        ("Cypkin", "tsypkin"),
        ("Scerbak", "shcherbak"),
        ("Charkov", "kharkov"),
        ("Dzabarov", "dzhabarov"),
    ],
)
def test_a_spelling_of_another_language_has_the_usual_one_among_its_readings(
    written: str, meant: str
) -> None:
    assert meant in readings(written)


def test_a_name_without_such_letters_and_a_cyrillic_one_have_no_other_reading() -> None:
    assert readings("Ivanov Petr") == readings("Чичкин Иван") == ()


@given(st.text(max_size=30))
def test_whatever_a_name_holds_no_reading_is_the_name_itself_and_none_stands_twice(name: str) -> None:
    read = readings(name)
    assert name.casefold() not in read
    assert len(set(read)) == len(read) <= 3
