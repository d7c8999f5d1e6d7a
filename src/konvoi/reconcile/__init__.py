"""Entries become relations with evidence."""
