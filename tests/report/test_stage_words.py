"""No sentence names another stage than its figure has."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from tests.report.cases import case, entries, totals
from tests.report.extraction import message_ids
from tests.report.test_catalogues import catalogue

from konvoi.model.met import MET
from konvoi.report.brief import brief
from konvoi.report.case import Case
from konvoi.report.page import Message, Number, Share, Value
from konvoi.report.stage_words import FULFILLED, NAMED, WORDS, faults

_NAMES = re.compile(rf"\b({'|'.join(WORDS)})\b")
OTHERWISE = {
    # What is told besides the figures of a chain: the template says itself what each of its figures is.
    "Committed, contracted and paid, {currency}",
    "Committed and disbursed, {currency}",
    "If so, the total (pledged) falls by {amount}.",
    "Kit {kit} cannot be completed: {need} is missing.",
    "Received: {received} of {all}.",
    "delivered: {rule}",
    "needed {needed}, received {received}, received and planned {planned}",
    "{quantity} left on {day}. How much arrived in good order?",
    "{count} obligation from agreements; fully allocated: {full}.",
    "{party}: {count} validated need; {received} received and {under_way} under way, by value.",
    "{share} of needs received, by value",
    "up to {amount} stays outside the total pledged",
    "the total pledged rises by at most {amount}",
    # Differences of two stages, and names of columns.
    "{gap} committed and not yet allocated ({source})",
    "allocated in {year}",
    # Only whether it came is told.
    "how much of {pledged} arrived stays unknown",
    (
        "More allocated than committed, therefore no gap: {partners}. Allocations there draw on commitments "
        "of earlier years or on ones that the source does not know."
    ),
    (
        "Announced here: packages in the submissions, of any year, counted once. They are not the items that "
        "{source} counts; both are never added or matched. An allocation is no delivery."
    ),
    "{count} pledged item without a value.",
    "The total pledged may be {amount} too high",
    # Shares of commitments, and how a picture is drawn.
    ("{source}: by the end of {year}, {share} of all commitments were allocated (a year before: {before})."),
    (
        "{source}: by the end of {year}, {share} of all commitments were allocated "
        "(a year before: {before}). "
        "The median age of the outstanding {gap} lies between {least} and {most} years."
    ),
    (
        "At the end of each year; outstanding is summed over partners that committed more than they "
        "allocated. {source} states neither the day of a commitment nor which one an allocation belongs to: "
        "the median age is lowest if the oldest commitments are allocated first, and highest if the latest "
        "are."
    ),
    (
        "Drawn: dispatched from stock since the day on which the stock was stated. {count} line item without "
        "a stated channel is counted as from stock; what is left is the least that it can be."
    ),
}


def named(text: str) -> bool:
    return bool(_NAMES.search(text)) and "{" in text


def messages(value: object) -> Iterator[Message]:
    """All sentences of a page, however deep."""
    if isinstance(value, Message):
        yield value
        yield from (inner for one in value.values.values() for inner in messages(one))
    elif isinstance(value, tuple):
        yield from (inner for one in value for inner in messages(one))
    elif is_dataclass(value):
        yield from (inner for one in fields(value) for inner in messages(getattr(value, one.name)))


def told() -> list[Case]:
    """The invented case as it is, with routes and receipts, and with nothing fulfilled."""
    known = case()
    routed = entries().with_columns(route=pl.lit("from stock"))
    need = known.tables["needs"]["need"][0]
    met = pl.DataFrame(
        [{"need": need, "kind": "received", "record": "R", "day": date(2026, 2, 1), "quantity": Decimal(1)}],
        schema=MET,
    )
    open_ = routed.filter(pl.col("stage") != "received")
    return [
        known,
        replace(known, entries=routed, tables={**known.tables, "met": met}),
        replace(known, entries=open_, totals=totals(open_)),
    ]


def test_every_sentence_of_a_brief_names_the_stage_that_its_figure_has() -> None:
    found = [
        f"{one.id}: {fault}"
        for known in told()
        for one in messages(brief(known, "public").sections)
        for fault in faults(one)
    ]
    assert found == []


def test_the_sentences_of_the_chain_are_among_those_that_are_looked_at() -> None:
    met = {one.id for known in told() for one in messages(brief(known, "public").sections)} & set(NAMED)
    assert len(met) >= 4


def test_a_sentence_that_says_fulfilled_of_what_is_committed_is_found() -> None:
    text = next(one for one in NAMED if one.startswith("{since} to {day}: {first} {first_stage}; {last}"))
    wrong: dict[str, Value] = {
        "first": Number(Decimal(1), "EUR", "pledged"),
        "first_stage": Message("pledged"),
    }
    committed: dict[str, Value] = {"last": Number(Decimal(1), "EUR", "committed")}
    (fault,) = faults(Message(text, wrong | committed))
    assert fault == "last: committed, where the sentence says fulfilled"
    fulfilled: dict[str, Value] = {"last": Share(None, "fulfilled")}
    assert list(faults(Message(text, wrong | fulfilled))) == []


def test_every_template_of_the_gap_that_names_a_stage_declares_it() -> None:
    """A new sentence with a stage in it must say of which of its figures."""
    undeclared = [one for one in message_ids() if named(one) and one not in NAMED and one not in OTHERWISE]
    told_of_lines_or_needs = [one for one in undeclared if not _counts_otherwise(one)]
    assert told_of_lines_or_needs == []


def _counts_otherwise(text: str) -> bool:
    """Sentences on changes, on needs, on programmes, on what is not there: they name no stage of a sum."""
    return text.startswith(
        (
            *(
                "All goods that",
                "Available goods",
                "Computed for kinds",
                "Forecast dates",
                "Kaplan–Meier",
                "Later needs",
            ),
            *("Line: 80 %", "Loss of coverage", "Not yet delivered", "Packages changed", "Withdrawal rate"),
            *("The total pledged", "too few completed", "{count} consignment", "{count} partner"),
            *("{count} programme", "{count} project", "{drawn} of {all} needs", "{full} of {all} needs"),
            *("{pledged} pledged", "{received} of needs", "{share} of needs received"),
        )
    )


def test_what_is_declared_stands_in_the_sentence() -> None:
    for text, figures in NAMED.items():
        for figure, stage in figures.items():
            assert "{" + figure + "}" in text
            assert stage in text or (stage == FULFILLED and "delivered or disbursed" in text)


@pytest.mark.parametrize(("code", "says"), [("de", r"[Gg]eliefert"), ("uk", r"[Дд]оставлен")])
def test_no_translation_says_delivered_where_the_sentence_does_not(code: str, says: str) -> None:
    wrong = [
        one
        for one, texts in catalogue(code).items()
        if any(re.search(says, text) for text in texts) and "deliver" not in one.lower()
    ]
    assert [one for one in wrong if one != FULFILLED] == []


def test_delivered_is_never_said_of_a_figure() -> None:
    """Alone it is a rule; with “or disbursed” it is the end of every channel (language.md)."""
    said = [
        one
        for one in message_ids()
        if re.search(r"(?<!\{)\bdelivered\b(?! or disbursed)", one) and "{" in one
    ]
    assert [one for one in said if not one.startswith("Not yet delivered")] == ["delivered: {rule}"]
