"""Words of companies' names that lists translate stand for one thing, whichever language they are in."""

from collections import defaultdict

import pytest

from konvoi.align.lexicon import NOTHING, SHORT, WORDS
from konvoi.align.phonetic_key import spoken, words
from konvoi.align.translating import translated


def _heard(name: str) -> list[str]:
    return sorted(map(spoken, translated(words(name))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Пермский пороховой завод", "Perm Powder Plant"),
        ("Научно-исследовательский институт связи", "Scientific Research Institute of Communication"),
        ("НПО «Сплав»", "Research and Production Association Splav"),
        ("Ульяновський механічний завод", "Ulyanovsk Mechanical Plant"),
        ("Арзамасский машиностроительный завод", "Arzamas Machine-Building Factory"),
        ("Kontsern Avtomatika", "Concern Automation"),
        ("Судостроительный завод «Залив»", "Zaliv Shipyard"),
        ("123 авиаремонтный завод", "123rd Aircraft Repair Plant"),
        ("Дзяржаўны інстытут", "State Institute"),
        ("Техприбор", "Techpribor"),
        ("Научно-исследовательскийинститут", "Research Institute"),
    ],
)
def test_a_name_and_its_translation_are_the_same_words(one: str, other: str) -> None:
    assert _heard(one) == _heard(other)


@pytest.mark.parametrize(("one", "other"), [("Судоремонтный завод", "Shipyard"), ("Полк", "Battalion")])
def test_what_means_another_thing_stays_another(one: str, other: str) -> None:
    assert set(translated(words(one))) != set(translated(words(other)))


def test_a_word_that_no_entry_knows_stays_as_it_is() -> None:
    assert translated(words("Kalmius Zaslon")) == ("kalmius", "zaslon")


def test_an_english_word_takes_no_russian_ending() -> None:
    """A port is a port; Porta, Porto and Portov are names."""
    assert translated(words("Ports")) == ("port",)
    assert "arm" not in translated(words("Army"))


def test_words_of_a_proper_name_written_as_one_stay_a_name() -> None:
    """Oboronlogistics is a firm, and logistics of defence are another thing."""
    assert translated(words("Oboronlogistics")) == ("oboronlogistics",)


def test_no_word_stands_in_two_entries() -> None:
    of: dict[str, set[str]] = defaultdict(set)
    for table in (WORDS, SHORT, f"-: {NOTHING}"):
        for entry in " ".join(table.split()).split(";"):
            meant, _, written = entry.strip().partition(":")
            for word in (*([meant] if " " not in meant else []), *written.split()):
                of[word].add(meant)
    assert {word: several for word, several in of.items() if len(several) > 1} == {}


def test_every_entry_begins_with_words_that_stand_for_themselves() -> None:
    """Else a word would be told by two words of different entries."""
    for entry in " ".join(WORDS.split()).split(";"):
        meant = entry.partition(":")[0].split()
        assert all(translated((word,)) in ((word,), ()) for word in meant), entry


def test_entries_sound_like_words() -> None:
    for word in f"{WORDS} {SHORT}".replace(":", " ").replace(";", " ").split():
        assert spoken(words(word)[0])
