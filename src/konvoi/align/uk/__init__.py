"""The two lists of the United Kingdom: parts of konvoi.align.regimes.uk."""
