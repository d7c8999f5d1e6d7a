"""Question for a total: stage, boundary, currency, days, and the variants that may be mixed."""

from dataclasses import dataclass
from datetime import date

from konvoi.ledger.units import FULFILLED
from konvoi.model.stages import RULES, Stage

DELIVERED = "delivered"
STAGES = (*(str(stage) for stage in Stage), FULFILLED, DELIVERED)
"""All that may be asked for as a stage."""

# The stage at which a line is delivered under each rule; the source's own word is its handing over.
STAGE_OF_RULE = {
    "at origin": Stage.DISPATCHED,
    "port of embarkation": Stage.DISPATCHED,
    "port of debarkation": Stage.DISPATCHED,
    "at hub": Stage.AT_HUB,
    "handed over": Stage.HANDED_OVER,
    "end user": Stage.RECEIVED,
    "as stated by the source": Stage.HANDED_OVER,
}
BY = ("partner", "group", "kind", "good", "month", "variant", "valuation")
LINES_ALONE = "good"
"""The rows for which lines alone count: only they have goods."""
LEVELS = ("package", "lines", "both")
ATTRIBUTE = ("none", "members", "on top")
SHARED = ("apart", "include")


@dataclass(frozen=True)
class Question:
    """A question to the ledger; the defaults are those of `konvoi total`.

    stage: a stage, or `delivered` (defined by `rule`), or `fulfilled` (the end of each route:
    received, disbursed, completed). exact: what stands at the stage, instead of what has reached at least it.
    good: an id; it also means the goods below it in the declared hierarchy (konvoi.model.goods).
    boundary: empty for coalition → recipient, or `country:AFG,year:2020`.
    on: days of the facts up to this; known: what was known by this day. level: `package` counts a package's
    own value, or its lines' where it has none; `lines` the lines alone. attribute: whether what a fund gave
    is shown at its members by the shares of the submission.
    """

    stage: str = Stage.PLEDGED
    exact: bool = False
    what: str = "amount"
    good: str = ""
    kind: str = ""
    party: str = ""
    by: str = ""
    rule: str = ""
    boundary: str = ""
    currency: str = ""
    on: date | None = None
    known: date | None = None
    shared: str = "apart"
    mix: bool = False
    level: str = "package"
    attribute: str = "none"

    def __post_init__(self) -> None:
        """Refuse unknown options."""
        _known("stage", self.stage, STAGES)
        _known("what", self.what, ("amount", "quantity"))
        _known("by", self.by, ("", *BY))
        _known("rule", self.rule, ("", *RULES))
        _known("level", self.level, LEVELS)
        _known("attribute", self.attribute, ATTRIBUTE)
        _known("shared", self.shared, SHARED)
        self.scope()

    @property
    def delivered_rule(self) -> str:
        """The rule under which a delivery counts; the source's own word where none is asked for."""
        return self.rule or ("as stated by the source" if self.stage == DELIVERED else "")

    @property
    def counted_stage(self) -> str:
        """The stage that is counted: for `delivered`, the one that its rule names."""
        return str(STAGE_OF_RULE[self.delivered_rule] if self.stage == DELIVERED else self.stage)

    @property
    def only_lines(self) -> bool:
        """Return True if lines alone are counted: only they have goods and quantities."""
        return self.what == "quantity" or self.level == "lines" or self.by == LINES_ALONE

    def scope(self) -> dict[str, str]:
        """The boundary's dimensions, as {"country": "AFG", "year": "2020"}; empty for the coalition's."""
        pairs = [part.split(":", 1) for part in self.boundary.split(",") if part.strip()]
        if any(len(pair) != 2 or pair[0].strip() not in ("country", "year") for pair in pairs):
            raise ValueError(f"boundary: {self.boundary!r} is not like country:AFG,year:2020")
        return {key.strip(): value.strip() for key, value in pairs}


def _known(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name}: {value!r} is none of {', '.join(a for a in allowed if a)}")
