"""Local owner: a local party owns what is built, and attests it."""

from konvoi.fund.principle import Principle

MEMBER = Principle("local owner", "attestations.verdict")
