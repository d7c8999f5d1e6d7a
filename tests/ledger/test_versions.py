"""Of one reference of one source the latest statement is in force, and earlier ones stay readable."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import ledger

from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.total import total

JAN, FEB, MAR = date(2031, 1, 1), date(2031, 2, 1), date(2031, 3, 1)
RANKS = {"pledged": 0, "committed": 1, "allocated": 2, "disbursed": 9}


def package(known: date, amount: int | None, **more: object) -> dict[str, object]:
    """Statement of package P-1 in a document of its own."""
    row: dict[str, object] = {
        "package": "P-1",
        "reference": "P-1",
        "amount_minor": amount,
        "known_on": known,
        "submission": f"{known}",
        "sheet": "Packages",
        "row": 2,
        "text": "Tents",
    }
    return row | more


def line(known: date, quantity: int | None, **more: object) -> dict[str, object]:
    """Statement of line item L-1 of package P-1."""
    whole = None if quantity is None else Decimal(quantity)
    return (
        package(known, None, line="L-1", reference="L-1", quantity=whole, unit="piece", good="tent")
        | {"currency": None, "sheet": "Lines"}
        | more
    )


def stated(found: Ledger) -> list[tuple[object, ...]]:
    """What is in force: line, stage, amount or quantity."""
    rows = found.entries.select(
        "line", "stage", pl.coalesce("amount_minor", pl.col("quantity").cast(pl.Int64))
    )
    return sorted(rows.rows(), key=str)


def codes(found: Ledger) -> list[str]:
    return [one.code for one in found.findings]


def test_a_later_statement_of_a_stage_replaces_the_earlier_and_that_stays_readable() -> None:
    found = ledger(package(JAN, 10), package(FEB, 8))
    assert stated(found) == [(None, "pledged", 8)]
    assert found.superseded.select("entry", "amount_minor", "until", "by").rows() == [("e0", 10, FEB, "e1")]
    assert found.findings == ()


def test_a_statement_that_comes_back_is_in_force_again() -> None:
    """10, then 8, then 10 again: ten counts, although its content was replaced once."""
    found = ledger(package(JAN, 10, entry="x"), package(FEB, 8), package(MAR, 10, entry="x"))
    assert stated(found) == [(None, "pledged", 10)]
    assert found.superseded["amount_minor"].to_list() == [8, 10]


def test_a_statement_that_is_repeated_is_in_force_since_its_first_day() -> None:
    found = ledger(package(JAN, 10, entry="x"), package(FEB, 10, entry="x"))
    assert found.entries["known_on"].to_list() == [JAN]
    assert found.superseded.is_empty()


def test_after_a_repetition_a_correction_replaces_both() -> None:
    found = ledger(package(JAN, 10, entry="x"), package(FEB, 10, entry="x"), package(MAR, 7))
    assert stated(found) == [(None, "pledged", 7)]


def test_a_later_stage_leaves_the_figure_of_an_earlier_stage_as_it_is() -> None:
    found = ledger(package(JAN, 100), package(FEB, 60, stage="committed"))
    assert stated(found) == [(None, "committed", 60), (None, "pledged", 100)]


def test_a_return_to_an_earlier_stage_withdraws_the_later_one_with_a_finding() -> None:
    found = ledger(package(JAN, 60, stage="committed"), package(FEB, 60, stage="pledged"))
    assert stated(found) == [(None, "pledged", 60)]
    assert codes(found) == ["stage-returned"]


@pytest.mark.parametrize("withdrawal", [{"amount_minor": 0}, {"stage": "withdrawn", "amount_minor": None}])
def test_zero_and_the_stage_withdrawn_withdraw_every_stage_and_the_line_items(
    withdrawal: dict[str, object],
) -> None:
    found = ledger(
        package(JAN, 10), line(JAN, 5), package(FEB, 9, stage="committed"), package(MAR, 9, **withdrawal)
    )
    assert found.entries["entry"].to_list() == ["e3"]
    assert found.superseded["entry"].to_list() == ["e0", "e1", "e2"]


def test_a_quantity_of_zero_withdraws_the_line_item_alone() -> None:
    found = ledger(package(JAN, 10), line(JAN, 5), line(FEB, 0))
    assert stated(found) == [("L-1", "pledged", 0), (None, "pledged", 10)]


def test_a_statement_after_a_withdrawal_is_in_force() -> None:
    found = ledger(package(JAN, 10), package(FEB, 0), package(MAR, 4))
    assert stated(found) == [(None, "pledged", 4)]


def test_of_two_statements_of_one_day_the_lower_holds_and_the_other_is_in_dispute() -> None:
    found = ledger(package(JAN, 10, submission="a"), package(JAN, 8, submission="b"))
    assert stated(found) == [(None, "pledged", 8)]
    (finding,) = found.findings
    assert (finding.code, finding.place.file, finding.read) == (
        "version-conflict",
        "a",
        "P-1: 0.10 EUR, pledged",
    )
    assert sorted(found.disputes.select("kind", "entry", "role").rows()) == [
        ("version-conflict", "e0", "add"),
        ("version-conflict", "e1", "drop"),
    ]


def test_of_two_stages_of_one_day_the_less_advanced_holds() -> None:
    found = ledger(package(JAN, 8, stage="committed", submission="a"), package(JAN, 10, submission="b"))
    assert stated(found) == [(None, "pledged", 10)]


def test_two_rows_of_one_document_conflict_alike() -> None:
    found = ledger(package(JAN, 10), package(JAN, 8, row=3))
    assert (stated(found), codes(found)) == ([(None, "pledged", 8)], ["version-conflict"])


def test_a_conflict_that_a_later_statement_settles_is_none() -> None:
    found = ledger(package(JAN, 10, submission="a"), package(JAN, 8, submission="b"), package(FEB, 9))
    assert (stated(found), codes(found), found.disputes.height) == ([(None, "pledged", 9)], [], 0)


def test_receipts_of_their_own_references_add_up_and_one_reference_is_replaced() -> None:
    def receipt(reference: str, known: date, quantity: int, **more: object) -> dict[str, object]:
        return line(known, quantity, reference=reference, stage="received", sheet="Receipts") | more

    found = ledger(
        receipt("R-1", JAN, 3), receipt("R-2", JAN, 5, row=3), receipt("R-1", FEB, 4), line(JAN, 10)
    )
    assert stated(found) == [
        ("L-1", "pledged", 10),
        ("L-1", "received", 4),
        ("L-1", "received", 5),
    ]


def test_a_contract_moved_to_another_line_item_is_replaced_by_reference() -> None:
    first = line(JAN, 3, reference="C-1", stage="contracted")
    found = ledger(first, first | {"known_on": FEB, "submission": "b", "line": "L-2"})
    assert found.entries["line"].to_list() == ["L-2"]


def test_an_activity_of_iati_is_replaced_as_a_whole() -> None:
    def payment(known: date, amount: int, **more: object) -> dict[str, object]:
        return package(known, amount, reference="iati:X-1", variant="iati", package="X-1") | more

    found = ledger(
        payment(JAN, 3, stage="disbursed"),
        payment(JAN, 4, stage="disbursed"),
        payment(FEB, 5, stage="committed"),
    )
    assert stated(found) == [(None, "committed", 5)]
    assert found.superseded.height == 2


def test_two_sources_with_one_reference_replace_nothing() -> None:
    found = ledger(package(JAN, 10), package(FEB, 8, source="BO"))
    assert found.superseded.is_empty()


def test_a_reference_used_for_another_thing_is_replaced_and_in_dispute() -> None:
    found = ledger(package(JAN, 10), package(FEB, 8, text="Power transformers"))
    assert (stated(found), codes(found)) == ([(None, "pledged", 8)], ["reference-reused"])
    assert found.disputes.select("kind", "entry", "role").rows() == [("reference-reused", "e0", "add")]


def test_another_wording_of_the_same_title_or_an_unchanged_amount_is_no_reuse() -> None:
    assert ledger(package(JAN, 10), package(FEB, 8, text="TENTS, second batch")).findings == ()
    assert ledger(package(JAN, 10), package(FEB, 10, text="Zelte", kind="energy")).findings == ()


def test_a_refund_that_names_a_package_stated_anew_is_in_dispute() -> None:
    refund = package(FEB, -3, package="P-1c", reference="P-1c", text="Refund of P-1")
    found = ledger(package(JAN, 10), refund, package(MAR, 7))
    assert codes(found) == ["refund-contained"]
    assert found.disputes.select("kind", "entry", "role").rows() == [("refund-contained", "e1", "drop")]
    assert ledger(package(JAN, 10), refund).findings == ()


STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from([JAN, FEB, MAR]),
        st.sampled_from(["pledged", "committed", "disbursed", "withdrawn"]),
        st.integers(0, 3),
        st.sampled_from(["P-1", "P-2"]),
    ),
    max_size=8,
)


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_one_statement_a_record_and_stage_is_in_force_whatever_the_order(
    rows: list[tuple[date, str, int, str]], random: object
) -> None:
    """Also: nothing is lost; what is not in force is superseded or in dispute."""
    made = [
        package(known, amount, stage=stage, package=name, reference=name)
        | {"entry": f"{known}/{stage}/{amount}/{name}", "submission": f"{known}/{n}"}
        for n, (known, stage, amount, name) in enumerate(rows)
    ]
    found = ledger(*made)
    keys = found.entries.select("reference", "stage")
    assert keys.height == keys.unique().height
    every = {*found.entries["entry"], *found.superseded["entry"], *_losers(found, made)}
    assert every == {row["entry"] for row in made}
    turned = ledger(*reversed(made))
    assert sorted(turned.entries["entry"]) == sorted(found.entries["entry"])


def _losers(found: Ledger, made: list[dict[str, object]]) -> set[object]:
    """Statements of one record and day beside another one."""
    days: dict[tuple[object, object], set[object]] = {}
    for row in made:
        days.setdefault((row["reference"], row["known_on"]), set()).add(row["entry"])
    return {entry for same in days.values() if len(same) > 1 for entry in same}


def drawn(found: Ledger, **asked: object) -> tuple[Decimal | None, ...]:
    """Value, lowest, highest of the total of what is pledged, or as asked."""
    one = total(found, Question(**asked))  # type: ignore[arg-type]
    return one.value, one.lowest, one.highest


def test_the_range_of_a_total_covers_both_statements_of_one_day() -> None:
    found = ledger(package(JAN, 1000, submission="a"), package(JAN, 800, submission="b"), {})
    assert drawn(found) == (Decimal(9), Decimal(9), Decimal(11))


def test_the_range_covers_both_stages_of_one_day() -> None:
    """Committed on the word of one file alone: nothing, or all of it."""
    found = ledger(package(JAN, 800, stage="committed", submission="a"), package(JAN, 800, submission="b"))
    assert drawn(found, stage="pledged") == (Decimal(8), Decimal(8), Decimal(8))
    assert drawn(found, stage="committed")[1:] == (Decimal(0), Decimal(8))


def test_the_highest_total_contains_both_things_of_a_reference_that_was_used_again() -> None:
    found = ledger(package(JAN, 1000), package(FEB, 800, text="Power transformers"))
    assert drawn(found) == (Decimal(8), Decimal(8), Decimal(18))


def test_the_range_covers_a_later_amount_that_contains_a_refund() -> None:
    refund = package(FEB, -300, package="P-1c", reference="P-1c", text="Refund of P-1")
    found = ledger(package(JAN, 1000), refund, package(MAR, 700))
    assert drawn(found) == (Decimal(4), Decimal(4), Decimal(7))


def test_rows_by_partner_have_the_ranges_of_their_own_disputes() -> None:
    found = ledger(
        package(JAN, 1000, submission="a"), package(JAN, 800, submission="b"), {"source": "BO", "party": "BO"}
    )
    rows = total(found, Question(by="partner")).by
    assert [(row.key, row.value, row.lowest, row.highest) for row in rows] == [
        ("AR", Decimal(8), Decimal(8), Decimal(10)),
        ("BO", Decimal(1), Decimal(1), Decimal(1)),
    ]


def test_a_duplicate_candidate_and_a_conflict_widen_the_range_together() -> None:
    """Another source reports ten: the same gift or another; and the giver's files state ten and eight."""
    other = {"entry": "x", "source": "BO", "package": "N-1", "amount_minor": 1000, "known_on": MAR}
    found = ledger(
        package(JAN, 1000, submission="a", entry="a"),
        package(JAN, 800, submission="b", entry="b"),
        other,
        relations=[("b", "same_as", "x", "undecided")],
    )
    assert drawn(found) == (Decimal(18), Decimal(8), Decimal(20))


def test_a_package_of_no_amount_that_names_another_is_no_refund() -> None:
    other = package(FEB, 0, package="P-2", reference="P-2", text="Beside P-1")
    assert "refund-contained" not in codes(ledger(package(JAN, 10), other, package(MAR, 7)))


def test_a_title_that_shares_a_word_of_three_letters_or_a_number_is_no_reuse() -> None:
    def reused(before: str, after: str) -> bool:
        found = ledger(package(JAN, 100, text=before), package(FEB, 200, text=after))
        return "reference-reused" in codes(found)

    assert reused("Blue tents", "Green mugs")
    assert not reused("Old bus", "New bus")
    assert reused("A to B", "B to A")
    assert not reused("Lot 7", "Van 7")


def test_a_finding_on_a_conflict_names_both_statements() -> None:
    found = ledger(package(JAN, 100_00, row=2), package(JAN, 250_00, row=3))
    (one,) = found.findings
    assert (one.place.file, one.place.sheet, one.place.row, one.place.column) == (
        "2031-01-01",
        "Packages",
        3,
        "amount",
    )
    assert one.read == "P-1: 250.00 EUR, pledged"
    assert dict(one.values) == {
        "file": "2031-01-01",
        "sheet": "Packages",
        "row": "2",
        "value": "100.00 EUR, pledged",
        "stage": "pledged",
    }


def test_a_finding_on_a_line_names_its_quantity() -> None:
    found = ledger(line(JAN, 5, row=2), line(JAN, 20, row=3))
    (one,) = found.findings
    assert (one.place.column, one.read, one.values["value"]) == (
        "quantity",
        "L-1: 20 piece, pledged",
        "5 piece, pledged",
    )


def test_a_value_of_zero_withdraws_and_an_unknown_one_does_not() -> None:
    assert stated(ledger(package(JAN, 100, stage="committed"), package(FEB, 0))) == [(None, "pledged", 0)]
    unknown = ledger(package(JAN, 100, stage="committed"), package(FEB, None, stage="committed"))
    assert stated(unknown) == [(None, "committed", None)]
    goods = line(FEB, 0) | {"amount_minor": 5, "currency": "EUR"}
    assert len(stated(ledger(line(JAN, 10, stage="committed"), goods | {"stage": "allocated"}))) == 2


def test_the_lines_of_a_withdrawn_package_go_unless_they_are_stated_with_it_or_later() -> None:
    def lines(day: date) -> int:
        found = ledger(package(FEB, 0), line(day, 10))
        return sum(one == "L-1" for one in found.entries["line"])

    assert [lines(day) for day in (JAN, FEB, MAR)] == [0, 1, 1]


def test_earlier_statements_say_until_when_they_held_and_what_replaced_them() -> None:
    found = ledger(package(JAN, 100), package(FEB, 200), package(MAR, 300))
    rows = found.superseded.sort("known_on").select("amount_minor", "until")
    assert rows.rows() == [(100, FEB), (200, MAR)]


def test_another_sources_statement_or_one_without_a_reference_replaces_nothing() -> None:
    for other in ({"source": "press"}, {"reference": None}, {"source": ""}):
        assert len(stated(ledger(package(JAN, 100), package(FEB, 200, **other)))) == 2
