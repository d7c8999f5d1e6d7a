"""Local owner: somebody of the place owns what is built, and says so."""

from konvoi.fund.principle import Principle

MEMBER = Principle("local owner", "attestations.verdict")
