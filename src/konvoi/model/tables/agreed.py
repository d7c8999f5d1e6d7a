"""Agreements and their implementation: documents, undertakings, guarantees, allocations, call-offs."""

from konvoi.model.table import MARKING, Column, Table, Type
from konvoi.model.tables.sessions import TOPICS
from konvoi.model.tables.words import CONTRACT_STATE

DOCUMENTS = Table(
    "documents",
    "The framework documents: agreements, declarations, memoranda, decisions",
    (
        Column("document", Type.ID, "Short id", must=True),
        Column("title", Type.TEXT, "What it is called", must=True),
        Column("parties", Type.LIST, "Who is bound by it, by id", must=True),
        Column(
            "kind",
            Type.CHOICE,
            "What kind of document it is",
            choices=("agreement", "declaration", "memorandum", "decision"),
        ),
        Column("day", Type.DAY, "Day of signature or adoption; empty: not signed"),
        Column("in_force", Type.DAY, "First day on which it holds"),
        Column("ends", Type.DAY, "Last day on which it holds"),
        Column("supersedes", Type.REF, "The document whose place it takes", refers="documents"),
        Column(
            "under",
            Type.REF,
            "The declaration on which it is based, together with parallel agreements",
            refers="documents",
        ),
        Column("language", Type.TEXT, "Languages of the text, such as en; uk"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
        Column("depositary", Type.TEXT, "Who keeps the signed text", desk=False),
        Column(
            "topic",
            Type.CHOICE,
            "Of which topic; sanctions: shown with sanctions, not among agreements",
            choices=TOPICS,
            desk=False,
        ),
    ),
    key=("document",),
)

UNDERTAKINGS = Table(
    "undertakings",
    "What a clause of a document binds a party to",
    (
        Column("undertaking", Type.ID, "Short id", must=True),
        Column("document", Type.REF, "The document it stands in", must=True, refers="documents"),
        Column("party", Type.PARTY, "Party that accepts the obligation", must=True),
        Column("clause", Type.TEXT, "Part, section and number, such as II/3/1"),
        Column(
            "force",
            Type.CHOICE,
            "How far it binds; a statement of the past promises nothing; empty: not judged yet",
            choices=("binding", "political", "best effort", "intention", "statement of the past"),
        ),
        Column(
            "reservation",
            Type.CHOICE,
            "What it is subject to; empty: nothing",
            choices=("funds", "parliament", "law", "security"),
        ),
        Column("good", Type.REF, "What is to be given; empty: money or not said", refers="goods"),
        Column("quantity", Type.NUMBER, "How much, in the good's unit; empty: not said", unit="unit"),
        Column("amount", Type.MONEY, "Sum; empty: not said", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("until", Type.DAY, "Last day by which it is to be fulfilled", sense="obligation"),
        MARKING,
    ),
    key=("undertaking",),
)

GUARANTEES = Table(
    "guarantees",
    "Clauses that an event triggers: who consults, assists or answers whom, and within what time",
    (
        Column("guarantee", Type.ID, "Short id", must=True),
        Column("document", Type.REF, "The document it stands in", must=True, refers="documents"),
        Column("clause", Type.TEXT, "Part, section and number, such as II/3/1"),
        Column(
            "kind",
            Type.CHOICE,
            "What the clause provides for",
            must=True,
            choices=("consultation", "assistance", "guarantee", "suspension"),
        ),
        Column("trigger", Type.TEXT, "Event that triggers it", must=True),
        Column("trigger_de", Type.TEXT, "The same in German", desk=False),
        Column("trigger_uk", Type.TEXT, "The same in Ukrainian", desk=False),
        Column("who", Type.LIST, "Parties that act, by id; empty: all parties of the document"),
        Column("whom", Type.LIST, "Parties to which they answer, by id; empty: the other parties"),
        Column("hours", Type.WHOLE, "Hours within which they act; empty: not stated", unit="h"),
        Column("on_request", Type.YES, "Whether a party must ask for it; empty: not stated"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
    ),
    key=("guarantee",),
)

ALLOCATIONS = Table(
    "allocations",
    "What was set aside to fulfil an obligation or an item",
    (
        Column("allocation", Type.ID, "Your reference", must=True),
        Column("party", Type.PARTY, "Who sets it aside", must=True),
        Column("day", Type.DAY, "Day of the decision", must=True),
        Column("undertaking", Type.REF, "The obligation that it fulfils, if any", refers="undertakings"),
        Column("line", Type.REF, "The item it is for; empty: not known", refers="lines"),
        Column("good", Type.REF, "Id of the good; empty: the item's, or money", refers="goods"),
        Column("quantity", Type.NUMBER, "How much", unit="unit"),
        Column("unit", Type.TEXT, "Unit of the quantity; empty: the good's"),
        Column("amount", Type.MONEY, "Value", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
    ),
    key=("allocation",),
)

CALL_OFFS = Table(
    "call_offs",
    "What was ordered under a framework contract; each is a contracting process of its own",
    (
        Column("call_off", Type.ID, "Reference of the call-off", must=True),
        Column("contract", Type.REF, "The framework contract it is under", must=True, refers="contracts"),
        Column("day", Type.DAY, "Day of signature", must=True),
        Column("line", Type.REF, "The item it is for; empty: that of the framework contract", refers="lines"),
        Column("quantity", Type.NUMBER, "How much", unit="unit"),
        Column("unit", Type.TEXT, "Unit of the quantity"),
        Column("amount", Type.MONEY, "Value", unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount"),
        Column("delivery", Type.DAY, "Day of delivery that the call-off names"),
        CONTRACT_STATE,
        Column("address", Type.URL, "Where it is published"),
        MARKING,
    ),
    key=("call_off",),
)

MEMBERS = (DOCUMENTS, UNDERTAKINGS, GUARANTEES, ALLOCATIONS, CALL_OFFS)
