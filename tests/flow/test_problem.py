"""What is planned is what is still there to be sent, and what has not arrived."""

from decimal import Decimal
from pathlib import Path

from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.collect import gathering
from konvoi.flow.problem import problem
from konvoi.flow.workspace import workspace as opened


def test_what_was_told_again_is_planned_once_less_what_has_left_and_what_has_arrived(tmp_path: Path) -> None:
    """P-2 restates P-1, so its ten tents are the same ten; 4 of them have left, 3 have arrived."""
    gathered = gathering(opened(workspace(tmp_path)))
    made = problem(gathered)
    assert made.tables["offers"].select("offer", "quantity").rows() == [("O-2", Decimal(10))]
    assert made.tables["needs"].select("need", "quantity").rows() == [("N-1", Decimal(4))]
    assert [f.code for f in made.findings] == ["offer-planned-once", "need-under-way"]


def test_an_offer_is_cut_to_what_its_line_still_holds(tmp_path: Path) -> None:
    alone = {
        name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines", "offers")
    }
    made = problem(gathering(opened(workspace(tmp_path, **alone))))
    assert made.tables["offers"].select("offer", "quantity").rows() == [("O-1", Decimal(6))]
    assert [(f.code, f.values["left"]) for f in made.findings] == [
        ("offer-cut-to-line", "6"),
        ("need-under-way", "4"),
    ]


def test_two_lots_of_one_line_share_what_it_holds(tmp_path: Path) -> None:
    lots = {name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines")}
    offers = (TABLES["offers"][0], "O-1,AR,tent,5,port,L-1", "O-3,AR,tent,5,port,L-1")
    made = problem(gathering(opened(workspace(tmp_path, offers=offers, **lots))))
    assert made.tables["offers"].select("offer", "quantity").rows() == [
        ("O-1", Decimal(5)),
        ("O-3", Decimal(1)),
    ]
