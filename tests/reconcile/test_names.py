"""Names against declared rows: what is one thing is found, what is two is never joined."""

from konvoi.reconcile.names import Vocabulary, two

GOODS = Vocabulary(
    {
        "howitzer-155": ("howitzer-155", "155 mm howitzer"),
        "howitzer-152": ("howitzer-152", "152 mm howitzer"),
        "shell-155": ("shell-155", "155 mm artillery shell"),
        "generator": ("generator", "Diesel generator"),
    },
    translated=True,
)


def test_case_plural_hyphens_and_units_without_a_space_do_not_matter() -> None:
    assert GOODS.exact("155MM Howitzers") == {"howitzer-155"}
    assert GOODS.exact("howitzer 155") == {"howitzer-155"}


def test_a_good_in_another_language_is_the_one_of_the_same_numbers() -> None:
    assert GOODS.translation("Haubitzen, 152 mm") == {"howitzer-152"}
    assert GOODS.translation("Гаубиці 155 мм") <= {"howitzer-155"}


def test_one_wrong_letter_is_a_slip_and_one_wrong_digit_is_another_good() -> None:
    assert GOODS.misspelt("Diesel genarator") == {"generator"}
    assert GOODS.misspelt("156 mm howitzer") == frozenset()


def test_other_numbers_are_never_proposed() -> None:
    assert GOODS.like("towed howitzer 152 mm") == ("howitzer-152",)
    assert GOODS.like("122 mm howitzer") == ()


def test_a_name_without_a_number_may_be_either() -> None:
    assert GOODS.like("howitzers") == ("howitzer-152", "howitzer-155")


def test_what_is_fired_is_never_what_fires_it() -> None:
    assert two("155 mm howitzer", "155 mm howitzer ammunition")
    assert "howitzer-155" not in GOODS.like("155 mm howitzer ammunition")


def test_numbered_places_are_two() -> None:
    places = Vocabulary({"H51": ("H51", "Hospital 51"), "H52": ("H52", "Hospital 52")})
    assert places.misspelt("Hospitel 52") == {"H52"}
    assert places.misspelt("Hospital 53") == frozenset()
    assert places.like("Hospital no. 53") == ()
