"""The tables of the subject deliveries."""

from konvoi.flow.column_types import BEHIND, DAY_TYPE, EXACT, ORIGIN, PLACE, TEXT, TEXTS, WHOLE
from konvoi.flow.declare import DAY, SETTINGS, Adds, Column, Derived, Scope

_LINE = Column("line", TEXT, "Line item", refers="lines")
_GOOD = Column("good", TEXT, "Good", refers="goods")

PAPER_NAMES = Derived(
    "paper_names",
    "Further names of consignments",
    (
        Column("paper", TEXT, "Movement or receipt"),
        Column("scheme", TEXT, "Scheme of the name; good: the good as the document names it"),
        Column("name", TEXT, "Name, such as a bill of lading"),
        *ORIGIN,
    ),
    Scope.READER,
)
REPEATED_RECEIPTS = Derived(
    "repeated_receipts",
    "Rows of receipts whose reference stands in a later or another document",
    (
        Column("receipt", TEXT, "Receipt"),
        Column("reference", TEXT, "Movement, waybill, line item or contract that is received"),
        *(
            Column(name, EXACT, f"Quantity {name}")
            for name in ("received", "short", "damaged", "rejected", "over")
        ),
        Column("document", TEXT, "Document number"),
        Column("day", DAY_TYPE, "Day of receipt"),
        *ORIGIN,
        Column("_until", DAY_TYPE, "Last day, where the day is stated as an interval"),
    ),
    Scope.READER,
)

_PAPERS = (
    *("entries", "movements", "receipts", "repeated_receipts", "serials", "paper_names"),
    *("goods", "lines", "contracts", "call_offs"),
)


def _received(name: str, title: str) -> Column:
    return Column(name, EXACT, title, measure=True, adds=Adds("receipts", "receipts", name))


CONSIGNMENTS = Derived(
    "consignments",
    "Consignments: quantities sent and received",
    (
        Column("consignment", TEXT, "Consignment: its waybill, otherwise its movement"),
        _LINE,
        _GOOD,
        Column("unit", TEXT, "Unit of the quantities"),
        Column("sent", EXACT, "Dispatched", measure=True, adds=Adds("despatches", "movements", "quantity")),
        _received("received", "Received in good order"),
        _received("short", "Missing on receipt"),
        _received("damaged", "Damaged"),
        _received("rejected", "Rejected"),
        _received("over", "Received beyond what was sent"),
        Column("open", EXACT, "Dispatched and not accounted for"),
        Column("arrived", EXACT, "At a hub or handed over, without a receipt"),
        Column("state", TEXT, "open, arrived, partly received, received, received with differences, unknown"),
        Column("first", DAY_TYPE, "First day of dispatch"),
        Column("last", DAY_TYPE, "Last day of dispatch"),
        Column("until", DAY_TYPE, "Last day of receipt"),
        Column("despatches", TEXT, "Movements, separated by ;"),
        Column("receipts", TEXT, "Receipts, separated by ;"),
    ),
    Scope.READER,
    _PAPERS,
    "konvoi.flow.deliveries.figures:consignments_reconciled",
    sources=("despatches", "receipts"),
)
PIECES = Derived(
    "pieces",
    "Serial numbers sent and received",
    (
        Column("consignment", TEXT, "Consignment"),
        _GOOD,
        Column("serial", TEXT, "Serial number or lot"),
        Column("state", TEXT, "State on receipt"),
        Column("despatch", TEXT, "Movement"),
        Column("receipt", TEXT, "Receipt"),
    ),
    Scope.READER,
    _PAPERS,
    "konvoi.flow.deliveries.figures:consignments_reconciled",
    sources=("despatch", "receipt"),
)
STALLED = Derived(
    "stalled",
    "Stalled line items",
    (
        _LINE,
        Column("party", TEXT, "Partner"),
        Column("route", TEXT, "Delivery channel"),
        Column("kind", TEXT, "Kind of support"),
        Column("stage", TEXT, "Stage reached"),
        Column("since", DAY_TYPE, "Day on which it reached the stage"),
        Column("days", WHOLE, "Days in the stage"),
        Column("limit", WHOLE, "Days after which it counts as stalled"),
        Column("cases", WHOLE, "Comparable cases behind the limit"),
        Column("basis", TEXT, "cases: 80th percentile of comparable cases; limit: a set limit"),
        Column("eur_minor", WHOLE, "Value in euro; empty: not known", unit="minor units"),
        Column("mover", TEXT, "Party that acts next"),
        Column("moves", TEXT, "Its part: giver, supplier, carrier or recipient"),
        Column("next", TEXT, "Next stage of the channel"),
        BEHIND,
        *PLACE,
    ),
    Scope.READER,
    ("entries", "owners", "relations", "submissions", "rates", DAY, SETTINGS),
    "konvoi.flow.deliveries.figures:stalled_lines",
    sources=("behind",),
)

LEG_DAYS = Derived(
    "leg_days",
    "Days by leg: planned and actual",
    (
        Column("from", TEXT, "Site of departure", refers="sites"),
        Column("to", TEXT, "Site of arrival", refers="sites"),
        Column("lanes", TEXTS, "Lanes between the two", refers="lanes"),
        *(
            Column(f"planned_p{share}", EXACT, f"Planned days, not exceeded in {share} % of cases", unit="d")
            for share in (10, 50, 90)
        ),
        Column("cases", WHOLE, "Dispatches that arrived on a known day"),
        Column("open", WHOLE, "Dispatches without a known arrival"),
        *(
            Column(f"actual_p{share}", WHOLE, f"Actual days, not exceeded in {share} % of cases", unit="d")
            for share in (10, 50, 90)
        ),
        Column("longer", WHOLE, "Cases longer than planned for 90 % of cases"),
        Column("movements", TEXTS, "Movements behind it", refers="movements"),
    ),
    Scope.READER,
    ("movements", "receipts", "lanes"),
    "konvoi.flow.deliveries.leg_days:leg_days",
    key=("from", "to"),
    sources=("movements",),
)

TABLES = (PAPER_NAMES, REPEATED_RECEIPTS, CONSIGNMENTS, PIECES, STALLED, LEG_DAYS)
"""All tables of this subject."""
