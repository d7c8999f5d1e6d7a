"""Reconstruction: communities, their needs, projects, money and damage, principles and who attests them."""

from konvoi.model.table import MARKING, Column, Table, Type

NEED, IDENTIFIED, PREPARED, UNDER_WAY, COMPLETED, MAINTAINED, OUT_OF_USE, CANCELLED = PROJECT_STAGES = (
    "need",
    "identified",
    "prepared",
    "under way",
    "completed",
    "maintained",
    "out of use",
    "cancelled",
)
"""Stages of a project, from a need without a decision to completion and maintenance."""

COMMITTED, CONTRACTED, PAID = MONEY_STAGES = ("committed", "contracted", "paid")

SECTORS = (
    *("education", "health", "energy", "water and waste", "housing", "transport", "communications"),
    *("governance", "economy", "culture and sport", "nature"),
)
"""Sectors of a project: those of OC4IDS at their highest level."""

EVERY_CLUSTER = "all clusters"
CLUSTERS = (
    *(EVERY_CLUSTER, "camps", "education", "food and livelihoods", "health", "protection"),
    *("child protection", "gender-based violence", "mine action", "shelter", "water and sanitation"),
)
"""Clusters of people in need, as OCHA defines them."""

PRINCIPLES = (
    "more than one tenderer",
    "documents published",
    "consultation held",
    "maintenance stated",
    "land compensation budgeted",
    "local owner",
    "damage assessed",
    "demined",
    "energy standard",
    "accessible",
    "running cost covered",
)
"""Principles that may be required of a project; each is a member of konvoi.fund.principles."""

MET, NOT_MET, UNKNOWN = ANSWERS = ("met", "not met", "unknown")

_SOURCE = Column("source", Type.REF, "The statement that says so", refers="statements")
_CURRENCY = Column("currency", Type.CURRENCY, "ISO 4217 code of the amounts")
_ADDRESS = Column("address", Type.URL, "Where it is published")
_PRINCIPLE = Column("principle", Type.CHOICE, "Which principle", must=True, choices=PRINCIPLES)

COMMUNITIES = Table(
    "communities",
    "Communities (hromadas) that projects lie in, by their official code",
    (
        Column("community", Type.ID, "Official code, such as UA05020030000031457", must=True),
        Column("name", Type.TEXT, "Name in Latin letters, or in its own script", must=True),
        Column("oblast", Type.TEXT, "Code of its oblast, such as UA05", must=True),
        Column("region", Type.TEXT, "Region, such as the oblast"),
        Column("name_uk", Type.TEXT, "Name in Ukrainian"),
        Column("population", Type.WHOLE, "How many people live there", unit="persons"),
        Column("lat", Type.NUMBER, "Latitude, WGS 84", unit="°"),
        Column("lon", Type.NUMBER, "Longitude, WGS 84", unit="°"),
        _ADDRESS,
        MARKING,
    ),
    key=("community",),
)

PEOPLE_IN_NEED = Table(
    "people_in_need",
    "How many people of an oblast are in need, by cluster and year",
    (
        Column("oblast", Type.ID, "Code of the oblast, such as UA05", must=True),
        Column("cluster", Type.CHOICE, "Of what", must=True, choices=CLUSTERS),
        Column("year", Type.WHOLE, "The year it is reckoned for", must=True),
        Column("people", Type.WHOLE, "How many are in need", must=True, unit="persons"),
        Column("population", Type.WHOLE, "How many people live there", unit="persons"),
        Column("region", Type.TEXT, "Region, such as the oblast"),
        _ADDRESS,
        MARKING,
    ),
    key=("oblast", "cluster", "year"),
)

PROJECTS = Table(
    "projects",
    "What is rebuilt or built: from the need to what is completed and kept up",
    (
        Column("project", Type.ID, "Your reference", must=True),
        Column("title", Type.TEXT, "What it is called", must=True),
        Column("stage", Type.CHOICE, "How far it stands", must=True, choices=PROJECT_STAGES),
        Column("owner", Type.PARTY, "Who is to own and run it"),
        Column("communities", Type.LIST, "The communities it lies in, by their codes"),
        Column("building", Type.TEXT, "Which building or stretch: its register number or address"),
        Column("sector", Type.CHOICE, "What it is for", choices=SECTORS),
        Column("cost", Type.MONEY, "What it is reckoned to cost", unit="currency"),
        _CURRENCY,
        Column("ends", Type.DAY, "Day of completion, planned or real"),
        _ADDRESS,
        MARKING,
    ),
    key=("project",),
)

FINANCING = Table(
    "financing",
    "The money of projects: what was committed, contracted and paid, by whom",
    (
        Column("financing", Type.ID, "Your reference", must=True),
        Column("project", Type.REF, "The project", must=True, refers="projects"),
        Column("party", Type.PARTY, "Who gives or pays", must=True),
        Column("stage", Type.CHOICE, "What the row tells", must=True, choices=MONEY_STAGES),
        Column("day", Type.DAY, "Day of it"),
        Column("amount", Type.MONEY, "How much; empty: as the record says", unit="currency"),
        _CURRENCY,
        Column("record", Type.TEXT, "The allocation, contract, call-off or tranche it is, by its reference"),
        _SOURCE,
        _ADDRESS,
        MARKING,
    ),
    key=("financing",),
)

DAMAGES = Table(
    "damages",
    "Damage that was assessed: how much, how, on which day",
    (
        Column("damage", Type.ID, "Your reference", must=True),
        Column("day", Type.DAY, "Day of the assessment", must=True),
        Column("method", Type.TEXT, "How it was found", must=True),
        Column("amount", Type.MONEY, "What it would cost to make good", must=True, unit="currency"),
        Column("currency", Type.CURRENCY, "ISO 4217 code of the amounts", must=True),
        Column("party", Type.PARTY, "Who assessed it"),
        Column("project", Type.REF, "The project that makes it good", refers="projects"),
        Column("community", Type.REF, "The community; empty: the project's", refers="communities"),
        Column("building", Type.TEXT, "Which building or stretch: its register number or address"),
        _SOURCE,
        _ADDRESS,
        MARKING,
    ),
    key=("damage",),
)

PRINCIPLES_TABLE = Table(
    "principles",
    "Requirements for each project, with the decision or clause and the threshold",
    (
        _PRINCIPLE,
        Column("decision", Type.REF, "The decision that adopted it", refers="decisions"),
        Column("document", Type.REF, "The document that adopted it", refers="documents"),
        Column("clause", Type.TEXT, "Part, section and number, such as II/3/1"),
        Column("threshold", Type.NUMBER, "From which number on it is met; for some, up to which"),
        Column("attested_by", Type.LIST, "Who may attest it, by id; owner: whoever owns the project"),
        Column("in_force", Type.DAY, "First day on which it holds"),
        Column("ends", Type.DAY, "Last day on which it holds"),
        Column("words", Type.TEXT, "The words in which it was adopted"),
        _SOURCE,
        MARKING,
    ),
    key=("principle",),
)

ATTESTATIONS = Table(
    "attestations",
    "Who says that a project meets a principle, or what was measured",
    (
        Column("attestation", Type.ID, "Your reference", must=True),
        Column("project", Type.REF, "The project", must=True, refers="projects"),
        _PRINCIPLE,
        Column("party", Type.PARTY, "Who attests it", must=True),
        Column("day", Type.DAY, "Day of the attestation", must=True),
        Column("verdict", Type.CHOICE, "What is attested; empty: the value says", choices=(MET, NOT_MET)),
        Column("value", Type.NUMBER, "What was measured, as the threshold counts it"),
        Column("words", Type.TEXT, "Why"),
        Column(
            "source",
            Type.REF,
            "The statement that says so; empty: the party hands it in itself",
            refers="statements",
        ),
        _ADDRESS,
        MARKING,
    ),
    key=("attestation",),
)

MEMBERS = (COMMUNITIES, PEOPLE_IN_NEED, PROJECTS, FINANCING, DAMAGES, PRINCIPLES_TABLE, ATTESTATIONS)
