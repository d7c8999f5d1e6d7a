"""What stays too long: by what four of five cases do, or where few tell by a limit that was set."""

from datetime import date, timedelta

import polars as pl
import pytest

from konvoi.accord.facts import of_lines
from konvoi.accord.stalled import LIMIT, STALLED, stalled, stays
from konvoi.model.entries import RELATIONS, frame

TODAY = date(2031, 3, 31)
Row = dict[str, object]


def entry(line: str, stage: str, days_ago: int, **more: object) -> Row:
    """A line of Arvenia for Velmora, so many days ago."""
    day = TODAY - timedelta(days=days_ago)
    usual: Row = {"entry": f"{line}-{stage}-{days_ago}", "source": "XA", "party": "XA", "counterparty": "XV"}
    usual |= {"package": "P", "line": line, "route": "procured", "kind": "energy", "stage": stage}
    usual |= {"day_from": day, "day_to": day, "submission": "a.csv", "sheet": "lines", "row": 2}
    return usual | more


def lines(*rows: Row, eur: int | None = 100) -> pl.DataFrame:
    made = of_lines(frame(rows), pl.DataFrame(schema=RELATIONS))
    return made.with_columns(eur_minor=pl.lit(eur, pl.Int64))


def found(*rows: Row, **own: int) -> list[Row]:
    made = stalled(lines(*rows), TODAY, own=own, recipient="XV")
    assert made.schema == STALLED
    return made.to_dicts()


def history(ended: int, still: int = 0) -> list[Row]:
    """Lines that were signed 1, 2, 3 … days after their allocation, and some that wait for 50 days."""
    rows = []
    for number in range(1, ended + 1):
        rows += [entry(f"H{number}", "allocated", 100), entry(f"H{number}", "contracted", 100 - number)]
        rows += [entry(f"H{number}", "received", 0)]
    return rows + [entry(f"O{number}", "allocated", 50) for number in range(still)]


def test_a_line_longer_in_its_stage_than_four_of_five_is_stalled() -> None:
    """Twenty signed after 1 to 20 days and one still open: of 21 cases, 80 % had ended after 17 days."""
    (row,) = found(*history(20), entry("L", "allocated", 18))
    assert (row["line"], row["stage"], row["days"], row["limit"]) == ("L", "allocated", 18, 17)
    assert (row["basis"], row["cases"]) == ("cases", 21)
    assert found(*history(20), entry("L", "allocated", 17)) == []


def test_below_twenty_cases_the_limit_that_was_set_holds() -> None:
    rows = [*history(18), entry("L", "allocated", 40)]
    (row,) = found(*rows, allocated=39)
    assert (row["limit"], row["basis"], row["cases"]) == (39, "limit", 19)
    assert found(*rows, allocated=40) == []
    assert found(*rows, days=40) == []
    assert found(*rows) == []
    assert LIMIT == 60


def test_where_most_cases_are_open_no_percentile_is_made_up() -> None:
    """Ten ended of thirty: 80 % never did, so the limit decides."""
    rows = [*history(10, still=20), entry("L", "allocated", 61)]
    (row,) = found(*rows)
    assert (row["basis"], row["limit"], row["cases"]) == ("limit", 60, 31)


def test_other_routes_stages_and_kinds_are_no_cases_of_it() -> None:
    rows = [one | {"kind": "military"} for one in history(20)]
    assert found(*rows, entry("L", "allocated", 30)) == []


@pytest.mark.parametrize(
    ("stage", "more", "expected"),
    [
        ("committed", {}, ("giver", "XA", "allocated")),
        ("contracted", {"implementer": "MAKER"}, ("supplier", "MAKER", "produced")),
        ("produced", {}, ("giver", "XA", "approved")),
        ("dispatched", {"implementer": "HAULA"}, ("carrier", "HAULA", "at hub")),
        ("dispatched", {}, ("giver", "XA", "at hub")),
        ("handed over", {}, ("recipient", "XV", "received")),
    ],
)
def test_whose_move_it_is_and_what_comes_next(stage: str, more: Row, expected: tuple[str, ...]) -> None:
    (row,) = found(entry("L", stage, 100, **more))
    assert (row["moves"], row["mover"], row["next"]) == expected
    assert (row["eur_minor"], row["since"]) == (100, TODAY - timedelta(days=100))


def test_a_donation_from_stock_does_not_wait_for_a_contract() -> None:
    (row,) = found(entry("L", "allocated", 100, route="from stock"))
    assert row["next"] == "approved"


def test_what_has_come_to_its_end_or_was_withdrawn_is_not_stalled() -> None:
    assert found(entry("L", "committed", 300), entry("L", "received", 200)) == []
    assert found(entry("L", "committed", 300), entry("L", "withdrawn", 200)) == []


def test_a_stage_ends_with_the_first_word_of_any_later_one() -> None:
    """Allocated on day 0, sent on day 10 without a word of a contract, signed (told late) on day 12."""
    known = lines(entry("L", "allocated", 30), entry("L", "contracted", 18), entry("L", "dispatched", 20))
    rows = stays(known, TODAY).select("stage", "days", "ended").rows()
    assert rows == [("allocated", 10, True), ("dispatched", 20, False)]


def test_what_lies_in_the_future_is_not_known_yet() -> None:
    (row,) = found(entry("L", "allocated", 100), entry("L", "contracted", -5))
    assert row["stage"] == "allocated"


def test_the_longest_stands_first_then_the_dearest() -> None:
    rows = [entry("A", "committed", 70), entry("B", "committed", 90), entry("C", "committed", 70)]
    made = lines(*rows).with_columns(eur_minor=pl.col("line").replace_strict({"A": 1, "B": 2, "C": 3}))
    assert stalled(made, TODAY)["line"].to_list() == ["B", "C", "A"]
