"""Parts of the reading of FTS pages: flows, pages' own totals, several pages together."""
