"""Konvoi: from a word given to a thing received, counted once."""

from datetime import date

__version__ = "0.1.0"
RELEASED = date(2026, 11, 25)
