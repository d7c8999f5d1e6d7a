"""Amounts are equal as far as they were announced: a press figure of two digits may mean the exact one."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

# A currency in which both amounts are known: their own, else the euro, else the dollar.
_OWN = "l.currency = r.currency"
_CASE = "CASE WHEN {own} THEN {amount} WHEN l.eur IS NOT NULL AND r.eur IS NOT NULL THEN {eur} ELSE {usd} END"
_APART = _CASE.format(
    own=_OWN, amount="abs(l.amount - r.amount)", eur="abs(l.eur - r.eur)", usd="abs(l.usd - r.usd)"
)
_SIZE = _CASE.format(
    own=_OWN,
    amount="greatest(abs(l.amount), abs(r.amount))",
    eur="greatest(abs(l.eur), abs(r.eur))",
    usd="greatest(abs(l.usd), abs(r.usd))",
)
# Half of the last place announced, in the size of the bigger of the two.
_DIGITS = "greatest(l.step / greatest(abs(l.amount), 1), r.step / greatest(abs(r.amount), 1)) / 2"

AMOUNT = Comparison(
    name="amount",
    columns=("amount",),
    unknown=f"NOT ({_OWN}) AND (l.eur IS NULL OR r.eur IS NULL) AND (l.usd IS NULL OR r.usd IS NULL)",
    levels=(
        Level(
            "the same amount, to three digits or more",
            f"{_OWN} AND l.amount = r.amount AND l.step * 100 <= abs(l.amount)",
            0.2,
            0.005,
        ),
        Level("the same round amount", f"{_OWN} AND l.amount = r.amount", 0.2, 0.015),
        Level("equal to the digits announced", f"{_OWN} AND {_APART} <= {_DIGITS} * {_SIZE}", 0.2, 0.03),
        Level(
            "equal at the day's rate, to the digits announced",
            f"NOT ({_OWN}) AND {_APART} <= ({_DIGITS} + 0.006) * {_SIZE}",
            0.15,
            0.03,
        ),
        Level("within 3 percent", f"{_APART} <= 0.03 * {_SIZE}", 0.1, 0.05),
        Level("within 12 percent", f"{_APART} <= 0.12 * {_SIZE}", 0.08, 0.12),
        Level("different amounts", OTHERWISE, 0.07, 0.75),
    ),
)
