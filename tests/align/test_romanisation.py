"""Cyrillic words are written in Latin letters by schemes that differ in more than sound."""

import pytest

from konvoi.align.phonetic_key import spoken, words
from konvoi.align.romanisation import cyrillic, written


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("зайцев", ("Saizew", "Zajcev", "Zaïtsev", "Zaitsev", "Zajcew")),
        ("щербаков", ("Schtscherbakow", "Ŝerbakov", "Ščerbakov", "Chtcherbakov", "Szczerbakow")),
        ("михаил", ("Michail", "Mihail", "Mikhaïl", "Mijail")),
        ("пушилин", ("Puschilin", "Pušilin", "Pouchiline", "Puszylin")),
        ("геннадиев", ("Gennadijew", "Guennadiev", "Guennadiyev")),
        ("подъезд", ("Podjesd", "Podiezd")),
    ],
)
def test_each_spelling_is_that_of_some_scheme(name: str, spellings: tuple[str, ...]) -> None:
    forms = {form for one in written([name]) for form in one}
    assert {spoken(words(one)[0]) for one in spellings} <= forms


def test_words_keep_their_order_and_none_is_lost() -> None:
    assert {len(one) for one in written(["зайцев", "щукин", "юрий"])} == {3}
    assert written([]) == [[]] * len(written(["а"]))


def test_a_word_in_latin_letters_has_the_cyrillic_ones_of_most_lists() -> None:
    assert [cyrillic(one) for one in ("shchukin", "yurchenko", "tsaryov", "maxim")] == [
        "щукин",
        "юрченко",
        "царёв".replace("ё", "ио"),
        "максим",
    ]
