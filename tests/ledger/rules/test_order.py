"""Stages of a line in the order of its route, none of them on a day to come."""

from datetime import date

from tests.ledger.ledgers import ledger

from konvoi.ledger.rules.order import stages_in_order


def at(
    stage: str, first: date, last: date | None = None, known: date = date(2026, 5, 1)
) -> dict[str, object]:
    days: dict[str, object] = {"day_from": first, "day_to": last or first, "known_on": known}
    usual: dict[str, object] = {"package": "p", "line": "a", "route": "from stock", "stage": stage}
    return usual | days


def test_a_receipt_before_its_dispatch_is_told_with_both_days() -> None:
    found = stages_in_order(ledger(at("dispatched", date(2026, 3, 9)), at("received", date(2026, 3, 2))))
    assert [(one.code, one.read, one.values["day"], one.values["stage"]) for one in found] == [
        ("stage-backwards", "2026-03-02", "2026-03-09", "dispatched")
    ]


def test_the_day_of_a_stage_before_an_earlier_one_stands_at_its_own_column() -> None:
    sent = at("dispatched", date(2026, 3, 9)) | {"column": "quantity"}
    left = at("handed over", date(2026, 3, 2)) | {"column": "quantity", "sheet": "movements"}
    (one,) = stages_in_order(ledger(sent, left))
    assert (one.place.sheet, one.place.column, one.read) == ("movements", "day", "2026-03-02")
    (other,) = stages_in_order(ledger(sent | {"variant": "kiel"}, left | {"variant": "kiel"}))
    assert other.place.column == "quantity"


def test_days_that_may_have_been_in_order_are_not_told() -> None:
    """Handed over at some time from the announcement on."""
    since = at("committed", date(2026, 3, 9))
    assert stages_in_order(ledger(since, at("handed over", date(2026, 3, 1), date(2026, 4, 1)))) == ()


def test_what_is_done_only_after_the_latest_submission_is_told() -> None:
    late = at("received", date(2026, 6, 1), known=date(2026, 5, 1))
    (found,) = stages_in_order(ledger(late))
    assert (found.code, found.values["day"]) == ("stage-in-future", "2026-05-01")
    word = at("committed", date(2026, 6, 1), known=date(2026, 5, 1))
    assert stages_in_order(ledger(word)) == ()


def test_a_day_to_come_of_our_own_tables_is_told_of_at_its_column() -> None:
    late = at("received", date(2026, 6, 1), known=date(2026, 5, 1)) | {
        "variant": "konvoi",
        "column": "quantity",
    }
    (found,) = stages_in_order(ledger(late))
    assert found.place.column == "day"


def test_a_submission_of_2099_does_not_hide_what_is_still_to_come() -> None:
    """Three documents; the day of the third is a slip of the pen."""
    known = [date(2026, 5, 1), date(2026, 5, 3), date(2099, 5, 1)]
    late = at("received", date(2026, 6, 1), known=known[0])
    words = [
        at("committed", date(2026, 3, 1), known=day) | {"submission": f"S{n}"}
        for n, day in enumerate(known[1:])
    ]
    assert [one.values["day"] for one in stages_in_order(ledger(late, *words))] == ["2026-05-03"]
