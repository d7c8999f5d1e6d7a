"""A document becomes entries and findings."""
