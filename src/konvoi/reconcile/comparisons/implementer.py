"""Comparison of implementers, carriers and suppliers."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level, Similarity

IMPLEMENTER = Comparison(
    name="implementer",
    columns=("implementer",),
    similarities=(Similarity("implementers", "implementer", "jaro-winkler"),),
    levels=(
        Level("the same implementer", "l.implementer = r.implementer", 0.75, 0.1),
        Level("implementers of nearly the same name", "s.implementers >= 0.93", 0.1, 0.02),
        Level("different implementers", OTHERWISE, 0.15, 0.88),
    ),
)
