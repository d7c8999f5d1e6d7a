"""Calibration of match probabilities on reviewed pairs."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class CalibrationState:
    """State of calibration: the extent to which match probabilities rest on reviewed pairs.

    reviewed: pairs in the random sample that are reviewed. needed: how many more randomly drawn pairs must be
    reviewed until probabilities are calibrated; 0 where they are.
    """

    calibrated: bool = False
    reviewed: int = 0
    needed: int = 0

    def as_dict(self) -> dict[str, object]:
        """The state as plain JSON values."""
        return asdict(self)
