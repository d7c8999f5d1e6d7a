"""What documents say of themselves; the ten agreements side by side, as read by eye."""

from datetime import date
from pathlib import Path

import pytest
from tests.accord.agreed import document
from tests.intake.texts.agreements import GOLDEN, US, agreement

from konvoi.accord.terms import ends_on, signed_on, terms, upon_signature


def test_each_point_is_found_with_its_clause_and_number() -> None:
    clauses = document(
        "T",
        "# I. End",
        "1. This Agreement is valid for ten years.",
        "2. It may be terminated with six months' notice.",
        "3. The Parties will consult within 24 hours.",
        "4. This Agreement shall enter into force upon signature.",
        "Signed in Arburg on 5 March 2031.",
    )
    found = terms(clauses)
    assert [(one.point, one.clause, one.number) for one in found] == [
        *(
            ("in force", "I/4", None),
            ("validity", "I/1", 10),
            ("consultation", "I/3", 24),
            ("termination", "I/2", 6),
        )
    ]
    assert upon_signature(found)
    signed = signed_on(clauses)
    assert signed == date(2031, 3, 5)
    assert ends_on(signed, found) == date(2041, 3, 5)


@pytest.mark.parametrize(
    ("words", "number", "ends"),
    [
        (
            "It comes into effect upon signature and is valid until 31 December 2032.",
            None,
            date(2032, 12, 31),
        ),
        ("It remains in force until December 31, 2032.", None, date(2032, 12, 31)),
        ("It shall remain in force for a period of five years.", 5, date(2036, 3, 5)),
        ("It remains in effect until the war is over.", None, None),
        ("It shall remain in force for 10 (ten) years.", 10, date(2041, 3, 5)),
        ("The term of this Agreement is ten (10) years.", 10, date(2041, 3, 5)),
        ("Ця Угода діє протягом десяти років з дати її підписання.", 10, date(2041, 3, 5)),
        ("Угода укладається строком на 10 (десять) років.", 10, date(2041, 3, 5)),
        ("Угода залишається чинною до 31 грудня 2032 року.", None, date(2032, 12, 31)),
    ],
)
def test_a_term_is_a_day_or_so_many_years(words: str, number: int | None, ends: date | None) -> None:
    found = terms(document("T", "# I. End", f"1. {words}"))
    assert next((one.number for one in found if one.point == "validity"), None) == number
    assert ends_on(date(2031, 3, 5), found) == ends


@pytest.mark.parametrize(
    "words",
    [
        "Either Participant may terminate it by six months' written notice.",
        "Each Party may denounce the Agreement with a notice of 6 months.",
        "It can be terminated by giving six (6) months notice.",
    ],
)
def test_notice_is_found_however_it_is_put(words: str) -> None:
    (found,) = terms(document("T", "# I. End", f"1. {words}"))
    assert (found.point, found.number) == ("termination", 6)


def test_force_that_waits_for_something_is_not_force_upon_signature() -> None:
    clauses = document("T", "# I. End", "1. This Agreement enters into force once it is ratified.")
    assert not upon_signature(terms(clauses))
    assert [one.point for one in terms(clauses)] == ["in force"]
    ratified = document("T", "# I. End", "1. This Agreement is subject to ratification by parliament.")
    assert [one.point for one in terms(ratified)] == ["ratification"]


SIDE = {
    "uk-2024-01-12.pdf": (date(2024, 1, 12), 10, 24, 6, False),
    "de-2024-02-16.pdf": (date(2024, 2, 16), 10, 24, 6, True),
    "fr-2024-02-16.docx": (date(2024, 2, 16), 10, 24, 6, False),
    "dk.docx": (date(2024, 2, 23), 10, 24, 6, True),
    "nl.docx": (date(2024, 3, 1), 10, 24, 3, True),
    "lv.docx": (date(2024, 4, 11), 10, 24, 6, False),
    "se.pdf": (date(2024, 5, 31), 10, 24, None, False),
    US: (date(2024, 6, 13), 10, 24, 6, True),
    "eu.docx": (date(2024, 6, 27), None, 24, None, True),
    "pl.docx": (date(2024, 7, 8), 10, 24, 6, False),
}
"""Day of signature, years of validity, hours to consult within, months of notice, whether it is reviewed."""


@pytest.mark.real_data
@pytest.mark.parametrize("name", GOLDEN)
def test_the_terms_of_an_agreement_are_those_read_by_eye(real_data: Path, name: str) -> None:
    clauses = agreement(real_data, name).tables["clauses"]
    found = {one.point: one.number for one in terms(clauses)}
    numbers = (found.get("validity"), found.get("consultation"), found.get("termination"), "review" in found)
    assert (signed_on(clauses), *numbers) == SIDE[name]


@pytest.mark.real_data
def test_eight_agreements_say_that_they_hold_upon_signature_and_none_asks_for_its_ratification(
    real_data: Path,
) -> None:
    found = {name: terms(agreement(real_data, name).tables["clauses"]) for name in GOLDEN}
    assert [name for name in GOLDEN if not upon_signature(found[name])] == ["se.pdf", "eu.docx"]
    assert [name for name in GOLDEN if any(one.point == "ratification" for one in found[name])] == []


def test_a_ukrainian_text_says_when_it_holds_how_it_ends_and_when_it_was_signed() -> None:
    text = document(
        "Угода",
        "# I. Прикінцеві положення",
        "1. Ця Угода набуває чинності з дати її підписання.",
        "2. Угоду може бути припинено, якщо Сторона повідомить про це за шість місяців.",
        "3. Сторони проводять консультації протягом 24 годин.",
        "Вчинено в Києві «12» січня 2031 року.",
    )
    found = terms(text)
    assert {one.point: one.number for one in found} == {
        "in force": None,
        "consultation": 24,
        "termination": 6,
    }
    assert upon_signature(found)
    assert signed_on(text) == date(2031, 1, 12)
