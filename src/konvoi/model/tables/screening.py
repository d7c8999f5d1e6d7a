"""Identifying data of parties and ships besides names, as used for screening against lists."""

from konvoi.model.table import MARKING, Column, Table, Type

IDENTITY_TYPES = (
    "born",
    "registration",
    "tax",
    "lei",
    "passport",
    "national-id",
    "imo-company",
    "edrpou",
    "rnokpp",
    "inn",
    "ogrn",
    "swift",
)
"""Days of birth, and the numbers that lists bear, too."""

IDENTITIES = Table(
    "identities",
    "Numbers and days of birth of parties, by which they are told from namesakes on lists of sanctions",
    (
        Column("party", Type.REF, "The party", must=True, refers="parties"),
        Column("type", Type.CHOICE, "What it is known by", must=True, choices=IDENTITY_TYPES),
        Column("value", Type.TEXT, "The number, or the day, month or year of birth", must=True),
        Column("country", Type.TEXT, "State that issued it, ISO 3166 two letters"),
        Column("address", Type.URL, "Where this is published"),
        MARKING,
    ),
    key=("party", "type", "value"),
)

HULLS = Table(
    "hulls",
    "Ships that carriers use",
    (
        Column("hull", Type.ID, "Short id", must=True),
        Column("name", Type.TEXT, "Name in Latin letters", must=True),
        Column("imo", Type.TEXT, "IMO number"),
        Column("mmsi", Type.TEXT, "Number of its radio (MMSI)"),
        Column("flag", Type.TEXT, "Flag state, ISO 3166 two letters"),
        Column("carrier", Type.PARTY, "Who carries with it"),
        Column("owner", Type.TEXT, "Name of its registered owner"),
        Column("manager", Type.TEXT, "Name of its manager"),
        Column("address", Type.URL, "Where this is published"),
        MARKING,
    ),
    key=("hull",),
)

MEMBERS = (IDENTITIES, HULLS)
