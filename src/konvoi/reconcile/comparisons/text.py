"""Comparison of descriptions: the same words, in any order."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level, Similarity

TEXT = Comparison(
    name="text",
    columns=("text_words",),
    similarities=(Similarity("texts", "text_words", "token-set"),),
    levels=(
        Level("the same words", "l.text_words = r.text_words", 0.2, 0.03),
        Level("nearly the same words", "s.texts >= 0.9", 0.2, 0.07),
        Level("many words in common", "s.texts >= 0.7", 0.2, 0.15),
        Level("other words", OTHERWISE, 0.4, 0.75),
    ),
)
