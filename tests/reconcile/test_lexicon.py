"""Words of goods in several languages are one word, and a phrase is not taken apart."""

from hypothesis import example, given
from hypothesis import strategies as st

from konvoi.reconcile.lexicon import called


def test_words_stand_once_in_one_language_and_in_order() -> None:
    assert called("LKW, lorry; trucks of the вантажівки") == "truck"
    assert called("Panzerabwehr Raketen") == "antitank missile"


def test_a_phrase_is_one_word_and_its_parts_alone_are_none() -> None:
    assert called("machine guns") == "machine_gun"
    assert called("guns for a machine") == "a gun machine"


@given(st.text())
@example("µ")
@example("ὀβίδα ᲆ")
def test_any_text_has_words_and_saying_them_again_changes_nothing(text: str) -> None:
    once = called(text)
    assert called(once.replace("_", " ")) == once
