"""Comparisons of two records, each in levels with an answer in words."""

from konvoi.reconcile.comparison import Comparison
from konvoi.reconcile.comparisons.amount import AMOUNT
from konvoi.reconcile.comparisons.day import DAY
from konvoi.reconcile.comparisons.good import GOOD
from konvoi.reconcile.comparisons.implementer import IMPLEMENTER
from konvoi.reconcile.comparisons.numbered import NUMBERED
from konvoi.reconcile.comparisons.partner import PARTNER
from konvoi.reconcile.comparisons.place import PLACE
from konvoi.reconcile.comparisons.quantity import QUANTITY
from konvoi.reconcile.comparisons.reference import REFERENCE
from konvoi.reconcile.comparisons.sources import SOURCES
from konvoi.reconcile.comparisons.text import TEXT
from konvoi.reconcile.comparisons.words import WORDS

COMPARISONS: tuple[Comparison, ...] = (
    PARTNER,
    GOOD,
    AMOUNT,
    DAY,
    QUANTITY,
    REFERENCE,
    IMPLEMENTER,
    TEXT,
    PLACE,
    NUMBERED,
    SOURCES,
)
"""Compared in every match of records."""

LEARNT: tuple[Comparison, ...] = (*COMPARISONS, WORDS)
"""Compared where weights are estimated in the records themselves."""
