"""Prepare meetings and follow action items."""
