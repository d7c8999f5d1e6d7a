"""Accessible: people with disabilities can use it."""

from konvoi.fund.principle import Principle

MEMBER = Principle("accessible", "attestations.verdict")
