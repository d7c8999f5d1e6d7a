"""One reference of one issuer is one thing; two references of one issuer are two."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

REFERENCE = Comparison(
    name="reference",
    columns=("reference",),
    levels=(
        Level(
            "the same reference of one issuer",
            "l.issuer = r.issuer AND l.reference = r.reference",
            0.49999,
            0.0005,
        ),
        Level("the same reference of two issuers", "l.reference = r.reference", 0.05, 0.005),
        Level("two references of one issuer", "l.counter = r.counter", 0.00001, 0.5),
        Level("references from two issuers", OTHERWISE, 0.45, 0.4945),
    ),
)
