"""Call-offs whose framework contract was not submitted under the name they give: candidates for review."""

from konvoi.accord.parents import LEAST, THING, Kind, Known, Row, measures, quantity, schema
from konvoi.kit.text import fold
from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.settings import Block, Settings

# Shares by judgement, among pairs of one supplier or one good: a call-off fits into its framework.
_FIT = "a part of what the framework holds", "more than the framework holds"
QUANTITY = quantity(*_FIT)
SUPPLIER = Comparison(
    name="supplier",
    columns=("supplier",),
    levels=(
        Level("the same supplier", "l.supplier = r.supplier", 0.98, 0.2),
        Level("another supplier", OTHERWISE, 0.02, 0.8),
    ),
)
AMOUNT = Comparison(
    name="amount",
    columns=("amount",),
    unknown="l.currency <> r.currency",
    levels=(Level(_FIT[0], "l.amount <= r.amount", 0.95, 0.5), Level(_FIT[1], OTHERWISE, 0.05, 0.5)),
)
DAY = Comparison(
    name="day",
    columns=("day",),
    levels=(
        Level("signed after the framework", "l.day >= r.day", 0.98, 0.5),
        Level("signed before the framework", OTHERWISE, 0.02, 0.5),
    ),
)
SETTINGS = Settings(
    comparisons=(SUPPLIER, THING, QUANTITY, AMOUNT, DAY),
    blocks=(Block("supplier", ("supplier",), narrower=("thing",)), Block("good", ("thing", "currency"))),
    relation="part_of",
    directed=True,
    allowed="l.role = 'call_offs' AND r.role = 'contracts'",
    prior=0.1,
    least=LEAST,
)

_SEEN = ("day", "quantity", "unit", "amount", "currency")


def _record(row: Row, known: Known) -> dict[str, object]:
    """supplier: as it is called, folded. thing: the good or code."""
    supplier = str(row.get("supplier") or row.get("_supplier") or "")
    code = str(row.get("_code") or "")
    return {
        "supplier": (known.names.get(supplier) or fold(supplier)) or None,
        "thing": known.goods.get(str(row["line"])) or known.goods.get(code) or code or None,
        "unit": row["unit"],
        "day": row["day"],
        **measures(row),
    }


CALL_OFFS = Kind(
    child="call_offs",
    parent="contracts",
    settings=SETTINGS,
    schema=schema(("supplier", "thing", "unit", "currency"), ("day",)),
    record=_record,
    counts=lambda row: row["state"] != "cancelled",
    seen=(_SEEN, _SEEN),
)
"""Call-offs and the framework contracts that they may be under."""
