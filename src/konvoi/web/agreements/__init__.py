"""Agreements: documents and clauses, positions in rounds, obligations, and clauses that an event triggers."""
