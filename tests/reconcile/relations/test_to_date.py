"""A total to date takes the place of the earlier words of its source, so that its increase counts."""

from datetime import timedelta

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.model.entries import SCOPES, SINCE, frame
from konvoi.reconcile.relate import relate


def word(entry: str, days: int, amount: int | None, **more: object) -> dict[str, object]:
    on = DAY + timedelta(days)
    base = {"entry": entry, "text": "ambulances", "day_from": on, "day_to": on, "known_on": on}
    priced = {"amount_minor": None if amount is None else amount * 100, "currency": "EUR" if amount else None}
    return base | priced | more


def total(amount: int, **more: object) -> dict[str, object]:
    """On the 60th day, since the first."""
    return word("sum", 60, amount, text="total to date of ambulances", day_from=DAY) | more


def found(*rows: dict[str, object]) -> pl.DataFrame:
    return relate(entries(*rows)).relations.filter(pl.col("subtype") == "to-date")


def test_a_total_is_asked_whether_it_tells_the_earlier_words_again() -> None:
    """1 + 2 = 3 million since the first day; what came before it and after it, and tents, stand apart."""
    made = found(
        total(3_000_000),
        word("a", 5, 1_000_000),
        word("b", 50, 2_000_000),
        word("before", -40, 5_000_000),
        word("after", 90, 5_000_000),
        word("tents", 20, 4_000_000, text="tents"),
        word("other", 20, 4_000_000, party="SL-1", source="SL-1"),
    )
    assert told(made) == [("sum", "restates", part, "undecided") for part in ("a", "b")]
    assert "the earlier parts make up the total" in made["evidence"][0]


def test_what_the_parts_leave_of_the_total_is_said() -> None:
    """3 of 5 million: 2 million are new. 3 of 2 million: they do not fit. Without a sum nothing is said."""
    parts = (word("a", 5, 1_000_000), word("b", 50, 2_000_000))
    assert "less than the total" in found(total(5_000_000), *parts)["evidence"][0]
    assert "more than the total" in found(total(2_000_000), *parts)["evidence"][0]
    assert "not known" in found(total(5_000_000), *parts, word("c", 7, None))["evidence"][0]


def test_a_total_without_a_first_day_may_repeat_all_that_was_stated_before() -> None:
    """Semantics 23.3: by the giver on a plain day, or without a good, where giver and kind agree."""
    part = word("a", 5, 1_000_000)
    plain = total(3_000_000, day_from=DAY + timedelta(60))
    assert told(found(plain, part)) == [("sum", "restates", "a", "undecided")]
    assert "no first day is stated" in found(plain, part)["evidence"][0]
    nameless = total(3_000_000, text="total to date")
    assert told(found(nameless, part)) == [("sum", "restates", "a", "undecided")]
    assert found(nameless, part | {"kind": "humanitarian"}).height == 0
    assert found(plain, word("later", 90, 1_000_000)).height == 0


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [total(3_000_000), word("a", 5, 1_000_000), word("b", 50, 2_000_000)]
    assert found(*rows).equals(found(*reversed(rows)))


def test_a_total_of_the_press_and_an_earlier_total_are_asked_about_too() -> None:
    """Semantics 23.3: by the giver or by the press; of two totals the later repeats the earlier."""
    part = word("a", 5, 1_000_000)
    press = total(
        3_000_000, source="press", submission="press.csv", text="Кількість: ambulances, загалом з березня"
    )
    assert told(found(press, part)) == [("sum", "restates", "a", "undecided")]
    series = found(part, total(3_000_000), total(2_000_000, entry="before", day_to=DAY + timedelta(40)))
    pairs = [("before", "restates", "a"), ("sum", "restates", "a"), ("sum", "restates", "before")]
    assert [row[:3] for row in told(series)] == pairs


def test_what_only_calls_itself_a_total_repeats_smaller_statements_of_its_content() -> None:
    part = word("a", 5, 1_000_000)
    plain = total(3_000_000, text="insgesamt: ambulances", day_from=DAY + timedelta(60))
    assert told(found(plain, part)) == [("sum", "restates", "a", "undecided")]
    assert found(plain, part | {"amount_minor": 900_000_000}).height == 0
    assert found(plain, part | {"text": "tents"}).height == 0


def since(*rows: dict[str, object], day: object = DAY) -> set[tuple[str, str, str, str]]:
    """The statements that a total with the column `since` restates, and on what basis."""
    ledger = entries(*rows)
    stated = frame(
        [{"entry": "sum", "side": "source", "dimension": SINCE, "value": str(day)}],
        SCOPES,
    )
    made = relate(ledger, scopes=stated).relations.filter(pl.col("subtype") == "to-date")
    return set(made.select("left", "right", "status", "basis").iter_rows())


ACCEPTED, ASKED = ("accepted", "structure"), ("undecided", "probability")
PARTS = (word("a", 5, 1_000_000), word("b", 50, 2_000_000))


def plain(amount: int, **more: object) -> dict[str, object]:
    """A total on the 60th day whose title says nothing of it."""
    return word("sum", 60, amount, **more)


def test_parts_that_the_column_since_declares_are_accepted() -> None:
    """1 + 2 of 3 million and of 5 million; what was stated before the first day stands apart."""
    both = {("sum", "a", *ACCEPTED), ("sum", "b", *ACCEPTED)}
    assert since(plain(3_000_000), *PARTS) == both
    assert since(plain(5_000_000), *PARTS, word("before", -1, 1_000_000)) >= both
    assert ("sum", "before", *ACCEPTED) not in since(plain(5_000_000), *PARTS, word("before", -1, 1_000_000))


def test_wording_alone_is_never_accepted() -> None:
    assert {status for *_, status, _ in since(total(3_000_000), *PARTS)} == {"accepted"}
    assert set(found(total(3_000_000), *PARTS)["status"]) == {"undecided"}


def test_declared_parts_that_are_more_than_the_total_or_of_unknown_sum_are_asked() -> None:
    both = {("sum", "a", *ASKED), ("sum", "b", *ASKED)}
    assert since(plain(2_500_000), *PARTS) == both
    assert since(plain(5_000_000), *PARTS, word("c", 7, None)) == both | {("sum", "c", *ASKED)}


@pytest.mark.slow
def test_statements_of_another_stage_kind_content_or_source_are_no_declared_parts() -> None:
    """Each of them may be a part, or not: nobody declares it."""
    for other in (
        {"stage": "pledged"},
        {"kind": "humanitarian"},
        {"text": "tents"},
        {"source": "SL-1"},
        {"currency": "USD"},
        {"text": "total to date of ambulances"},
        {"day_from": DAY - timedelta(3)},
    ):
        told_of = since(plain(9_000_000), *PARTS, word("other", 20, 1_000_000) | other)
        assert ("sum", "other", *ACCEPTED) not in told_of, other
        assert ("sum", "a", *ACCEPTED) in told_of, other
