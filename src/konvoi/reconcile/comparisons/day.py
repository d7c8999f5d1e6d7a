"""Comparison of days: near each other; later reports mostly concern a later day."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

_GAP = 'greatest(l."first" - r."last", r."first" - l."last")'
_FORWARD = '(l.known - r.known) * (l."first" - r."first") >= 0'
_SAME = 'l."first" = l."last" AND r."first" = r."last" AND l."first" = r."first"'

DAY = Comparison(
    name="day",
    columns=("first", "last"),
    levels=(
        Level(
            "the same day",
            'l."first" = l."last" AND r."first" = r."last" AND l."first" = r."first"',
            0.25,
            0.02,
        ),
        Level("the days overlap", f"{_GAP} <= 0", 0.1, 0.06),
        Level("within two weeks", f"{_GAP} <= 14", 0.2, 0.1),
        Level("within three months, in the order of the reports", f"{_GAP} <= 92 AND {_FORWARD}", 0.25, 0.2),
        Level("within three months, against the order of the reports", f"{_GAP} <= 92", 0.05, 0.12),
        Level("within a year", f"{_GAP} <= 366", 0.13, 0.4),
        Level("more than a year apart", OTHERWISE, 0.02, 0.1),
    ),
)
