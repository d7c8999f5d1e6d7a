"""Transport network: sites, lanes, capacities, closures, caps, stocks, blocked, rates, horizon, waivers."""

from konvoi.model.table import MARKING, Column, Table, Type

_ASSUMPTION = Column(
    "assumption", Type.TEXT, "Where the row is an assumption: its name and range; empty: a fact"
)

SITES = Table(
    "sites",
    "Depots, ports, railheads, crossings, hubs, destinations",
    (
        Column("site", Type.ID, "Short id; the UN/LOCODE where there is one", must=True),
        Column("name", Type.TEXT, "Name in Latin letters", must=True),
        Column(
            "kind",
            Type.CHOICE,
            "What it is",
            must=True,
            choices=("depot", "port", "airport", "railhead", "crossing", "hub", "destination"),
        ),
        Column("country", Type.TEXT, "ISO 3166 two letters", must=True),
        Column("lat", Type.NUMBER, "Latitude, WGS 84", unit="°"),
        Column("lon", Type.NUMBER, "Longitude, WGS 84", unit="°"),
        Column("region", Type.TEXT, "Region, such as the oblast"),
        Column("name_local", Type.TEXT, "Name in its own script"),
        Column("code", Type.TEXT, "UN/LOCODE or another code with its scheme"),
        Column("address", Type.URL, "Where this is published"),
        _ASSUMPTION,
        MARKING,
        Column("name_de", Type.TEXT, "Name in German", desk=False),
        Column("name_uk", Type.TEXT, "Name in Ukrainian", desk=False),
        Column("aliases", Type.LIST, "Other names", desk=False),
    ),
    key=("site",),
)

LANES = Table(
    "lanes",
    "Ways between sites",
    (
        Column("lane", Type.ID, "Short id", must=True),
        Column("from", Type.REF, "Site it starts at", must=True, refers="sites", sense="place"),
        Column("to", Type.REF, "Site it ends at", must=True, refers="sites", sense="place"),
        Column(
            "mode",
            Type.CHOICE,
            "How",
            must=True,
            choices=("road", "rail", "sea", "river", "air", "on foot"),
        ),
        Column("days_p50", Type.NUMBER, "Days it takes, half the time less", must=True, unit="d"),
        Column("days_p10", Type.NUMBER, "Days, one time in ten less", unit="d"),
        Column("days_p90", Type.NUMBER, "Days, nine times in ten less", unit="d"),
        Column("cost", Type.MONEY, "Cost of one tonne", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the cost"),
        Column("carrier", Type.PARTY, "Who carries"),
        _ASSUMPTION,
        MARKING,
        Column(
            "movement_cost",
            Type.MONEY,
            "Cost of one movement beside that of its tonnes; empty: 0",
            unit="currency",
            desk=False,
        ),
        Column("least_tonnes", Type.NUMBER, "Smallest consignment; empty: none", unit="t", desk=False),
        Column(
            "vehicle_tonnes",
            Type.NUMBER,
            "Tonnes of one vehicle; stated: whole vehicles are counted",
            unit="t",
            desk=False,
        ),
        Column(
            "vehicle_pallets",
            Type.NUMBER,
            "Pallet places of one vehicle; stated: whole vehicles are counted",
            unit="pallets",
            desk=False,
        ),
    ),
    key=("lane",),
)

CAPACITIES = Table(
    "capacities",
    "How much a lane or a site takes in a week; empty: no limit, 0: closed",
    (
        Column("on", Type.REF, "The lane or site", must=True),
        Column("from", Type.DAY, "First day; empty: always"),
        Column("to", Type.DAY, "Last day; empty: always"),
        Column("tonnes", Type.NUMBER, "Tonnes a week", unit="t"),
        Column("pallets", Type.NUMBER, "Pallets a week", unit="pallets"),
        Column("neq_kg", Type.NUMBER, "Net explosive quantity a week", unit="kg"),
        _ASSUMPTION,
        MARKING,
        Column("daily_tonnes", Type.NUMBER, "Tonnes on one day; orders are held to it", unit="t"),
        Column("daily_pallets", Type.NUMBER, "Pallets on one day; orders are held to it", unit="pallets"),
        Column(
            "daily_neq_kg",
            Type.NUMBER,
            "Net explosive quantity on one day; orders are held to it",
            unit="kg",
        ),
    ),
)

CLOSURES = Table(
    "closures",
    "When a lane or site is shut",
    (
        Column("on", Type.REF, "The lane or site", must=True),
        Column("from", Type.DAY, "First day", must=True),
        Column("to", Type.DAY, "Last day", must=True),
        Column("reason", Type.TEXT, "Why"),
        MARKING,
    ),
)

CAPS = Table(
    "caps",
    "The most that a partner will give",
    (
        Column("party", Type.PARTY, "Who", must=True),
        Column("what", Type.CHOICE, "In what", must=True, choices=("tonnes", "quantity", "value")),
        Column("most", Type.NUMBER, "The most over the horizon", must=True),
        Column("good", Type.REF, "Of which good; empty: of all", refers="goods"),
        Column("reason", Type.TEXT, "Why"),
        MARKING,
        Column("currency", Type.CURRENCY, "ISO 4217 code of a cap by value; needed there"),
    ),
)

STOCKS = Table(
    "stocks",
    "What a partner holds, and what of it stays",
    (
        Column("party", Type.PARTY, "Who", must=True),
        Column("good", Type.REF, "Of which good", must=True, refers="goods"),
        Column("stock", Type.NUMBER, "How much it holds", must=True, unit="unit"),
        Column("floor", Type.NUMBER, "How much stays with it at least", must=True),
        Column("reason", Type.TEXT, "Why"),
        MARKING,
    ),
    key=("party", "good"),
)

BLOCKED = Table(
    "blocked",
    "Who and what may not be used",
    (
        Column(
            "kind",
            Type.CHOICE,
            "What is blocked",
            must=True,
            choices=("party", "carrier", "supplier", "hull", "lane", "site"),
        ),
        Column("value", Type.TEXT, "Its id", must=True, sense="id"),
        Column("reason", Type.TEXT, "Why", must=True),
        Column("from", Type.DAY, "First day; empty: always"),
        Column("to", Type.DAY, "Last day; empty: always"),
        MARKING,
    ),
)

RATES = Table(
    "rates",
    "What one euro was worth",
    (
        Column("currency", Type.CURRENCY, "ISO 4217 code", must=True),
        Column("day", Type.DAY, "Day of the rate", must=True),
        Column("per_eur", Type.NUMBER, "Units of the currency for one euro", must=True),
        Column("source", Type.TEXT, "Who published it", must=True),
        Column("address", Type.URL, "Where"),
    ),
    key=("currency", "day"),
)

HORIZON = Table(
    "horizon",
    "The weeks that are planned",
    (
        Column("start", Type.DAY, "First day, a Monday", must=True),
        Column("weeks", Type.WHOLE, "How many weeks", must=True, unit="weeks"),
        Column("late_credit", Type.SHARE, "Part of its value that a late unit keeps; empty: 0.5"),
    ),
)

WAIVERS = Table(
    "waivers",
    "Cells that limit a plan, cannot be read, and may stay so",
    (
        Column("table", Type.TEXT, "Table of the cell", must=True),
        Column("key", Type.TEXT, "Row of the cell, as “Planned without” names it"),
        Column("column", Type.TEXT, "Column of the cell", must=True),
        Column("value", Type.TEXT, "Value used in its place; empty: it stays closed"),
        Column("by", Type.TEXT, "Who decided", must=True),
        Column("day", Type.DAY, "Day of the decision", must=True),
        Column("reason", Type.TEXT, "Why", must=True),
    ),
)

MEMBERS = (SITES, LANES, CAPACITIES, CLOSURES, CAPS, STOCKS, BLOCKED, RATES, HORIZON, WAIVERS)
