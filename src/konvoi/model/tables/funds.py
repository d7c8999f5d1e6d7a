"""Economic packages: programmes, their tranches, the conditions money hangs on, who assessed them and how."""

from konvoi.model.table import MARKING, Column, Table, Type

RULES = ("by step weight", "all or nothing", "proven spending", "unconditional", "windfall loan")
"""Payment rules of a programme; each is a member of konvoi.fund.rules."""

EXPECTED, REQUESTED, ASSESSED, DECIDED, PAID = TRANCHE_STAGES = (
    "expected",
    "requested",
    "assessed",
    "decided",
    "paid",
)
GRANT, LOAN, GUARANTEE, PRE_FINANCING, WINDFALL = PARTS = (
    "grant",
    "loan",
    "guarantee",
    "pre-financing",
    "windfall profits",
)
MET, NOT_MET, WAIVED = VERDICTS = ("met", "not met", "waived")
AT_LEAST, ABOUT = EXACTNESS = ("at least", "about")

_SOURCE = Column("source", Type.REF, "The statement that says so", refers="statements")
_CURRENCY = Column("currency", Type.CURRENCY, "ISO 4217 code of the amount")

PROGRAMMES = Table(
    "programmes",
    "Economic packages: grants, loans and guarantees that are paid in tranches",
    (
        Column("programme", Type.ID, "Short id", must=True),
        Column("party", Type.PARTY, "Who gives", must=True),
        Column("title", Type.TEXT, "What it is called", must=True),
        Column("rule", Type.CHOICE, "By which rule it pays", must=True, choices=RULES),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amounts", must=True),
        Column("grant", Type.MONEY, "Amount of the grant", unit="currency"),
        Column("loan", Type.MONEY, "Amount of the loan", unit="currency"),
        Column("guarantee", Type.MONEY, "Amount guaranteed; no money is paid", unit="currency"),
        Column("prefinancing", Type.MONEY, "What of grant and loan is paid in advance", unit="currency"),
        Column("budget", Type.TEXT, "The budget that its money goes into; empty: none that is planned with"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
        Column(
            "disbursed", Type.MONEY, "What its page states as disbursed in all", unit="currency", desk=False
        ),
        Column("disbursed_on", Type.DAY, "Day of that figure; empty: that of the last payment", desk=False),
    ),
    key=("programme",),
)

TRANCHES = Table(
    "tranches",
    "What happened to each tranche: a row for each stage it came to, and for each payment",
    (
        Column("tranche", Type.ID, "Short id; rows of one tranche share it", must=True),
        Column("programme", Type.REF, "The programme it belongs to", must=True, refers="programmes"),
        Column(
            "stage",
            Type.CHOICE,
            "What the row tells; assessed: what the authority proposed",
            must=True,
            choices=TRANCHE_STAGES,
        ),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount", must=True),
        Column("day", Type.DAY, "Day of it; of an expected tranche, when; empty: not known"),
        Column("amount", Type.MONEY, "How much; expected: with all steps met", unit="currency"),
        Column("exactness", Type.CHOICE, "How far the amount holds; empty: exactly", choices=EXACTNESS),
        Column("part", Type.CHOICE, "Which part of the programme; empty: not told apart", choices=PARTS),
        Column("claims", Type.LIST, "Requested: the conditions said to be met, by their ids"),
        _SOURCE,
        MARKING,
    ),
    key=("tranche", "stage", "day", "part"),
)

CONDITIONS = Table(
    "conditions",
    "Conditions for the payment of a programme, each with its weight in money",
    (
        Column("condition", Type.ID, "Short id; a changed step has a new one", must=True),
        Column("programme", Type.REF, "The programme it belongs to", must=True, refers="programmes"),
        Column("title", Type.TEXT, "The step in English", must=True),
        Column("title_uk", Type.TEXT, "The same in Ukrainian"),
        Column("tranche", Type.REF, "Tranche that depends on it; empty: not known", refers="tranches"),
        Column("due", Type.DAY, "Last day; of a quarter, its last day"),
        Column(
            "amount",
            Type.MONEY,
            "Amount of the tranche that depends on it; empty: not known",
            unit="currency",
        ),
        _CURRENCY,
        Column("bridge", Type.YES, "Whether bridge financing depended on it"),
        Column("supersedes", Type.REF, "The condition that it replaces by a decision", refers="conditions"),
        _SOURCE,
        MARKING,
    ),
    key=("condition",),
)

ASSESSMENTS = Table(
    "assessments",
    "Assessments of conditions by the authority; nothing else changes their status",
    (
        Column("assessment", Type.ID, "Your reference", must=True),
        Column("condition", Type.REF, "The condition", must=True, refers="conditions"),
        Column("party", Type.PARTY, "Who assessed it", must=True),
        Column("day", Type.DAY, "Day of the assessment", must=True),
        Column("verdict", Type.CHOICE, "What was found", must=True, choices=VERDICTS),
        Column(
            "tranche",
            Type.REF,
            "The tranche with which it was claimed; empty: the condition's own",
            refers="tranches",
        ),
        Column("amount", Type.MONEY, "Spending that was proven; empty: all of it", unit="currency"),
        _CURRENCY,
        Column("words", Type.TEXT, "Why"),
        Column(
            "source",
            Type.REF,
            "The statement as evidence; empty: the assessment is not used",
            refers="statements",
        ),
        MARKING,
    ),
    key=("assessment",),
)

FINANCING_NEEDS = Table(
    "financing_needs",
    "What the state says it needs for its budget, by period",
    (
        Column("financing_need", Type.ID, "Short id", must=True),
        Column("from", Type.DAY, "First day of the period", must=True),
        Column("to", Type.DAY, "Last day of the period", must=True),
        Column("amount", Type.MONEY, "How much money is needed from outside", must=True, unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amount", must=True),
        Column("party", Type.PARTY, "Who says so"),
        Column("source", Type.REF, "The statement that says so", refers="statements"),
        Column("address", Type.URL, "Where it is published"),
        MARKING,
    ),
    key=("financing_need",),
)

MEMBERS = (PROGRAMMES, TRANCHES, CONDITIONS, ASSESSMENTS, FINANCING_NEEDS)
