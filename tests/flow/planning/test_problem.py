"""What is planned is what is still there to be sent, and what has not arrived."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.problem import problem
from konvoi.flow.workspace import workspace as opened
from konvoi.plan.audit import audit
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

NUMBER = "problem-number-not-possible"


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


def test_what_needs_were_met_with_is_told_paper_by_paper(tmp_path: Path) -> None:
    """Of eight tents three were received and one is still under way; four are left to plan."""
    made = problem(gathering(opened(workspace(tmp_path))))
    assert made.met.select("need", "kind", "record", "day", "quantity").rows() == [
        ("N-1", "received", "R-1", date(2031, 2, 8), Decimal(3)),
        ("N-1", "under way", "M-1", None, Decimal(1)),
    ]


def test_a_receipt_goes_to_the_need_that_is_due_first_and_what_is_over_to_the_next(tmp_path: Path) -> None:
    """Three came: N-2 is due first and wants two; N-0 is withdrawn and takes none."""
    needs = (
        "need,good,quantity,site,due,weight,state",
        "N-0,tent,8,town,2031-03-01,1,withdrawn",
        "N-1,tent,8,town,2031-03-15,1,validated",
        "N-2,tent,2,town,2031-03-08,1,",
    )
    made = problem(gathering(opened(workspace(tmp_path, needs=needs))))
    came = made.met.filter(pl.col("kind") == "received").select("need", "record", "quantity")
    assert came.rows() == [("N-2", "R-1", Decimal(2)), ("N-1", "R-1", Decimal(1))]
    assert made.tables["needs"].select("need", "quantity").rows() == [
        ("N-0", Decimal(8)),
        ("N-1", Decimal(6)),
    ]


def test_what_is_asked_for_or_offered_in_no_possible_quantity_is_left_out_and_told(tmp_path: Path) -> None:
    needs = (*TABLES["needs"], "N-0,tent,0,town,2031-03-15,1", "N-9,tent,-4,town,2031-03-15,1")
    offers = (TABLES["offers"][0], "O-9,AR,tent,-5,port,", "O-0,AR,tent,0,port,")
    made = problem(gathering(opened(workspace(tmp_path, needs=needs, offers=offers))))
    told = [(f.place.sheet, f.place.row, f.read) for f in made.findings if f.code == NUMBER]
    assert told == [("needs", 3, "0"), ("needs", 4, "-4"), ("offers", 2, "-5")]
    assert made.tables["needs"]["need"].to_list() == ["N-1"]


def test_days_in_the_wrong_order_are_told_and_the_earlier_limits(tmp_path: Path) -> None:
    """Nothing arrives after the last useful day; an offer whose window is empty sends nothing."""
    needs = (
        "need,good,quantity,site,due,last_useful",
        "N-1,tent,8,town,2031-03-15,2031-02-11",
        "N-2,tent,8,town,2031-03-15,2031-03-01",
    )
    offers = (
        "offer,party,good,quantity,site,ready,until",
        "O-1,AR,tent,4,port,,",
        "O-2,AR,tent,4,port,2031-02-20,2031-02-12",
    )
    made = problem(gathering(opened(workspace(tmp_path, needs=needs, offers=offers))))
    told = [(f.code, f.place.row) for f in made.findings if f.code.startswith("problem-")]
    assert told == [
        ("problem-last-before-due", 2),
        ("problem-last-before-due", 3),
        ("problem-days-turned", 3),
    ]
    plan = solve(from_tables(made.tables))
    assert plan.movements.select("offer", "need", "on_time").rows() == [("O-1", "N-2", True)]
    assert plan.movements.filter(pl.col("arrives") > date(2031, 3, 1)).is_empty()
    assert audit(made.tables, plan) == ()


def test_a_partner_that_is_blocked_by_its_name_is_blocked(tmp_path: Path) -> None:
    blocked = ("kind,value,reason", "party,Argentina,listed", "party,Argentinia,listed")
    made = problem(gathering(opened(workspace(tmp_path, blocked=blocked))))
    assert made.tables["blocked"]["value"].to_list() == ["AR", "Argentinia"]
    assert "block-of-nobody" in [f.code for f in made.findings]


def later(folder: Path, **tables: tuple[str, ...]) -> None:
    """A later document of Arvenia with other tables."""
    desk = folder / "submissions" / "AR" / "later"
    desk.mkdir()
    (desk / "konvoi.csv").write_text("party,AR\nday,2031-02-20\n")
    for name, rows in tables.items():
        (desk / f"{name}.csv").write_text("\n".join(rows) + "\n")


def test_the_latest_statement_of_a_line_item_is_planned(tmp_path: Path) -> None:
    """Ten tents, later six under the same reference: an offer of ten is cut to what is left of six."""
    alone = {
        name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines", "offers")
    }
    folder = workspace(tmp_path, **alone)
    later(folder, lines=("line,package,good,quantity", "L-1,P-1,tent,6"))
    gathered = gathering(opened(folder))
    assert gathered.tables["lines"].select("line", "quantity", "promised").rows() == [
        ("L-1", Decimal(6), date(2031, 3, 1))
    ]
    made = problem(gathered)
    assert made.tables["offers"].select("offer", "quantity").rows() == [("O-1", Decimal(2))]


def test_what_is_known_as_of_an_earlier_day_is_planned_by_the_earlier_statement(tmp_path: Path) -> None:
    alone = {
        name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines", "offers")
    }
    folder = workspace(tmp_path, **alone)
    names = [f'"AR/{name}.csv" = 2031-01-10' for name in TABLES]
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text() + "\n".join(["[known_on]", *names]) + "\n")
    later(folder, lines=("line,package,good,quantity", "L-1,P-1,tent,6"))
    then = gathering(opened(folder), known=date(2031, 2, 19))
    assert then.tables["lines"]["quantity"].to_list() == [Decimal(10)]
    now = gathering(opened(folder))
    assert now.tables["lines"]["quantity"].to_list() == [Decimal(6)]


def test_a_withdrawn_line_item_is_not_planned(tmp_path: Path) -> None:
    alone = {
        name: tuple(r for r in TABLES[name] if "-2" not in r)
        for name in ("packages", "lines", "offers", "movements", "receipts")
    } | {"movements": (), "receipts": ()}
    folder = workspace(tmp_path, **alone)
    later(folder, lines=("line,package,good,quantity", "L-1,P-1,tent,0"))
    made = problem(gathering(opened(folder)))
    assert made.tables["offers"].filter(pl.col("quantity") > 0).is_empty()
