"""Land compensation budgeted: a sum that is stated; nothing set aside is not met."""

from tests.fund.rebuilding import fact, said

from konvoi.fund.principles.land import MEMBER
from konvoi.model.oc4ids import LAND


def test_a_sum_from_the_threshold_on() -> None:
    assert said(MEMBER, fact(LAND, "40000", currency="EUR")) == ("met", "40000 EUR")
    assert said(MEMBER, fact(LAND, "0", currency="EUR")) == ("not met", "0 EUR")


def test_no_sum_or_one_that_cannot_be_read_is_unknown() -> None:
    assert said(MEMBER)[0] == "unknown"
    assert said(MEMBER, fact(LAND, "plenty", currency="EUR")) == ("unknown", "plenty")
