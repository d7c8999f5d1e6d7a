"""Contracting processes of the Open Contracting Data Standard: merged, understood, posted."""
