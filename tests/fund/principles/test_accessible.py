"""Accessible: people with disabilities can use it; only an attestation says so."""

from tests.fund.rebuilding import attested, fact, rebuilt, said

from konvoi.fund.principles.accessible import MEMBER


def test_an_attestation_says_met_or_not_and_nothing_else_does() -> None:
    for verdict in ("met", "not met"):
        rows = rebuilt(attestations=[attested(MEMBER.name, verdict)])["attestations"].to_dicts()
        assert said(MEMBER, threshold=None, attestations=rows) == (verdict, "")
    assert said(MEMBER, fact("description", MEMBER.name), threshold=None) == ("unknown", "")
