"""Keys of GS1 mean the same in every form in which they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.model.gs1 import Key, key, party, place, transaction, uri


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("urn:epc:id:sgtin:0614141.107346.2017", "https://id.gs1.org/01/10614141073464/21/2017"),
        ("urn:epc:class:lgtin:0614141.107346.L%2F7", "https://example.org/x/01/10614141073464/10/L%2F7?a=b"),
        ("urn:epc:id:sscc:0614141.1234567890", "https://id.gs1.org/00/106141412345678908"),
    ],
)
def test_both_forms_are_one_key(one: str, other: str) -> None:
    assert key(one) == key(other) != Key()


def test_places_and_parties_by_number_are_one_in_both_forms() -> None:
    assert place("urn:epc:id:sgln:0614141.07346.0") == place("https://id.gs1.org/414/0614141073467")
    assert party("urn:epc:id:pgln:4000001.00012") == party("https://id.gs1.org/417/4000001000128")


@pytest.mark.parametrize(
    "strange", ["", "urn:epc:id:sgtin:x.y.z", "urn:epc:id:sgtin:1", "https://id.gs1.org/01"]
)
def test_what_is_no_key_never_raises(strange: str) -> None:
    assert key(strange).good in ("", f"uri:{strange}")
    assert place(strange) == strange


ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda id: ":" not in id)


@given(id=ids)
def test_our_own_ids_come_back_whatever_they_hold(id: str) -> None:
    assert key(uri("good", id)).good == id
    assert place(uri("site", id)) == id
    assert party(uri("party", id)) == id
    assert transaction(uri("paper", id)) == id


@given(text=st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for before in ("", "urn:konvoi:", "urn:epc:id:sgtin:", "https://id.gs1.org/01/", "urn:epc:id:sgln:"):
        key(before + text)
        place(before + text)
        transaction(before + text)
