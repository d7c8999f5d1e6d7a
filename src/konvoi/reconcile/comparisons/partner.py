"""Comparison of partners: the same one, or a group that may report its member's gift."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level, Similarity

PARTNER = Comparison(
    name="partner",
    columns=("party",),
    similarities=(Similarity("partner names", "party_words", "jaro-winkler"),),
    levels=(
        Level("the same partner", "l.party = r.party", 0.9, 0.9),
        Level("names nearly alike", 's."partner names" >= 0.94', 0.05, 0.02),
        Level("a group and its member", 'l."group" = r.party OR r."group" = l.party', 0.04, 0.04),
        Level("different partners", OTHERWISE, 0.005, 0.06),
    ),
)
