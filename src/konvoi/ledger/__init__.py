"""Entries become balances, totals and trails."""
