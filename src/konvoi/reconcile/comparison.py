"""Records to compare: one for each package or line that somebody reports."""

import polars as pl

from konvoi.link.comparison import OTHERWISE, Comparison, Level, Similarity

RECORDS = pl.Schema(
    {
        "id": pl.String(),
        "unit": pl.String(),
        "submission": pl.String(),
        "source": pl.String(),
        "variant": pl.String(),
        "level": pl.String(),
        "package": pl.String(),
        "issuer": pl.String(),
        "counter": pl.String(),
        "reference": pl.String(),
        "party": pl.String(),
        "group": pl.String(),
        "party_words": pl.String(),
        "counterparty": pl.String(),
        "kind": pl.String(),
        "good": pl.String(),
        "good_words": pl.String(),
        "called": pl.String(),
        "ammunition": pl.Boolean(),
        "text_words": pl.String(),
        "thing": pl.String(),
        "instead": pl.String(),
        "place": pl.String(),
        "numbered": pl.String(),
        "lead": pl.String(),
        "implementer": pl.String(),
        "implementer_id": pl.String(),
        "stage": pl.String(),
        "first": pl.Int64(),
        "last": pl.Int64(),
        "known": pl.Int64(),
        "day": pl.Date(),
        "amount": pl.Float64(),
        "currency": pl.String(),
        "step": pl.Float64(),
        "eur": pl.Float64(),
        "usd": pl.Float64(),
        "quantity": pl.Float64(),
        "unit_of": pl.String(),
        "quantity_step": pl.Float64(),
        "buckets": pl.List(pl.String()),
        "tokens": pl.List(pl.String()),
        "keys": pl.List(pl.String()),
        "key1": pl.String(),
        "key2": pl.String(),
        "key3": pl.String(),
        "key1_rare": pl.Boolean(),
        "key2_rare": pl.Boolean(),
        "key3_rare": pl.Boolean(),
    }
)
"""One line for each package or line of a source.

id: its first entry. unit: key of source, package and line. level: package or line. issuer: of the reference
(the scheme before its colon, else the source). counter: the numbering authority of the reference. group: the
group that the partner belongs to. *_words: folded text in Latin letters. called: words of the good, as
konvoi.reconcile.lexicon has them; ammunition: whether these include ammunition. thing, instead, place,
numbered, lead: the kind of good that the text names, the good it replaces, the place it is for, a number that
it gives to something, and whether it states a total to date or a joint package (konvoi.reconcile.wording).
implementer_id: as written. first, last, known: days since 1970. amount: major units, the most that stands at
one stage. step: the last place that it was announced to; half of it is how far it may be off (1 200 000 000
is announced to 100 000 000). eur, usd: the amount in these currencies, as stated or at the day's rate.
buckets, tokens, keys: for blocking only. keys, key1 to key3: uncommon words, and the rarest of them
(konvoi.reconcile.uncommon).
"""

__all__ = ["OTHERWISE", "RECORDS", "Comparison", "Level", "Similarity"]
