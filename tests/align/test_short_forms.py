"""Short forms of given names, compared by sound."""

from konvoi.align.phonetic_key import sound
from konvoi.align.short_forms import other_forms


def test_a_short_form_gives_every_given_name_that_it_may_stand_for_and_a_given_name_its_short_forms() -> None:
    assert other_forms("Slava") == ("stanislav", "vladislav", "vyacheslav", "yaroslav")
    assert other_forms("Слава") == other_forms("Slava")
    assert {"vova", "volodya"} <= set(other_forms("Volodymyr"))


def test_a_name_without_other_forms_and_a_family_name_give_none() -> None:
    assert other_forms("Zurab") == other_forms("Kovalenko") == other_forms("") == ()


def test_a_given_name_gives_its_forms_in_other_languages() -> None:
    assert {"ivan", "johann", "juan", "jean"} <= set(other_forms("John"))
    assert "georgy" in other_forms("Юрій")
    assert "yuri" in other_forms("Георгий")
    assert sound("wladimir") == sound("volodymyr")
