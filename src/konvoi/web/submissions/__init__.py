"""Submissions: what partners hand in, checked before it counts."""
