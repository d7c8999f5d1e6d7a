"""A name is read as the listed words that other schemes, slips and cut fields write so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.readings import (
    MOST,
    initialled,
    misspelt,
    readings,
    shortened,
    vocabulary,
    with_listed_initials,
)

LISTED = vocabulary(
    [
        "Зайцев Кирилл Юрьевич",
        "Черкасов Владимир",
        "Щукин Василий",
        "Шипулин Михаил",
        "Харков Сергей",
        "Chubais Anatoly",
        "Siemens AG",
        "Haqqani Network (HQN)",
        "Pearl of the Northern Development Foundation",
        "Li Na",
    ]
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Kirill Čerkasov", "kirill черкасов"),
        ("Kirill Saizew", "kirill зайцев"),
        ("Kirill Zajcev", "kirill зайцев"),
        ("Chipouline", "шипулин"),
        ("Miguel Járkov", "miguel харков"),
        ("Mijaíl Shipulin", "михаил shipulin"),
        ("Szczukin", "щукин"),
        ("Anatolij Tchoubaïs", "anatolij chubais"),
    ],
)
def test_a_name_of_another_scheme_is_read_as_the_listed_word(written: str, meant: str) -> None:
    assert meant in readings(written, LISTED)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Rosti Zaitsev", ()),
        ("Siemnes AG", ("siemens ag",)),
        ("SiemensAG", ("siemens ag",)),
        ("HaqqaniNetwork (HQN)", ("haqqani network",)),
        ("Черкаосв", ("черкасов",)),
        ("Pearl of the Northern Develop", ("pearl of the northern development foundation",)),
        ("Orlem Works Joint Stock Compan", ("orlem works",)),
        ("Sie mens AG", ("siemens ag",)),
        ("Il Na", ()),
    ],
)
def test_slips_of_letters_words_and_fields_are_read_as_what_is_listed(
    written: str, meant: tuple[str, ...]
) -> None:
    assert readings(written, LISTED) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("K. Zaitsev", ("заицев кирилл юрьевич",)),
        ("Zaitsev K.Yu.", ("заицев кирилл юрьевич",)),
        ("К. Ю. Зайцев", ("заицев кирилл юрьевич",)),
        ("Y. Zaitsev K.", ()),
        ("V. Zaitsev", ()),
        ("K. Y.", ()),
        ("Kirill Zaitsev", ()),
    ],
)
def test_initials_are_read_as_the_listed_names_that_they_begin(written: str, meant: tuple[str, ...]) -> None:
    assert initialled(written, LISTED) == meant


@given(st.text(max_size=30))
def test_whatever_a_name_holds_its_readings_are_few_and_none_stands_twice(name: str) -> None:
    read = readings(name, LISTED)
    assert len(set(read)) == len(read) <= MOST
    assert initialled(name, vocabulary([])) == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Kirya Zaitsev", "kirill zaitsev"),
        ("Кирюша Зайцев", None),
        ("Misha Shipulin", "michael shipulin"),
        ("Вова Черкасов", "vladimir черкасов"),
        ("Misha", None),
    ],
)
def test_a_short_form_is_read_as_the_given_name_that_a_list_holds(written: str, meant: str | None) -> None:
    found = shortened(written, LISTED)
    assert (meant in found) if meant else found == ()


def test_a_given_name_is_read_as_the_short_form_that_a_list_holds() -> None:
    listed = vocabulary(["Vanya Sample"])
    assert shortened("Ivan Sample", listed) == ("vanya sample",)
    assert shortened("Petro Sample", listed) == ()


def test_initials_of_a_list_stand_for_the_words_of_a_name() -> None:
    listed = vocabulary(["V. V. Sample", "A. Sample", "Sample V.", "Ю. Семпл", "V. Other"])
    assert with_listed_initials("Vladimir Viktorovich Sample", listed) == ("sample v", "v v sample")
    assert with_listed_initials("Vladimir Sample", listed) == ("sample v",)
    assert with_listed_initials("Yurii Sempl", listed) == ("ю семпл",)
    assert with_listed_initials("Sample", listed) == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Siements AG", ("siemens ag",)),
        ("Siemans AG", ("siemens ag",)),
        ("Simens AG", ("siemens ag",)),
        ("Siemms AG", ()),
        ("Щукин Васикий", ("щукин василии",)),
        ("Siemens AG", ()),
        ("Na Li", ()),
    ],
)
def test_a_word_with_one_other_letter_is_read_as_the_listed_word(
    written: str, meant: tuple[str, ...]
) -> None:
    assert misspelt(written, LISTED) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Angela Stellaris", ("angela stellantis",)),
        ("Angela Ttellantes", ()),
        ("Bertha Stellaris", ()),
        ("Stellaris", ()),
        ("Angela Stelaris", ()),
    ],
)
def test_two_slips_in_a_long_word_are_read_beside_all_other_words_of_a_listed_name(
    written: str, meant: tuple[str, ...]
) -> None:
    """Another first letter, an unlisted word, a word alone, and three slips are not read so."""
    listed = vocabulary(["Angela Stellantis", "Bertha Tarnwick"])
    assert misspelt(written, listed) == meant
