"""Legal forms are taken out of names of companies, in whatever language they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.legalforms import LIMITED, SHARES, STATE, abbreviated, parted
from konvoi.align.phonetic_key import words


@pytest.mark.parametrize(
    ("name", "rest", "form"),
    [
        ("ООО «Альфа Банк»", ("alfa", "bank"), LIMITED),
        ("Alfa Bank, LLC", ("alfa", "bank"), LIMITED),
        ("Товариство з обмеженою відповідальністю «Альфа»", ("alfa",), LIMITED),
        ("Открытое акционерное общество Гродно Азот", ("hrodno", "azot"), SHARES),
        ("Public Joint Stock Company Kamaz", ("kamaz",), SHARES),
        ("ФГУП Крым", ("krym",), STATE),
        ("Kronshtadt", ("kronshtadt",), ""),
        ("Joint Stock Company", (), SHARES),
        ("Obshchestvo s ogranichennoi otvetstvennostiu Alfa", ("alfa",), LIMITED),
        ("Tovarystvo z obmezhenoyu vidpovidalnistyu Alfa", ("alfa",), LIMITED),
        ("Ko Alfa", ("ko", "alfa"), ""),
    ],
)
def test_a_name_is_parted_from_its_legal_form(name: str, rest: tuple[str, ...], form: str) -> None:
    assert parted(words(name)) == (rest, form)


def test_a_long_word_with_a_slip_of_the_pen_is_a_legal_form_too() -> None:
    rest, _ = parted(words("общество с ограниченой отвественностью Звезда"))
    assert "zvezda" in rest
    assert not any(len(word) > 7 for word in rest)


def test_a_form_within_a_word_stays() -> None:
    """`ag` is a form, `agro` is none."""
    assert parted(words("Agro Zaoblako")) == (("agro", "zaoblako"), "")


@given(st.lists(st.text(alphabet="abcdxyz", min_size=1, max_size=6), max_size=5).map(tuple))
def test_nothing_is_added_to_a_name(name: tuple[str, ...]) -> None:
    rest, _ = parted(name)
    assert set(rest) <= set(abbreviated(name))
