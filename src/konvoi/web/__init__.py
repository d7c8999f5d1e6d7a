"""The web instrument: many parties on one record, each with what it may see."""
