"""The pages of one search are held against the totals that they state."""

import json
from pathlib import Path

from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.intake.fts.together import FORMAT, pages
from konvoi.model.document import Document, Reading

SAMPLES = Path(__file__).parents[1] / "formats" / "samples" / "fts"
PAGE = (SAMPLES / "page.json").read_bytes()
ZEROS = (SAMPLES / "original-amounts-zero.json").read_bytes()


def reading(**changes: object) -> Reading:
    """The sample, with other values of its first flow."""
    page = json.loads(PAGE)
    page["data"]["flows"][0] |= changes
    return FTS_FLOWS.read(Document("page.json", json.dumps(page).encode()))


def half(first: int, last: int) -> Reading:
    page = json.loads(PAGE)
    page["data"]["flows"] = page["data"]["flows"][first:last]
    return FTS_FLOWS.read(Document(f"page-{first}.json", json.dumps(page).encode()))


def told(*readings: Reading) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.place.column, finding.read) for finding in pages(readings)]


def test_the_format_is_the_one_that_the_pages_bear() -> None:
    assert reading().format == FORMAT


def test_a_whole_search_gives_its_own_totals() -> None:
    assert told(reading()) == []


def test_two_pages_give_the_totals_together() -> None:
    assert told(half(0, 7), half(7, 99)) == []


def test_one_page_alone_is_only_told_to_be_incomplete() -> None:
    assert told(half(0, 7)) == [("fts-pages-missing", "count", "7")]


def test_a_total_that_the_flows_do_not_give_is_told_with_both_figures() -> None:
    finding = next(iter(pages([reading(amountUSD=111)])))
    assert (finding.code, finding.read, finding.values["value"]) == ("fts-total-differs", "392.34", "393.34")


def test_a_count_that_the_flows_do_not_give_is_told() -> None:
    assert ("fts-total-differs", "internal flows", "1") in told(reading(boundary="internal"))


def test_pages_of_other_formats_are_left_alone() -> None:
    assert pages([Reading("x", "d", "other", boundary="country:XBS,year:2031")]) == ()


def test_a_page_whose_original_amounts_are_zero_gives_its_totals_from_the_dollars() -> None:
    page = json.loads(ZEROS)
    assert [flow["originalAmount"] for flow in page["data"]["flows"]] == [0, 0, 250]
    read = FTS_FLOWS.read(Document("zeros.json", ZEROS))
    assert read.entries.sort("package")["amount_minor"].to_list() == [400_000_00, 150_000_00, 250_00]
    assert [one.code for one in read.findings].count("amount-zero-converted") == 2
    assert told(read) == []


def test_the_amount_that_totals_count_is_compared_with_the_total_of_the_page() -> None:
    """A flow in US dollars counts with its original amount, so that is what must give the page's total."""
    assert told(reading(originalCurrency="USD", originalAmount=109)) == [
        ("fts-total-differs", "incoming funding", "392.34")
    ]
