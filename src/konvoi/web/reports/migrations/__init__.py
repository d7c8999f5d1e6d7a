"""Changes of the tables over time."""
