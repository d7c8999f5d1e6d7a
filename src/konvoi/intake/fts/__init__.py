"""Parts of the reading of FTS pages: flows, what pages state of themselves, several pages together."""
