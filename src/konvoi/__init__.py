"""Konvoi: from a word given to a thing received, counted once."""

__version__ = "0.1.0"
