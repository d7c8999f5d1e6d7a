"""Routes and stages: how a line travels, and where it stands."""

from enum import StrEnum


class Stage(StrEnum):
    """Stage of a line. The order of a line's own stages is its route's."""

    PLEDGED = "pledged"
    COMMITTED = "committed"
    ALLOCATED = "allocated"
    CONTRACTED = "contracted"
    PRODUCED = "produced"
    APPROVED = "approved"
    DISPATCHED = "dispatched"
    AT_HUB = "at hub"
    HANDED_OVER = "handed over"
    RECEIVED = "received"
    DISBURSED = "disbursed"
    PAID_IN = "paid in"
    STARTED = "started"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


_WORDS = (Stage.PLEDGED, Stage.COMMITTED, Stage.ALLOCATED)
_GOODS = (Stage.APPROVED, Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.RECEIVED)

ROUTES: dict[str, tuple[Stage, ...]] = {
    "from stock": (*_WORDS, *_GOODS),
    "procured": (*_WORDS, Stage.CONTRACTED, Stage.PRODUCED, *_GOODS),
    "money": (*_WORDS, Stage.DISBURSED),
    "pooled fund": (Stage.PLEDGED, Stage.COMMITTED, Stage.PAID_IN),
    "service": (*_WORDS, Stage.STARTED, Stage.COMPLETED),
}

NOT_STATED = "not stated"
"""The channel of a line item whose document states that it is not known; its entries have none."""

# Distance of a stage from the pledge, over all routes: stages of one rank are parallel.
RANK: dict[Stage, int] = {
    Stage.WITHDRAWN: -1,
    Stage.PLEDGED: 0,
    Stage.COMMITTED: 1,
    Stage.ALLOCATED: 2,
    Stage.CONTRACTED: 3,
    Stage.PRODUCED: 4,
    Stage.APPROVED: 5,
    Stage.PAID_IN: 6,
    Stage.STARTED: 6,
    Stage.DISPATCHED: 6,
    Stage.AT_HUB: 7,
    Stage.HANDED_OVER: 8,
    Stage.DISBURSED: 9,
    Stage.COMPLETED: 9,
    Stage.RECEIVED: 9,
}

KINDS = ("military", "humanitarian", "energy", "financial", "reconstruction")
VALUATIONS = ("given", "by hand", "by price", "none")
COUNT_MODES = ("named", "in total, not named", "band only", "cell only", "not counted yet")
DEFAULT_COUNT_MODE = "cell only"
"""The count mode of a record that states none: hidden, it counts for the coordination cell alone."""
RULES = (
    "at origin",
    "port of embarkation",
    "port of debarkation",
    "at hub",
    "handed over",
    "end user",
    "as stated by the source",
)
PROOFS = (
    "reported by sender",
    "reported by carrier",
    "counted at hub",
    "signed by consignee",
    "verified at end user",
)

# The rule under which a stage is a delivery by itself. What was received has left its origin; how far it
# came, its proof says: a receipt may be written at a hub.
RULE_OF_STAGE: dict[str, str] = {
    Stage.DISPATCHED: "at origin",
    Stage.AT_HUB: "at hub",
    Stage.HANDED_OVER: "handed over",
    Stage.RECEIVED: "at origin",
}
RULE_OF_PROOF = {
    "counted at hub": "at hub",
    "signed by consignee": "handed over",
    "verified at end user": "end user",
}
"""The rule that a receipt's proof shows; the word of a sender or carrier shows no place."""


def proven_rule(stage: str | None, proof: str | None) -> str | None:
    """Return the strictest rule under which a stage and its proof show a delivery; None for a stage that is
    none.

    >>> proven_rule("handed over", "reported by sender"), proven_rule("received", "counted at hub")
    ('handed over', 'at hub')
    """
    by_proof = RULE_OF_PROOF.get(proof or "") if stage == Stage.RECEIVED else None
    return by_proof or RULE_OF_STAGE.get(stage or "")
