"""Ledger: packages, line items and entries, totals with their range, and the source cell of each figure."""
