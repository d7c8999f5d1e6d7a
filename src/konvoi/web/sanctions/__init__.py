"""Sanctions: lists in force, coverage and gaps, proposals, and alerts on which two persons decide."""
