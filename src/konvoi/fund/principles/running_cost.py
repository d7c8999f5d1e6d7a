"""Running cost covered: for at least so many years a party pays for its upkeep."""

from konvoi.fund.principle import AT_LEAST, Principle

MEMBER = Principle("running cost covered", "attestations.value", AT_LEAST, "years")
