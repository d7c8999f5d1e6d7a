"""Cyrillic letters become Latin ones, and all others stay."""

from hypothesis import given
from hypothesis import strategies as st

from konvoi.kit.latin import latin


def test_names_are_written_as_the_ukrainian_table_has_them_but_for_the_beginning_of_words() -> None:
    assert latin("Запоріжжя, Щасливе, Ґалаґан") == "Zaporizhzhia, Shchaslyve, Galagan"
    assert latin("Объект ёлки") == "Obekt elky"


def test_greek_georgian_and_armenian_names_become_comparable() -> None:
    assert latin("Γεώργιος Παπαδόπουλος") == "Georgios Papadopoulos"
    assert latin("ზურაბ ქობალია") == "zurab kobalia"
    assert latin("Գագիկ Ծառուկյան") == "Gagik Tsarukyan"


def test_letters_with_accents_and_of_other_widths_are_written_as_their_base() -> None:
    assert latin("5 µg, ᾳ, ӑ, 𝛼") == "5 mg, ai, a\u0306, a"
    assert latin("Ἀθήνα") == "A\u0313thina"  # the breathing stays, as an accent of "Zürich" does


@given(
    st.text(alphabet=st.characters(exclude_categories=["Lo"], exclude_characters="µ", max_codepoint=0x2FF))
)
def test_latin_letters_stay_as_they_are(text: str) -> None:
    assert latin(text) == text


@given(st.text())
def test_what_is_written_in_latin_letters_stays_when_it_is_written_again(text: str) -> None:
    assert latin(latin(text)) == latin(text)
