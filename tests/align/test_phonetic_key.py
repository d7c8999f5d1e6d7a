"""Spellings of one name over scripts and languages fall together, and different names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.phonetic_key import all_words, father, skeleton, sound, words


def sounds(text: str) -> list[str]:
    return [sound(word) for word in words(text)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Николай", "Mykola"),
        ("Володимир", "Uladzimir"),
        ("Сергей", "Siarhei"),
        ("Дмитрий", "Dzmitry"),
        ("Євген", "Yauhen"),
        ("Пётр", "Petro"),
        ("Ольга", "Volha"),
        ("Михаил", "Mykhailo"),
    ],
)
def test_forms_of_a_given_name_in_the_three_languages_are_one(left: str, right: str) -> None:
    assert sounds(left) == sounds(right)


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("Иванова", "Ivanov"),
        ("Petrovskaya", "Петровський"),
        ("Kuznetsova", "Кузнецов"),
        ("Путина", "Putin"),
    ],
)
def test_a_womans_family_name_is_a_mans(woman: str, man: str) -> None:
    assert sounds(woman) == sounds(man)


@pytest.mark.parametrize(
    ("cyrillic", "written"),
    [
        ("Щербаков", ["Shcherbakov", "Scherbakov"]),
        ("Чайковский", ["Tchaikovsky", "Chaikovskii", "Chajkovskij"]),
        ("Хабаров", ["Khabarov"]),
        ("Ющенко", ["Yushchenko", "Iushchenko"]),
    ],
)
def test_romanisations_of_a_name_have_one_skeleton(cyrillic: str, written: list[str]) -> None:
    keys = {skeleton(one) for name in (cyrillic, *written) for one in sounds(name)}
    assert len(keys) == 1


@pytest.mark.parametrize(("left", "right"), [("Ivanov", "Petrov"), ("Sergei", "Andrei"), ("Oleg", "Igor")])
def test_different_names_stay_different(left: str, right: str) -> None:
    assert sounds(left) != sounds(right)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Шевченко Микола Миколайович", (2, "nkl")),
        ("Nikolai Nikolaevich Shevchenko", (1, "nkl")),
        ("Anna Vladimirovna Ivanova", (1, "vldmr")),
        ("Roman Arkadyevich Abramovich", (1, "rkd")),
        ("Abramovich Roman Arkadyevich", (2, "rkd")),
        ("Roman Abramovich", (-1, "")),
        ("John Fitzgerald Smith", (-1, "")),
    ],
)
def test_the_patronymic_is_found_wherever_it_stands(name: str, found: tuple[int, str]) -> None:
    assert father(words(name)) == found


@given(st.text(max_size=40))
def test_any_text_has_words_that_sound(text: str) -> None:
    """Damaged text never raises, and no word is lost to nothing."""
    for word in words(text):
        assert sound(word)
        assert skeleton(sound(word))
    father(words(text))


@given(st.lists(st.text(max_size=30), max_size=5))
def test_many_texts_at_once_have_the_words_that_each_has_alone(texts: list[str]) -> None:
    assert all_words(texts) == [words(text) for text in texts]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Cергеевич", "Сергеевич"), ("ГOBOP", "ГОВОР"), ("Ниĸолай", "Николай")],
)
def test_latin_letters_typed_for_cyrillic_ones_are_read_as_these(typed: str, meant: str) -> None:
    assert words(typed) == words(meant)
