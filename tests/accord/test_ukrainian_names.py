"""States in Ukrainian texts, in the cases of titles."""

import pytest

from konvoi.accord.ukrainian_names import named_in_ukrainian


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("МІЖ УКРАЇНОЮ ТА КОРОЛІВСТВОМ ШВЕЦІЯ", ["UA", "SE"]),
        ("між Україною та Сполученим Королівством Великої Британії і Північної Ірландії", ["UA", "GB"]),
        ("між Україною та Федеративною Республікою Німеччина", ["UA", "DE"]),
        ("між Україною і Королівством Данія", ["UA", "DK"]),
        ("між Україною та Європейським Союзом", ["UA", "EU"]),
        ("французькі компанії в українських містах", []),
    ],
)
def test_states_are_found_in_any_case(text: str, states: list[str]) -> None:
    assert list(named_in_ukrainian(text)) == states
