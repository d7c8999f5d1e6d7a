"""Demined: a mine-clearing party attests that the ground is clear."""

from konvoi.fund.principle import Principle

MEMBER = Principle("demined", "attestations.verdict")
