"""Papers of an invented delivery: Norland sends tents and rice to Bordavia, which receives part of them."""

from datetime import date
from decimal import Decimal

from konvoi.model.paper import Actor, Paper, PaperLine, Piece
from konvoi.model.stages import Stage

NORLAND, BORDAVIA = Actor("NO", "Norland"), Actor("BO", "Bordavia")
DAY = date(2031, 4, 1)


def line(id: str, **said: object) -> PaperLine:
    """Ten tents of line L-1, but for what is said."""
    usual = {"good": "tent", "name": "Tent", "quantity": Decimal(10), "unit": "piece"}
    return PaperLine(id, **{**usual, "line": "L-1", "package": "P-1", **said})  # type: ignore[arg-type]


DESPATCH = Paper(
    stage=Stage.DISPATCHED,
    number="W-7",
    day=date(2031, 3, 3),
    issued=date(2031, 3, 4),
    sender=NORLAND,
    receiver=BORDAVIA,
    carrier=Actor("gln:4000001000128", "Fast & Co"),
    origin="DEPOT-1",
    destination="HUB/1",
    lines=(
        line(
            "M-1",
            pieces=(
                Piece("S1"),
                Piece("S2", lot="A", expires=date(2033, 1, 1), container="sscc:001234560000000018"),
            ),
        ),
        line(
            "M-2",
            good="rice",
            name="Rice, long grain",
            quantity=Decimal("2.5"),
            unit="t",
            line="L-2",
            pieces=(Piece("LOT9", lot="LOT9", quantity=Decimal(2)),),
        ),
        line("M-3", good="gtin:10614141073464", name="Lamp", quantity=Decimal(3), unit="crate", line="L-3"),
    ),
)
ALONE = Paper(
    stage=Stage.DISPATCHED,
    number="M-9",
    day=date(2031, 3, 5),
    issued=date(2031, 3, 5),
    sender=NORLAND,
    receiver=BORDAVIA,
    rule="at origin",
    marking="coalition",
    lines=(line("M-9", quantity=Decimal(1)),),
)
ARRIVAL = Paper(
    stage=Stage.AT_HUB,
    number="W-7",
    day=date(2031, 3, 9),
    sender=NORLAND,
    receiver=BORDAVIA,
    origin="DEPOT-1",
    destination="HUB/1",
    rule="at hub",
    lines=(line("A-1", pieces=(Piece("S1"),)),),
)
RECEIPT = Paper(
    stage=Stage.RECEIVED,
    number="SIG-1",
    day=date(2031, 3, 20),
    issued=date(2031, 3, 21),
    sender=NORLAND,
    receiver=BORDAVIA,
    destination="TOWN",
    proof="signed by consignee",
    answers="W-7",
    lines=(
        line(
            "R-1",
            quantity=Decimal(7),
            reference="M-1",
            short=Decimal(1),
            damaged=Decimal(2),
            document="SIG-1",
            pieces=(Piece("S1"), Piece("S2", lot="A", state="damaged")),
        ),
        line(
            "R-2",
            good="rice",
            name="Rice, long grain",
            quantity=Decimal(2),
            unit="t",
            line="L-2",
            reference="M-2",
            rejected=Decimal("0.5"),
            over=Decimal(0),
            document="SIG-1",
        ),
    ),
)
BROKEN = Paper(
    stage=Stage.RECEIVED,
    number="R-3",
    day=date(2031, 3, 22),
    sender=NORLAND,
    receiver=BORDAVIA,
    proof="counted at hub",
    answers="W-7",
    lines=(
        line(
            "R-3",
            good="gtin:10614141073464",
            name="Lamp",
            quantity=Decimal(0),
            unit="crate",
            line="L-3",
            reference="W-7",
            damaged=Decimal(3),
        ),
    ),
)
BY_LINE = Paper(
    stage=Stage.RECEIVED,
    number="R-4",
    day=date(2031, 3, 22),
    sender=NORLAND,
    receiver=BORDAVIA,
    lines=(line("R-4", quantity=Decimal(1), reference="L-1"),),
)
PAPERS = (DESPATCH, ALONE, ARRIVAL, RECEIPT, BROKEN, BY_LINE)
PLANNED = Paper(
    stage=Stage.DISPATCHED,
    number="V-1",
    day=date(2031, 5, 1),
    sender=NORLAND,
    receiver=BORDAVIA,
    planned=True,
    lines=(line("V-1"),),
)
