"""Comparison of the destinations, as far as either side states one."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

PLACE = Comparison(
    name="place",
    columns=("place",),
    levels=(
        Level("the same place", "l.place = r.place", 0.8, 0.15),
        Level("different places", OTHERWISE, 0.2, 0.85),
    ),
)
