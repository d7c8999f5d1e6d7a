"""What [forecast] of a konvoi.toml supposes: days by kind of step, and closures; what is wrong is said."""

import pytest

from konvoi.flow.forecast.supposed_days import DAYS, KEYS, as_assumptions, assumed, shocks, wrong
from konvoi.flow.settings import settings
from konvoi.forecast.delay import Spread
from konvoi.forecast.delays import MEMBERS

GOOD = """[forecast]
hand_over = [0, 0, 2.5]
transit = [0.9, 1, 2]
closures = { road = { a_year = 2, days = [1, 3, 10] } }
"""


def test_each_kind_of_step_has_a_key() -> None:
    assert {*DAYS.values(), "closure"} == {member.name for member in MEMBERS}
    assert set(KEYS) == {*DAYS, "closures"}


def test_what_is_right_is_taken() -> None:
    found, findings = settings(GOOD)
    assert findings == ()
    assert assumed(found.forecast) == {"hand over": Spread(0, 0, 2.5), "transit": Spread(0.9, 1, 2)}
    assert shocks(found.forecast).rows() == [("road", 2.0, 1.0, 3.0, 10.0)]
    assert as_assumptions(found.forecast) == (
        "forecast.transit: 0.9, 1, 2",
        "forecast.hand_over: 0, 0, 2.5",
        "forecast.closures.road: 2 / a, 1, 3, 10 d",
    )


def test_nothing_supposed_is_nothing_assumed() -> None:
    assert (assumed({}), shocks({}).rows(), as_assumptions({})) == ({}, [], ())


@pytest.mark.parametrize(
    "text",
    [
        "contract = [0, 0]",
        "contract = [3, 2, 1]",
        "contract = [0, 0, -1]",
        "contract = [0, 0, 366]",
        "contract = [0, 0, nan]",
        "contract = [0, 0, true]",
        'contract = "soon"',
        "transit = [1, 2, 3]",
        "production = [0, 1, 2]",
        "closures = 3",
        "closures = { road = 3 }",
        "closures = { road = { a_year = 0, days = [1, 1, 1] } }",
        "closures = { road = { a_year = 1, days = [0, 0, 1] } }",
        "closures = { road = { a_year = inf, days = [1, 1, 1] } }",
        "closures = { road = { a_year = 1, days = [1, 1, 1], of = 2 } }",
    ],
)
def test_what_is_wrong_is_a_finding_and_nothing_of_it_is_supposed(text: str) -> None:
    found, (finding,) = settings(f"[forecast]\n{text}\n")
    assert (finding.code, finding.place.column) == ("settings-value", "forecast")
    assert found.forecast == {}


def test_a_key_that_nobody_knows_is_told_of_and_the_others_hold() -> None:
    found, (finding,) = settings("[forecast]\nweather = 3\ncontract = [0, 1, 2]\n")
    assert (finding.code, finding.place.column) == ("settings-unknown", "forecast.weather")
    assert assumed(found.forecast) == {"contract": Spread(0, 1, 2)}


def test_a_table_that_is_none_is_wrong() -> None:
    assert wrong(3)
