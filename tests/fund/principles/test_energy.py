"""Energy standard: at most so much a year for each square metre, as it was measured."""

from decimal import Decimal

from tests.fund.rebuilding import attested, rebuilt, said

from konvoi.fund.principles.energy import MEMBER


def rows(**more: object) -> list[dict[str, object]]:
    return rebuilt(attestations=[attested(MEMBER.name, **more)])["attestations"].to_dicts()  # type: ignore[arg-type]


def test_what_was_measured_is_held_against_the_threshold() -> None:
    assert said(MEMBER, threshold=50, attestations=rows(verdict=None, value=Decimal(50))) == ("met", "50")
    over = rows(verdict="met", value=Decimal("50.5"))
    assert said(MEMBER, threshold=50, attestations=over) == ("not met", "50.5")


def test_a_word_without_a_number_is_not_enough() -> None:
    assert said(MEMBER, threshold=50, attestations=rows(verdict="met"))[0] == "unknown"
