"""Comparison of goods: the same good, or one with a similar name, in any language."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level, Similarity

GOOD = Comparison(
    name="good",
    columns=(),
    unknown="(l.called IS NULL OR r.called IS NULL) AND (l.thing IS NULL OR r.thing IS NULL)",
    similarities=(Similarity("goods", "called", "token-set"),),
    levels=(
        Level("the same good", "l.good = r.good", 0.68, 0.12),
        Level("ammunition, and what fires it", "l.ammunition <> r.ammunition", 0.02, 0.15),
        Level("goods of nearly the same name", "s.goods >= 0.9", 0.15, 0.06),
        Level("same kind of goods, by their descriptions", "l.thing = r.thing", 0.1, 0.05),
        Level("goods with similar names", "s.goods >= 0.7", 0.1, 0.1),
        Level("goods of different names", OTHERWISE, 0.05, 0.57),
    ),
)
