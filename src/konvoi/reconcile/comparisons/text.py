"""Comparison of descriptions: the same words, in any order."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level, Similarity

TEXT = Comparison(
    name="text",
    columns=("text_words",),
    similarities=(Similarity("texts", "text_words", "token-set"),),
    levels=(
        Level("same wording", "l.text_words = r.text_words", 0.2, 0.03),
        Level("nearly the same wording", "s.texts >= 0.9", 0.2, 0.07),
        Level("much wording in common", "s.texts >= 0.7", 0.2, 0.15),
        Level("different wording", OTHERWISE, 0.4, 0.75),
    ),
)
