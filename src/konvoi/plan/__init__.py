"""Needs, offers and a network become a plan, or a diagnosis why there is none."""
