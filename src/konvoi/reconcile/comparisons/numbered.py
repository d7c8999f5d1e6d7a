"""A number that a text gives to the thing itself: a package, a decision, the hospital it is for."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

NUMBERED = Comparison(
    name="number in the text",
    columns=("numbered",),
    levels=(
        Level("the same number", "l.numbered = r.numbered", 0.7, 0.1),
        Level("different numbers", OTHERWISE, 0.3, 0.9),
    ),
)
