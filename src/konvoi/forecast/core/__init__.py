"""The simulation itself: compiled functions on flat arrays."""
