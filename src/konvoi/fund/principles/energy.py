"""Energy standard: the building needs at most so much a year for each square metre."""

from konvoi.fund.principle import AT_MOST, Principle

MEMBER = Principle("energy standard", "attestations.value", AT_MOST, "kWh/m²")
