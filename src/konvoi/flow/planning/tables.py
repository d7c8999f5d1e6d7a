"""The tables of the subject planning."""

from dataclasses import replace

from konvoi.flow.column_types import DAY_TYPE, EXACT, MARKING, ORIGIN, SHARE, TEXT, TEXTS, WHOLE, YES
from konvoi.flow.declare import DAY, MINOR, PLAN, PROBLEM, SETTINGS, Column, Derived, Scope

_NEED = Column("need", TEXT, "Need", refers="needs")
_GOOD = Column("good", TEXT, "Good", refers="goods")
_OFFER = Column("offer", TEXT, "Offer", refers="offers")
_SITE = Column("site", TEXT, "Site", refers="sites")
_QUANTITY = Column("quantity", EXACT, "Quantity in units of the need")

STANDARDS = Derived(
    "offer_standards",
    "Offers against standards in force",
    (
        _OFFER,
        Column("party", TEXT, "Partner"),
        _GOOD,
        Column("serves", TEXT, "Good that it may stand for", refers="goods"),
        Column("standard", TEXT, "Standards, separated by ;"),
        Column("version", TEXT, "Version"),
        Column("requirement", TEXT, "Requirement"),
        Column("value", TEXT, "Value required"),
        Column("mandatory", YES, "Whether it is mandatory"),
        Column("verdict", TEXT, "meets, meets with ratio, lacks or unknown"),
        Column("ratio", EXACT, "Units served by one unit"),
        Column("said", TEXT, "Evidence: codes, equivalence, answer, approvals or offers"),
        Column("points", TEXT, "Standards with their versions"),
        Column("since", DAY_TYPE, "Day since which the requirement has been in force"),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("offers", "goods", "equivalences", "standards", "approvals", "answers", DAY),
    "konvoi.flow.planning.figures:standards_checked",
    key=("offer", "serves", "requirement"),
)

_SUPPLY = (
    *("entries", "owners", "relations", "submissions", "receipts", "movements", "contracts", "call_offs"),
    *("consignments", "needs", "offers", "earmarks", "equivalences", "sites"),
)

MET = Derived(
    "met",
    "Needs met by receipts and by goods under way",
    (
        _NEED,
        Column("kind", TEXT, "received, or under way without a receipt"),
        Column("record", TEXT, "Receipt, or movements separated by ;"),
        Column("day", DAY_TYPE, "Day of receipt"),
        _QUANTITY,
        Column("stage", TEXT, "Stage reached by what is under way"),
        Column("handed", DAY_TYPE, "Day of hand-over"),
    ),
    Scope.READER,
    _SUPPLY,
    "konvoi.flow.planning.figures:needs_met",
    sources=("record",),
)
OVERSUPPLY = Derived(
    "oversupply",
    "Oversupply by need and supply",
    (
        _NEED,
        _GOOD,
        _SITE,
        Column("due", DAY_TYPE, "Due day of the need"),
        Column("open", EXACT, "Open need, in units of the need"),
        Column("given", EXACT, "Supplied, in units of the need"),
        Column("excess", EXACT, "Supplied beyond the need, in units of the need"),
        Column("party", TEXT, "Partner"),
        Column("kind", TEXT, "offer, allocation or movement"),
        Column("record", TEXT, "Offer, line item or movements"),
        Column("committed", DAY_TYPE, "Day of the commitment"),
        Column("over", EXACT, "Part of this supply beyond the need, in units of the need"),
        Column("next_need", TEXT, "Open need that it could serve", refers="needs"),
        Column("next_quantity", EXACT, "Quantity of that need, in its units"),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    (*_SUPPLY, "offer_standards"),
    "konvoi.flow.planning.figures:oversupply_of",
    key=("need", "record"),
    sources=("record",),
)

_MOVEMENT = Column("movement", TEXT, "Planned movement", refers="planned_movements")

MOVEMENTS = Derived(
    "planned_movements",
    "Planned movements",
    (
        Column("movement", TEXT, "Planned movement"),
        _OFFER,
        _NEED,
        _GOOD,
        Column("quantity", EXACT, "Quantity in units of the good"),
        Column("departs", DAY_TYPE, "Day of departure"),
        Column("arrives", DAY_TYPE, "Day of arrival"),
        Column("on_time", YES, "Whether it arrives by the due day"),
        Column("budget", TEXT, "Budget that it is bought from", refers="budgets"),
        Column("supplier", TEXT, "Supplier that it is bought from", refers="parties"),
        Column("lanes", TEXTS, "Lanes of its legs", refers="lanes"),
        Column("sites", TEXTS, "Sites of its legs", refers="sites"),
    ),
    Scope.CELL,
    (PLAN,),
    "konvoi.flow.planning.figures:movements_planned",
    key=("movement",),
    sources=("offer", "need", "budget", "lanes", "sites"),
)
LEGS = Derived(
    "planned_legs",
    "Legs of planned movements",
    (
        _MOVEMENT,
        Column("leg", WHOLE, "Number of the leg"),
        Column("lane", TEXT, "Lane", refers="lanes"),
        Column("from", TEXT, "Site of departure", refers="sites"),
        Column("to", TEXT, "Site of arrival", refers="sites"),
        Column("departs", DAY_TYPE, "Day on which it loads"),
        Column("arrives", DAY_TYPE, "Day of arrival"),
        Column("tonnes", EXACT, "Load", unit="t"),
        Column("pallets", EXACT, "Load", unit="pallets"),
        Column("neq_kg", EXACT, "Net explosive quantity", unit="kg"),
        Column("week", DAY_TYPE, "Monday of the week in which the load counts"),
    ),
    Scope.CELL,
    (PLAN,),
    "konvoi.flow.planning.figures:legs_planned",
    key=("movement", "leg"),
    sources=("movement", "lane", "from", "to"),
)
PAYMENTS = Derived(
    "planned_payments",
    "Payments for planned purchases",
    (
        _MOVEMENT,
        Column("budget", TEXT, "Budget", refers="budgets"),
        Column("ordered", DAY_TYPE, "Day of the order", cell_only=True),
        Column("tranche", DAY_TYPE, "Day of the money", cell_only=True),
        Column("amount", EXACT, "Amount", unit=MINOR, cell_only=True, currency="currency"),
        Column("currency", TEXT, "Currency of the budget (ISO 4217)", cell_only=True),
    ),
    Scope.CELL,
    (PLAN, PROBLEM),
    "konvoi.flow.planning.figures:payments_planned",
    sources=("movement", "budget"),
)
UNMET = Derived(
    "unmet_needs",
    "Unmet needs and reasons",
    (
        _NEED,
        Column("quantity", EXACT, "Quantity not met by the due day, in units of the need"),
        Column("cause", TEXT, "Reason", cell_only=True),
        Column("parameters", TEXT, "Parameters of the reason, as JSON", cell_only=True),
        Column(
            "confirmed",
            TEXT,
            "yes if the remedy brings the need more, else not confirmed; empty without a remedy",
            cell_only=True,
        ),
        Column("movements", TEXTS, "Planned movements to the need", refers="planned_movements"),
    ),
    Scope.CELL,
    (PLAN,),
    "konvoi.flow.planning.figures:needs_unmet",
    sources=("need", "movements"),
    added=("quantity",),
)


def _of_cell(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(one, cell_only=True) for one in columns)


PRICES = Derived(
    "shadow_prices",
    "Gain from one more unit of each limit",
    _of_cell(
        Column("row", TEXT, "Limit, as the problem names it"),
        Column("kind", TEXT, "Kind of limit"),
        Column("key", TEXT, "Record that is limited"),
        Column("week", DAY_TYPE, "Monday of the week"),
        Column("resource", TEXT, "Resource"),
        Column("price", SHARE, "Gain in value from one more unit"),
    ),
    Scope.CELL,
    (PLAN,),
    "konvoi.flow.planning.figures:prices",
    key=("row",),
)
VALUE = Derived(
    "plan_value",
    "Value and bound of the plan",
    _of_cell(
        Column("problem", TEXT, "Digest of the problem"),
        Column("seed", WHOLE, "Seed"),
        Column("stopped", TEXT, "Reason for stopping"),
        Column("value", EXACT, "Value"),
        Column("bound", EXACT, "Highest value that any plan can reach"),
    ),
    Scope.CELL,
    (PLAN,),
    "konvoi.flow.planning.figures:value",
)
BOTTLENECKS = Derived(
    "bottlenecks",
    "Bottlenecks: gain from more of a resource",
    _of_cell(
        Column("kind", TEXT, "lane, site or budget"),
        Column("key", TEXT, "Lane, site or budget"),
        Column("resource", TEXT, "Resource"),
        Column("from", DAY_TYPE, "Monday of the first full week; of a budget the day of the money"),
        Column("to", DAY_TYPE, "Monday of the last full week"),
        Column("more", EXACT, "More of the resource in each week; of a budget days later"),
        Column("price", EXACT, "Gain promised by the prices"),
        Column("gain", EXACT, "Gain in value by solving again"),
        Column("good", TEXT, "Good of which most more arrives in time"),
        Column("site", TEXT, "Site at which it arrives"),
        _QUANTITY,
    ),
    Scope.CELL,
    (PROBLEM, PLAN, SETTINGS),
    "konvoi.flow.planning.figures:bottlenecks_of",
)

UNREAD = Derived(
    "unread_rows",
    "Rows that limit a plan and were left out for a cell that could not be read",
    (
        Column("table", TEXT, "Table", cell_only=True),
        Column("values", TEXT, "Readable cells of the row, as JSON", cell_only=True),
        Column("_unread", TEXT, "Unreadable cells of the row, as JSON", cell_only=True),
        *(replace(one, cell_only=True) for one in ORIGIN),
    ),
    Scope.READER,
)
STOCK_USE = Derived(
    "stock_use",
    "Stocks of partners: drawn since they were stated, and left above the floor",
    (
        Column("party", TEXT, "Partner"),
        _GOOD,
        Column("unit", TEXT, "Unit of the quantities"),
        Column("day", DAY_TYPE, "Day on which the stock was stated"),
        Column("stock", EXACT, "Stock on that day"),
        Column("floor", EXACT, "Quantity that stays with the partner"),
        Column("drawn", EXACT, "Dispatched from stock since that day"),
        Column("share", SHARE, "Share of the stock drawn"),
        Column("left", EXACT, "Stock less what was drawn"),
        Column("spare", EXACT, "Left above the floor; negative below it"),
        Column("reserved", EXACT, "Committed from stock and not dispatched"),
        Column("free", EXACT, "Left above the floor and not committed"),
        Column("lines", TEXTS, "Line items from this stock", refers="lines"),
        Column(
            "not_stated", TEXTS, "Of these, without a stated channel; counted as from stock", refers="lines"
        ),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("stocks", "goods", "entries", "owners", "relations", "submissions"),
    "konvoi.flow.planning.stock_use:stock_use",
    key=("party", "good"),
)

TABLES = (
    *(UNREAD, STANDARDS, MET, OVERSUPPLY, MOVEMENTS, LEGS, PAYMENTS, UNMET, PRICES, VALUE, BOTTLENECKS),
    STOCK_USE,
)
"""All tables of this subject."""
