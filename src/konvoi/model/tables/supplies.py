"""Needs, offers and the terms that bind both: goods to earmarks."""

from konvoi.model.table import MARKING, Column, Table, Type

GOODS = Table(
    "goods",
    "The catalogue: what one unit weighs and takes",
    (
        Column("good", Type.ID, "Short id", must=True),
        Column("name", Type.TEXT, "Name in English", must=True),
        Column("unit", Type.TEXT, "Unit it is counted in, such as piece or t", must=True),
        Column("weight_kg", Type.NUMBER, "Gross weight of one unit", unit="kg"),
        Column("volume_m3", Type.NUMBER, "Volume of one unit", unit="m³"),
        Column("pallets", Type.NUMBER, "Pallet places of one unit", unit="pallets"),
        Column("neq_kg", Type.NUMBER, "Net explosive quantity of one unit", unit="kg"),
        Column("step", Type.NUMBER, "Smallest quantity that can be shipped; empty: 1", sense="quantity"),
        Column("least", Type.NUMBER, "Smallest consignment; empty: none", desk=False),
        Column("name_de", Type.TEXT, "Name in German"),
        Column("name_uk", Type.TEXT, "Name in Ukrainian"),
        Column("codes", Type.LIST, "Codes in other schemes, such as NSN:2320-01-107-7155"),
        Column("aliases", Type.LIST, "Other names"),
        Column("family", Type.REF, "The good that this is a kind of", refers="goods", desk=False),
    ),
    key=("good",),
)

NEEDS = Table(
    "needs",
    "What the recipient needs, where, until when",
    (
        Column("need", Type.ID, "Your reference", must=True),
        Column("good", Type.REF, "What is needed", must=True, refers="goods"),
        Column("quantity", Type.NUMBER, "How much", must=True, unit="unit"),
        Column("site", Type.REF, "Where", must=True, refers="sites"),
        Column("due", Type.DAY, "Day by which it is of full use", must=True),
        Column("last_useful", Type.DAY, "Last day on which it is of any use; empty: due"),
        Column("weight", Type.NUMBER, "Value of one unit on time; empty: 1"),
        Column("whole", Type.YES, "Useful only if met in full; empty: no"),
        Column(
            "state",
            Type.CHOICE,
            "Only validated needs are planned; empty: validated",
            choices=("requested", "validated", "changed", "deferred", "met", "withdrawn"),
        ),
        Column("recipient", Type.PARTY, "Who asks"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
    ),
    key=("need",),
)

OFFERS = Table(
    "offers",
    "What a partner can send, from where, from when",
    (
        Column("offer", Type.ID, "Your reference", must=True),
        Column("party", Type.PARTY, "Who offers", must=True),
        Column("good", Type.REF, "What is offered", must=True, refers="goods"),
        Column("quantity", Type.NUMBER, "How much", must=True, unit="unit"),
        Column("site", Type.REF, "Where it lies", must=True, refers="sites"),
        Column("ready", Type.DAY, "First day it can leave; empty: at once"),
        Column("until", Type.DAY, "Last day the offer stands"),
        Column("line", Type.REF, "The item that it fulfils", refers="lines"),
        Column(
            "state",
            Type.CHOICE,
            "Only accepted offers are planned; empty: accepted",
            choices=("made", "accepted", "accepted in part", "declined", "lapsed"),
        ),
        Column("reason", Type.TEXT, "Why it was declined, or accepted in part"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
        Column(
            "unit_value",
            Type.MONEY,
            "Value of one unit; needed where the partner has a cap by value",
            unit="currency",
            desk=False,
        ),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the value", desk=False),
    ),
    key=("offer",),
)

STANDARDS = Table(
    "standards",
    "What an offer must meet",
    (
        Column("standard", Type.ID, "Short id", must=True),
        Column("good", Type.REF, "For which good", must=True, refers="goods"),
        Column(
            "requirement",
            Type.CHOICE,
            "What is required",
            must=True,
            choices=(
                "identity code",
                "interchangeable with",
                "packing",
                "marking",
                "paper set",
                "shelf life left",
                "language of manual",
                "spares",
                "training",
            ),
        ),
        Column("value", Type.TEXT, "What exactly", must=True),
        Column("version", Type.TEXT, "Version of the standard"),
        Column("mandatory", Type.YES, "Mandatory, or else advisory; empty: mandatory"),
        Column("decision", Type.TEXT, "Which decision adopted it"),
        Column("in_force", Type.DAY, "In force from"),
        MARKING,
    ),
    key=("standard", "version"),
)

APPROVALS = Table(
    "approvals",
    "Approvals required before transport",
    (
        Column("approval", Type.ID, "Your reference", must=True),
        Column(
            "kind",
            Type.CHOICE,
            "What is approved",
            must=True,
            choices=(
                "export licence",
                "re-transfer consent",
                "end-use certificate",
                "transit",
                "overflight",
                "customs",
            ),
        ),
        Column("party", Type.PARTY, "The state that issues it", must=True),
        Column("covers", Type.REF, "The item or offer it is for", must=True),
        Column("asked", Type.DAY, "Day it was asked for"),
        Column("due", Type.DAY, "Day it is expected"),
        Column("given", Type.DAY, "Day it was given"),
        Column("refused", Type.DAY, "Day it was refused"),
        Column("expires", Type.DAY, "Last day it holds"),
        MARKING,
    ),
    key=("approval",),
)

BUDGETS = Table(
    "budgets",
    "Money to buy with: rows with an amount are tranches, rows with a good are what may be bought",
    (
        Column("budget", Type.ID, "Short id; rows of one budget share it", must=True),
        Column("party", Type.PARTY, "Whose money it is", must=True),
        Column("day", Type.DAY, "First day of the tranche"),
        Column("amount", Type.MONEY, "Money of the tranche", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code", must=True),
        Column("good", Type.REF, "What may be bought", refers="goods"),
        Column("price", Type.MONEY, "Price of one unit", unit="currency"),
        Column("lead_days", Type.WHOLE, "Days from order to readiness", unit="days"),
        Column("supplier", Type.PARTY, "From whom"),
        Column("site", Type.REF, "Where it will be ready", refers="sites"),
        Column("most", Type.NUMBER, "Most units that can be bought", unit="unit"),
        MARKING,
    ),
)

EQUIVALENCES = Table(
    "equivalences",
    "This good serves that need, at this ratio",
    (
        Column("good", Type.REF, "The good that is sent", must=True, refers="goods"),
        Column("serves", Type.REF, "The good that is needed", must=True, refers="goods"),
        Column("ratio", Type.NUMBER, "Units of need served by one unit", must=True),
        Column("decision", Type.TEXT, "Which decision adopted it"),
        MARKING,
    ),
    key=("good", "serves"),
)

KITS = Table(
    "kits",
    "Things that are usable only together",
    (
        Column("kit", Type.ID, "Short id; rows of one kit share it", must=True),
        Column("need", Type.REF, "A component: one of the needs", must=True, refers="needs"),
        Column("per_kit", Type.NUMBER, "Units of that need in one kit", must=True),
        Column("weight", Type.NUMBER, "Value of one whole kit; on the kit's first row"),
        MARKING,
    ),
    key=("kit", "need"),
)

EARMARKS = Table(
    "earmarks",
    "What a partner gives only for this",
    (
        Column("offer", Type.REF, "The offer", must=True, refers="offers"),
        Column(
            "to",
            Type.CHOICE,
            "What it is tied to",
            must=True,
            choices=("need", "site", "region", "recipient"),
            sense="beneficiary",
        ),
        Column("value", Type.TEXT, "Its id", must=True, sense="id"),
        Column("decision", Type.TEXT, "Where the donor says so"),
        MARKING,
    ),
)

MEMBERS = (
    GOODS,
    NEEDS,
    OFFERS,
    STANDARDS,
    APPROVALS,
    BUDGETS,
    EQUIVALENCES,
    KITS,
    EARMARKS,
)
