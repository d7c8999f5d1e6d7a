"""Positions of parties on a draft: its rounds, and the position of each party on each clause."""

from konvoi.model.table import MARKING, Column, Table, Type

ACCEPTANCE, NOTHING = SILENCE = ("silence accepts", "silence says nothing")
"""Meaning of a party's silence until the deadline."""

ACCEPT = "accept"
AMEND = "amend"
SUPPORT = "support"
REJECT = "reject"
RESERVES = ("accept with reserve", "scrutiny reserve", "ad referendum")
"""Stances that stay open until they are lifted."""

STANCES = (ACCEPT, *RESERVES, AMEND, SUPPORT, REJECT)

ROUNDS = Table(
    "rounds",
    "Rounds of a draft, with deadline and the meaning of silence",
    (
        Column("round", Type.ID, "Short id", must=True),
        Column("document", Type.REF, "The document that is negotiated", must=True, refers="documents"),
        Column("deadline", Type.DAY, "Last day for positions", must=True),
        Column("opened", Type.DAY, "Day on which the draft was sent round"),
        Column("rule", Type.CHOICE, "What silence means; empty: silence accepts", choices=SILENCE),
        Column("text", Type.TEXT, "Name of the file that holds this round's text; empty: the document's id"),
        Column("parties", Type.LIST, "Parties that are asked, by id; empty: the parties of the document"),
        Column("title", Type.TEXT, "Name of the round"),
        MARKING,
    ),
    key=("round",),
)

POSITIONS = Table(
    "positions",
    "Positions of parties on clauses of a draft; a party that is silent needs no row",
    (
        Column("position", Type.ID, "Your reference", must=True),
        Column("round", Type.REF, "Round of the position", must=True, refers="rounds"),
        Column("party", Type.PARTY, "Party that takes the position", must=True),
        Column("stance", Type.CHOICE, "What it says", must=True, choices=STANCES),
        Column("day", Type.DAY, "Day on which it was said", must=True),
        Column("clause", Type.TEXT, "Part, section and number, such as II/3/1; empty: the whole text"),
        Column(
            "amendment",
            Type.REF,
            "The amendment that is supported, accepted or rejected, by its position",
            refers="positions",
        ),
        Column("words", Type.TEXT, "Amend: the clause as it is to read; else why"),
        Column("lifts", Type.DAY, "Day by which a reservation is to be withdrawn"),
        Column("lifted", Type.DAY, "Day on which it was withdrawn"),
        Column("source", Type.REF, "The statement that says so", refers="statements"),
        MARKING,
    ),
    key=("position",),
)

MEMBERS = (ROUNDS, POSITIONS)
