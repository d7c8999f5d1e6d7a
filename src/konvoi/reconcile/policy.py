"""Policy of a workspace: acceptance without review, sources with unique records, distances of search."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """Rules for finding relations and for accepting them without review.

    references: whether equal references (same scheme, same issuer) are accepted at once. sure: the lower
    bound of a calibrated probability from which a pair is accepted; without a calibration nothing is.
    unique: variants whose records are unique within one submission, as their source declares. days: how
    far two reports may lie apart; near: those that have the kind of good alone in common. fees: what may
    be lost on the way of a flow that passes through. prior: share of the candidate pairs that belong
    together. least: below this probability a pair is not shown. most: pairs that a group of equal keys
    may make before it is put aside. within: columns of records in which two must be equal to be
    candidates, such as counterparty where several recipients are in one table. known: columns that nearly all
    records have and that two must have in common besides an amount or a number to be candidates, such as
    thing. learn: whether the weights are estimated in the records (konvoi.link.population), which then are
    also compared by their uncommon words. seed: of the order in which chance draws pairs.
    """

    references: bool = True
    sure: float = 0.98
    calibrated: bool = False
    unique: tuple[str, ...] = ("kiel", "fts", "iati")
    days: int = 366
    near: int = 60
    fees: float = 0.15
    prior: float = 0.01
    least: float = 0.1
    most: int = 100_000
    within: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    memory: str = "2GB"
    threads: int = 2
    learn: bool = True
    seed: int = 1
