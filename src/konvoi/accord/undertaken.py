"""Allocations without a submitted undertaking: candidates they may fulfil, for a person."""

from konvoi.accord.obligation_strength import PAST
from konvoi.accord.parents import LEAST, THING, Kind, Known, Row, measures, quantity, schema
from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.settings import Block, Settings

# Shares by judgement, among pairs of one giver. The giver and the days alone never reach LEAST: a good, a
# quantity or a sum has to agree, too.
QUANTITY = quantity("part of the obligation", "more than the obligation")
AMOUNT = Comparison(
    name="amount",
    columns=("amount", "currency"),
    levels=(
        Level("in another currency", "l.currency <> r.currency", 0.1, 0.3),
        Level("part of the obligation", "l.amount <= r.amount", 0.86, 0.4),
        Level("more than the obligation", OTHERWISE, 0.04, 0.3),
    ),
)
SIGNED = Comparison(
    name="day of signature",
    columns=("day",),
    levels=(
        Level("decided after the signature", "l.day >= r.day", 0.98, 0.5),
        Level("decided before the signature", OTHERWISE, 0.02, 0.5),
    ),
)
UNTIL = Comparison(
    name="last day",
    columns=("until",),
    levels=(
        Level("decided in time", "l.until <= r.until", 0.98, 0.5),
        Level("decided too late", OTHERWISE, 0.02, 0.5),
    ),
)
SETTINGS = Settings(
    comparisons=(THING, QUANTITY, AMOUNT, SIGNED, UNTIL),
    blocks=(Block("giver", ("party",), narrower=("thing",)),),
    relation="part_of",
    directed=True,
    allowed="l.role = 'allocations' AND r.role = 'undertakings'",
    prior=0.2,
    least=LEAST,
)


def _record(row: Row, known: Known) -> dict[str, object]:
    """thing: the good, of an allocation else its line's. day: of the decision, or of the signature; until: of
    the decision, or the last day of the undertaking.
    """
    thing = row["good"] or known.goods.get(str(row.get("line")))
    return {
        "party": row["party"],
        "thing": thing,
        "unit": row.get("unit") or known.units.get(str(thing)),
        "day": known.signed.get(str(row["document"])) if "document" in row else row["day"],
        "until": row["until"] if "until" in row else row["day"],
        **measures(row),
    }


ALLOCATIONS = Kind(
    child="allocations",
    parent="undertakings",
    settings=SETTINGS,
    schema=schema(("party", "thing", "unit", "currency"), ("day", "until")),
    record=_record,
    counts=lambda row: row.get("force") != PAST,
    seen=(
        ("party", "day", "line", "good", "quantity", "unit", "amount", "currency"),
        ("party", "document", "force", "good", "quantity", "amount", "currency", "until"),
    ),
)
"""Allocations and the undertakings that they may fulfil."""
