"""Sessions, documents and positions: what was agreed, who does what next, and what is still open."""
