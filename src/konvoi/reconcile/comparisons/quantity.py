"""Quantities in one unit are equal as far as announced; a different one is evidence, never a veto."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

_APART = "abs(l.quantity - r.quantity)"

QUANTITY = Comparison(
    name="quantity and unit",
    columns=("quantity",),
    unknown="l.unit_of <> r.unit_of",
    levels=(
        Level("the same quantity", "l.quantity = r.quantity", 0.6, 0.08),
        Level(
            "equal to the digits announced",
            f"{_APART} * 2 <= greatest(l.quantity_step, r.quantity_step)",
            0.1,
            0.04,
        ),
        Level("within a tenth", f"{_APART} <= 0.1 * greatest(abs(l.quantity), abs(r.quantity))", 0.1, 0.06),
        Level("different quantities", OTHERWISE, 0.2, 0.82),
    ),
)
