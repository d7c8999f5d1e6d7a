"""Parties, contacts, statements and deliveries: from parties and packages to receipts and serials."""

from konvoi.model.party import LANGUAGES
from konvoi.model.stages import COUNT_MODES, KINDS, NOT_STATED, PROOFS, ROUTES, RULES, VALUATIONS, Stage
from konvoi.model.table import MARKING, Column, Table, Type

CONTRACT_STATE = Column(
    "state", Type.CHOICE, "Where it stands", choices=("pending", "active", "terminated", "cancelled")
)
"""State of a contract, or of a call-off under one."""


PARTIES = Table(
    "parties",
    "Every state, institution, fund, supplier, carrier and recipient, once",
    (
        Column("party", Type.ID, "Short id; ISO 3166 two letters for states", must=True),
        Column("name", Type.TEXT, "Name in English", must=True),
        Column(
            "kind",
            Type.CHOICE,
            "What it is",
            must=True,
            choices=(
                "state",
                "institution",
                "fund",
                "supplier",
                "carrier",
                "recipient",
                "implementer",
            ),
        ),
        Column("name_de", Type.TEXT, "Name in German"),
        Column("name_uk", Type.TEXT, "Name in Ukrainian"),
        Column(
            "role",
            Type.CHOICE,
            "Its part in the coalition",
            choices=("member", "institution", "observer", "recipient", "none"),
        ),
        Column("group", Type.LIST, "Groups it belongs to, such as EU"),
        Column("member_from", Type.DAY, "First day of membership"),
        Column("member_to", Type.DAY, "Last day of membership"),
        Column("aliases", Type.LIST, "Other names, in any script"),
        Column("address", Type.URL, "Where this is published"),
        MARKING,
    ),
    key=("party",),
)

CONTACTS = Table(
    "contacts",
    "Persons who answer questions on a submission; never shown to other parties",
    (
        Column("name", Type.TEXT, "Name of the person", must=True, sense="person"),
        Column("party", Type.PARTY, "Party for which the person answers", must=True),
        Column("function", Type.TEXT, "Function, such as desk officer"),
        Column("email", Type.EMAIL, "E-mail address", must=True),
        Column("language", Type.CHOICE, "Language of letters to the person", choices=LANGUAGES),
    ),
    key=("name", "party"),
)

STATEMENTS = Table(
    "statements",
    "Official and other statements, with speaker and source",
    (
        Column("statement", Type.ID, "Your reference", must=True),
        Column("party", Type.PARTY, "Party on whose behalf it was made", must=True),
        Column("day", Type.DAY, "Day of the statement", must=True),
        Column(
            "class",
            Type.CHOICE,
            "Only official statements change a stage",
            must=True,
            choices=("official", "press", "analyst", "unnamed"),
        ),
        Column("address", Type.URL, "Where it is published"),
        Column("words", Type.TEXT, "The words in the original language"),
        Column("language", Type.TEXT, "Language of the words, such as uk"),
        Column("person", Type.TEXT, "Who said it"),
        Column("office", Type.TEXT, "In which office"),
        Column("translation", Type.YES, "Whether the words are a translation"),
        Column("package", Type.REF, "The package it speaks of", refers="packages"),
        MARKING,
        Column("retrieved_from", Type.TEXT, "Where its text was retrieved from", desk=False),
    ),
    key=("statement",),
)

PACKAGES = Table(
    "packages",
    "What a partner announces as a whole; its value and the values of its items are never added",
    (
        Column("package", Type.ID, "Your reference", must=True),
        Column("party", Type.PARTY, "Who gives", must=True),
        Column("day", Type.DAY, "Day of the announcement", must=True),
        Column("kind", Type.CHOICE, "What kind of support", must=True, choices=KINDS),
        Column("counterparty", Type.PARTY, "Who receives; empty: the coalition's recipient"),
        Column("title", Type.TEXT, "Short title"),
        Column(
            "stage",
            Type.CHOICE,
            "How far it stands; empty: pledged",
            choices=(Stage.PLEDGED, Stage.COMMITTED, Stage.ALLOCATED, Stage.DISBURSED, Stage.WITHDRAWN),
        ),
        Column("amount", Type.MONEY, "Value of the whole package", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("address", Type.URL, "Where it is published"),
        Column(
            "relates",
            Type.LIST,
            "Relation to other packages, such as restates:US-3 or part_of:JOINT-1; part_of?:JOINT-1: perhaps",
        ),
        MARKING,
        Column("since", Type.DAY, "Of a total to date: the day from which it counts", desk=False),
        Column("implementer", Type.TEXT, "Who carries it out", desk=False),
        Column("place", Type.TEXT, "Place that it is for, such as a town or region", desk=False),
        Column("count_mode", Type.CHOICE, "How it may count when hidden", choices=COUNT_MODES, desk=False),
    ),
    key=("package",),
)

LINES = Table(
    "lines",
    "One good or sum in a package",
    (
        Column("line", Type.ID, "Your reference", must=True),
        Column("package", Type.REF, "The package it belongs to", must=True, refers="packages"),
        Column("good", Type.REF, "Id of the good; empty for money", refers="goods"),
        Column("quantity", Type.NUMBER, "How much; empty: not known", unit="unit"),
        Column("unit", Type.TEXT, "Unit of the quantity; empty: the good's"),
        Column("amount", Type.MONEY, "Value of this item", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("valuation", Type.CHOICE, "How the value was found", choices=VALUATIONS),
        Column("route", Type.CHOICE, "How it travels; empty: from stock", choices=(*ROUTES, NOT_STATED)),
        Column("promised", Type.DAY, "Promised day of delivery"),
        Column("count_mode", Type.CHOICE, "How it may count when hidden", choices=COUNT_MODES),
        MARKING,
        Column(
            "stage",
            Type.CHOICE,
            "How far it stands; empty: as its package",
            choices=(Stage.PLEDGED, Stage.COMMITTED, Stage.ALLOCATED, Stage.DISBURSED, Stage.WITHDRAWN),
            desk=False,
        ),
        Column(
            "agreement",
            Type.REF,
            "Agreement that it fulfils, by the id of the document",
            refers="documents",
            desk=False,
        ),
    ),
    key=("line",),
)

CONTRACTS = Table(
    "contracts",
    "What was signed to fulfil an item",
    (
        Column("contract", Type.ID, "Reference of the contract", must=True),
        Column(
            "line",
            Type.REF,
            "The item it is for; empty: not known, or stated in its call-offs",
            refers="lines",
        ),
        Column("supplier", Type.PARTY, "Who supplies", must=True),
        Column("day", Type.DAY, "Day of signature", must=True),
        Column("quantity", Type.NUMBER, "How much", unit="unit"),
        Column("unit", Type.TEXT, "Unit of the quantity"),
        Column("amount", Type.MONEY, "Value", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("delivery", Type.DAY, "Day of delivery that the contract names"),
        CONTRACT_STATE,
        Column("address", Type.URL, "Where it is published"),
        MARKING,
    ),
    key=("contract",),
)

MOVEMENTS = Table(
    "movements",
    "What left, passed a hub or was handed over",
    (
        Column("movement", Type.ID, "Your reference, such as the waybill and leg", must=True),
        Column("line", Type.REF, "The item that is transported", must=True, refers="lines"),
        Column("day", Type.DAY, "Day of the event", must=True),
        Column(
            "stage",
            Type.CHOICE,
            "What happened",
            must=True,
            choices=(Stage.APPROVED, Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.WITHDRAWN),
        ),
        Column("quantity", Type.NUMBER, "How much", must=True, unit="unit"),
        Column("unit", Type.TEXT, "Unit of the quantity"),
        Column("from", Type.REF, "Site it came from", refers="sites", sense="place"),
        Column("to", Type.REF, "Site it goes to", refers="sites", sense="place"),
        Column("carrier", Type.PARTY, "Who carries"),
        Column("waybill", Type.TEXT, "Number of the waybill"),
        Column("rule", Type.CHOICE, "Under which rule it counts as delivered", choices=RULES),
        MARKING,
    ),
    key=("movement",),
)

RECEIPTS = Table(
    "receipts",
    "What arrived, as counted",
    (
        Column("receipt", Type.ID, "Reference of the receipt", must=True),
        Column("reference", Type.REF, "The movement, waybill, item or contract that it confirms", must=True),
        Column("day", Type.DAY, "Day of receipt", must=True),
        Column("received", Type.NUMBER, "Quantity in good order", must=True, unit="unit"),
        Column("short", Type.NUMBER, "Quantity missing", unit="unit"),
        Column("damaged", Type.NUMBER, "Quantity damaged", unit="unit"),
        Column("rejected", Type.NUMBER, "Quantity rejected", unit="unit"),
        Column("over", Type.NUMBER, "Quantity above what was sent", unit="unit"),
        Column("place", Type.REF, "Site of receipt", refers="sites"),
        Column("proof", Type.CHOICE, "What proves it", choices=PROOFS),
        Column("document", Type.TEXT, "Number of the signed document"),
        MARKING,
    ),
    key=("receipt",),
)

SERIALS = Table(
    "serials",
    "Single pieces and lots that a movement or a receipt lists",
    (
        Column("paper", Type.REF, "The movement or receipt that lists it", must=True),
        Column("serial", Type.TEXT, "Serial number; of a lot without serials, the lot's number", must=True),
        Column(
            "state",
            Type.CHOICE,
            "What the paper says of it",
            must=True,
            choices=("dispatched", "at hub", "handed over", "received", "damaged", "rejected", "missing"),
        ),
        Column("good", Type.REF, "Id of the good; empty: that of the item in the document", refers="goods"),
        Column("lot", Type.TEXT, "Number of the lot or batch"),
        Column("quantity", Type.NUMBER, "How much of the lot; empty: one piece", unit="unit"),
        Column("scheme", Type.TEXT, "Who gives the number, such as giai; empty: the maker"),
        Column("container", Type.TEXT, "Number of the pallet or container it is packed in"),
        Column("expires", Type.DAY, "Last day on which it may be used"),
        MARKING,
    ),
    key=("paper", "serial", "state"),
)

PARTICIPANTS = Table(
    "participants",
    "Who takes part in a joint package, a row each; what each undertakes itself is then part of it",
    (
        Column("package", Type.REF, "The joint package", must=True, refers="packages"),
        Column("party", Type.PARTY, "Who takes part", must=True),
        Column("share", Type.SHARE, "Its share of the whole; empty: not known"),
        MARKING,
    ),
    key=("package", "party"),
)

PUBLISHED_SUMS = Table(
    "published_sums",
    "Sums that somebody publishes for a period: compared with, never counted",
    (
        Column("figure", Type.ID, "Your reference", must=True),
        Column("party", Type.PARTY, "Whose support it is", must=True),
        Column("from", Type.DAY, "First day of the period; empty: not said"),
        Column("to", Type.DAY, "Last day of the period", must=True),
        Column("amount", Type.MONEY, "Sum of the period", must=True, unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("kind", Type.CHOICE, "What kind of support; empty: all kinds together", choices=KINDS),
        Column(
            "stage",
            Type.CHOICE,
            "What the sum holds; planned: a budget or frame; needed, unfunded: of a need; empty: not said",
            choices=(
                *("planned", "needed", "unfunded"),
                *(Stage.PLEDGED, Stage.COMMITTED, Stage.ALLOCATED, Stage.DISBURSED),
            ),
        ),
        Column("register", Type.TEXT, "Whose meaning of the stage it follows, such as kiel"),
        Column("title", Type.TEXT, "What is summed"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
        Column(
            "exactness",
            Type.CHOICE,
            "How far the sum holds; empty: exactly",
            choices=("at least", "about", "up to"),
            desk=False,
        ),
        Column("stated", Type.DAY, "Day on which it was stated; empty: not known", desk=False),
    ),
    key=("figure",),
)

CONTRADICTIONS = Table(
    "contradictions",
    "What two sources state differently",
    (
        Column("contradiction", Type.ID, "Your reference", must=True),
        Column("party", Type.PARTY, "Party that it is about", must=True),
        Column("subject", Type.TEXT, "What both sources speak of", must=True),
        Column("value", Type.TEXT, "What the first source states", must=True),
        Column("address", Type.URL, "Where the first source is published"),
        Column("other_value", Type.TEXT, "What the second source states", must=True),
        Column("other_address", Type.URL, "Where the second source is published"),
        Column("used", Type.TEXT, "Value that these tables use; empty: none"),
        Column("day", Type.DAY, "Day of the later statement"),
        MARKING,
    ),
    key=("contradiction",),
)

MEMBERS = (
    *(PARTIES, STATEMENTS, PACKAGES, LINES, CONTRACTS, MOVEMENTS, RECEIPTS, SERIALS),
    *(PARTICIPANTS, CONTACTS, PUBLISHED_SUMS, CONTRADICTIONS),
)
