"""Subject forecast: days to be expected, promises kept and moved."""
