"""Matching: duplicate candidates by their effect on the total, decided by people, and second opinions."""
