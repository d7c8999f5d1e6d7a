"""The Swiss list: parts of konvoi.align.regimes.ch."""
