"""What was drawn from hidden papers, kits, approvals and answers is hidden with them."""

from collections.abc import Mapping

import polars as pl

from konvoi.report.seen_drawn import seen_drawn, unseen_papers

Tables = dict[str, pl.DataFrame]


def rows(*found: Mapping[str, object]) -> pl.DataFrame:
    """Rows with their places."""
    return pl.DataFrame([{"_file": "f", "_sheet": "s", "_row": at, **row} for at, row in enumerate(found, 2)])


def papers() -> Tables:
    """Three consignments; the second receipt is shared by the first two."""
    return {
        "movements": rows(*({"movement": f"M{n}", "waybill": f"W{n}"} for n in (1, 2, 3))),
        "receipts": rows({"receipt": "R1"}, {"receipt": "R2"}, {"receipt": "R3"}),
        "consignments": pl.DataFrame(
            {
                "consignment": ["W1", "W2", "W3"],
                "despatches": ["M1", "M2", "M3"],
                "receipts": ["R1; R2", "R2", "R3"],
            }
        ),
        "pieces": pl.DataFrame(
            {"consignment": ["W1", "W3"], "despatch": ["M1", None], "receipt": [None, "R3"]},
        ),
    }


def without(tables: Tables, name: str, *at: int) -> Tables:
    """The tables with some rows of one left out."""
    return tables | {name: tables[name].filter(~pl.int_range(pl.len()).is_in(at))}


def test_a_consignment_goes_with_a_hidden_paper_and_with_what_it_shares_a_receipt() -> None:
    every = papers()
    shown = without(every, "movements", 1)
    assert unseen_papers(every, shown) == {"M1", "M2", "W1", "W2", "R1", "R2"}
    assert seen_drawn(every, shown)["consignments"]["consignment"].to_list() == ["W3"]
    assert seen_drawn(every, shown)["pieces"]["consignment"].to_list() == ["W3"]


def test_where_nothing_is_hidden_everything_stands() -> None:
    every = papers()
    found = seen_drawn(every, every)
    assert unseen_papers(every, every) == frozenset()
    assert found["consignments"].equals(every["consignments"])
    assert found["pieces"].equals(every["pieces"])


def test_a_kit_of_which_a_component_is_hidden_is_gone() -> None:
    every = {"kits": rows(*({"kit": kit, "need": need} for kit, need in ("AX", "AY", "BX")))}
    found = seen_drawn(every, without(every, "kits", 1))["kits"]
    assert found.select("kit", "need").rows() == [("B", "X")]


def standing(said: str) -> Tables:
    """Two offers of one party, the first held against a point by what is `said`."""
    return {
        "offers": rows(
            {"offer": "O1", "party": "AR", "line": "L1"}, {"offer": "O2", "party": "AR", "line": "L2"}
        ),
        "standards": rows({"standard": "S", "version": None}),
        "equivalences": rows({"good": "tent", "serves": "hall"}),
        "approvals": rows({"covers": "L1"}),
        "answers": rows({"record": "offers/O1#S@"}),
        "offer_standards": rows(
            {
                "offer": "O1",
                "party": "AR",
                "good": "tent",
                "serves": "hall",
                "value": "hall",
                "points": "S@",
                "said": said,
            }
        ),
    }


def test_a_verdict_goes_with_what_it_is_known_by() -> None:
    """An approval that is hidden would be told by the verdict that rests on it."""
    for table, at, said in (
        ("approvals", 0, "approvals"),
        ("answers", 0, "answer"),
        ("offers", 1, "offers"),
        ("equivalences", 0, "equivalence"),
        ("standards", 0, ""),
        ("offers", 0, ""),
    ):
        every = standing(said)
        assert seen_drawn(every, every)["offer_standards"].height == 1
        assert seen_drawn(every, without(every, table, at))["offer_standards"].height == 0, (table, said)


def test_a_verdict_stands_where_something_else_is_hidden() -> None:
    every = standing("codes")
    shown = without(without(every, "approvals", 0), "answers", 0)
    assert seen_drawn(every, shown)["offer_standards"].height == 1


def test_what_a_need_was_met_with_goes_with_its_paper_and_with_the_need() -> None:
    every = papers() | {
        "needs": rows({"need": "N1"}, {"need": "N2"}),
        "met": pl.DataFrame({"need": ["N1", "N1", "N2"], "record": ["R3", "M2; M4", "R3"]}),
    }
    shown = without(without(every, "movements", 1), "needs", 1)
    assert seen_drawn(every, shown)["met"].rows() == [("N1", "R3")]


def test_without_needs_nothing_was_met_and_nothing_breaks() -> None:
    """A workspace may hold agreements alone."""
    met = pl.DataFrame(schema={"need": pl.String(), "record": pl.String()})
    assert seen_drawn({"met": met}, {"met": met})["met"].is_empty()


def test_a_way_that_rests_on_a_hidden_text_or_milestone_is_not_shown() -> None:
    every = {
        "ways": pl.DataFrame(
            {"document": ["A", "A", "B", "C"], "event": ["signed", "ratified", "signed", "signed"]}
        ),
        "terms": pl.DataFrame({"document": ["A", "B"], "point": ["in force", "in force"]}),
        "milestones": pl.DataFrame({"document": ["C", "B"], "event": ["signed", "signed"]}),
    }
    assert seen_drawn(every, every)["ways"].height == 4
    assert seen_drawn(every, without(every, "terms", 0))["ways"]["document"].to_list() == ["B", "C"]
    assert seen_drawn(every, without(every, "milestones", 0))["ways"]["document"].to_list() == ["A", "A", "B"]
