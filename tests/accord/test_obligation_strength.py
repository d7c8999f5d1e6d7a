"""What words weigh: one sentence for each force and reservation, and what is no promise."""

import pytest

from konvoi.accord.obligation_strength import (
    PAST,
    Reach,
    bars_law,
    force,
    governing,
    past,
    reservations,
    whole,
)


@pytest.mark.parametrize(
    ("sentence", "means"),
    [
        ("The Parties shall meet.", "binding"),
        ("The UK undertakes that it would help.", "binding"),
        ("The UK will help.", "political"),
        ("Latvia is committed to helping.", "political"),
        ("Germany has decided to provide means.", "political"),
        ("The Participants will seek to help.", "best effort"),
        ("The Participants will make every effort.", "best effort"),
        ("Germany intends to help.", "intention"),
        ("Denmark stands ready to help.", "intention"),
        ("Latvia has set the target of helping.", "intention"),
    ],
)
def test_a_sentence_has_the_force_of_its_verb(sentence: str, means: str) -> None:
    found = force(sentence)
    assert found is not None
    assert found.means == means
    assert sentence[found.start : found.end]


def test_the_verb_right_before_a_sum_weighs_not_one_behind_it() -> None:
    assert weight("The Fund adds [EUR 5 billion], and more could be envisaged.") == "political"
    assert weight("It intends to help and will give [EUR 5 million].") == "political"


@pytest.mark.parametrize(
    ("sentence", "means"),
    [
        ("It will give EUR 2 million on top of the [EUR 1 million] already delivered.", PAST),
        ("In addition to EUR 1 million already delivered, it will give [EUR 2 million].", "political"),
        ("It has committed [EUR 5 million] for next year.", "political"),
        ("It has committed [EUR 5 million] to date.", PAST),
        ("[EUR 5 million] will be provided.", "political"),
        ("[EUR 5 million] has been provided, and more will follow.", PAST),
        ("It shall give EUR 1 million and [EUR 2 million] for ships.", "binding"),
        ("The support will amount to [EUR 5 million].", "political"),
        ("It does not commit [EUR 5 million].", None),
        ("The sky over [EUR 5 million] is blue.", None),
    ],
)
def test_each_sum_of_a_sentence_has_its_own_verb(sentence: str, means: str | None) -> None:
    assert weight(sentence) == means


def weight(marked: str) -> str | None:
    """What governs the sum in square brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    others = [one for one in (text.find("EUR"), text.rfind("EUR")) if one != start]
    reach = Reach(
        max((one for one in others if one < start), default=0),
        min((one for one in others if one > start), default=len(text)),
    )
    found = governing(text, start, end, reach)
    return found.means if found else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Support so far amounts to much.",
        "Poland has provided 44 packages.",
        "Its value exceeded 4 billion EUR.",
    ],
)
def test_what_was_given_or_adds_up_is_a_statement_of_the_past(sentence: str) -> None:
    found = past(sentence)
    assert found is not None
    assert found.means == PAST


def test_what_will_amount_to_something_is_to_come() -> None:
    assert past("The support will amount to at least EUR 1.8 billion.") is None


@pytest.mark.parametrize(
    ("sentence", "means"),
    [
        ("Budgetary provisions apply and require authorization from the Bundestag.", ["parliament", "funds"]),
        ("It is subject to the availability of appropriated funds.", ["funds"]),
        ("In accordance with its legal and constitutional requirements, it will help.", ["law"]),
        ("As security conditions allow, it will help.", ["security"]),
        ("It will help.", []),
    ],
)
def test_a_sentence_says_what_it_is_subject_to(sentence: str, means: list[str]) -> None:
    assert [one.means for one in reservations(sentence)] == means


def test_a_reservation_may_be_meant_for_the_whole_document() -> None:
    assert whole("Any budgetary commitments will need approval from the Government.")
    assert not whole("The UK will help, subject to the availability of funds.")
    assert bars_law("Nothing in this annex is intended to give rise to rights or obligations.")
