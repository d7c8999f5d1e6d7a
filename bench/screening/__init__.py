"""Names for bench.screen: romanised by eight schemes, altered as people alter them, and common ones."""
