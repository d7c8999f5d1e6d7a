"""Running cost covered: for at least so many years."""

from decimal import Decimal

from tests.fund.rebuilding import attested, rebuilt, said

from konvoi.fund.principles.running_cost import MEMBER


def test_as_many_years_as_the_threshold_or_more() -> None:
    for years, verdict in ((5, "met"), (4, "not met")):
        row = attested(MEMBER.name, None, value=Decimal(years))
        found = rebuilt(attestations=[row])["attestations"].to_dicts()
        assert said(MEMBER, threshold=5, attestations=found) == (verdict, str(years))
