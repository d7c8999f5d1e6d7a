"""The page of the recipient: requests to each partner by what depends on them, each with a fallback."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import docx
import polars as pl
import pytest
from tests.report.cases import DAY, case
from tests.report.world import offer, table, tables

from konvoi.report.case import Case
from konvoi.report.delegation.asks import asks_for_goods, asks_for_money
from konvoi.report.delegation.recipient_page import recipient_page
from konvoi.report.language import Language
from konvoi.report.page_files import page_files

EN = Language("en")


def waiting(**more: object) -> Case:
    """The invented case, in which Dorrest waits for the transit of its fuel."""
    row = {
        "approval": "A1",
        "kind": "transit",
        "party": "CAS",
        "covers": "O3",
        "due": DAY + timedelta(days=3),
        "marking": "public",
    }
    return case(tables=tables() | {"approvals": table("approvals", [row])} | more)


def told(found: Case) -> list[tuple[str, str, str]]:
    return [(one.party, EN.text(one.what), EN.text(one.fallback)) for one in asks_for_goods(found)]


def test_partners_stand_in_the_order_of_what_depends_on_them() -> None:
    found = asks_for_goods(waiting())
    whole = {
        party: sum(one.share for one in found if one.party == party) for party in {a.party for a in found}
    }
    assert [one.party for one in found] == sorted((one.party for one in found), key=lambda one: -whole[one])
    assert found[0].share > 0


def test_an_approval_is_asked_of_the_party_that_decides_it() -> None:
    (one,) = (one for one in told(waiting()) if one[0] == "CAS")
    assert one[1] == "Decide on the transit for O3"
    assert one[2] == "No other offer of the same good"


def test_the_fallback_is_another_partners_offer_and_says_what_that_waits_for() -> None:
    offers = [offer("O3", "DOR", "fuel", 60, "DEP1"), offer("O9", "TEL", "fuel", 20, "DEP1")]
    (one,) = (one for one in told(waiting(offers=table("offers", offers))) if one[0] == "CAS")
    assert one[2] == "20 t diesel fuel of Tellmark, offer O9"
    rows = [
        {"approval": name, "kind": "transit", "party": party, "covers": covers, "marking": "public"}
        for name, party, covers in (("A1", "CAS", "O3"), ("A2", "BRE", "O9"))
    ]
    more = {"offers": table("offers", offers), "approvals": table("approvals", rows)}
    (one,) = (one for one in told(waiting(**more)) if one[0] == "CAS")
    assert one[2] == "20 t diesel fuel of Tellmark, offer O9; it waits for the transit of Breland"


def test_what_no_offer_covers_is_asked_of_who_offers_the_good_else_of_all() -> None:
    found = [one for one in told(case()) if one[1].startswith("Offer a further")]
    # Of 20 generators 10 are offered, of 400 tents 300, of 90 t of fuel 60.
    assert ("BRE", "Offer a further 100 pieces family tent for Odrin (Одрін), need N2") in [
        (one[0], one[1].replace("\u00a0", " ")) for one in found
    ]
    none = case(tables=tables() | {"offers": table("offers", [])})
    assert {one[0] for one in told(none) if one[1].startswith("Offer a further")} == {""}


def test_payments_stand_by_amount_and_name_the_next_one_of_another_programme() -> None:
    row = {"tranche": "T1", "programme": "P1", "party": "ARV", "currency": "EUR", "behind": ["tranches/T1"]}
    rows = [
        row | {"decided": 3_000_000_00, "paid": 1_000_000_00, "expected_on": date(2026, 3, 20)},
        row | {"tranche": "T2", "programme": "P2", "requested": 5_000_000_00},
        row | {"tranche": "T3", "decided": 2_000_000_00, "paid": 2_000_000_00},
        row | {"tranche": "T4", "expected": 4_000_000_00, "expected_on": date(2026, 9, 1)},
        row | {"tranche": "T5", "decided": 9_000_000_00, "part": "guarantee"},
    ]
    names = ("decided", "paid", "requested", "expected")
    texts = ("tranche", "programme", "party", "currency", "part")
    schema: dict[str, pl.DataType] = dict.fromkeys(texts, pl.String()) | dict.fromkeys(names, pl.Int64())
    schema |= {"expected_on": pl.Date(), "behind": pl.List(pl.String())}
    frame = pl.DataFrame(rows, schema=schema)
    found = asks_for_money(case(tables=tables() | {"tranche_standing": frame}))
    assert [EN.text(one.what) for one in found] == ["Decide on tranche T2", "Pay tranche T1"]
    assert [one.amount.value for one in found if one.amount] == [Decimal(5_000_000), Decimal(2_000_000)]
    assert EN.text(found[0].fallback).replace("\u00a0", " ") == "Tranche T1: EUR 2.0 m, 20 Mar 2026"


def test_the_answer_is_the_share_of_needs_received_and_under_way() -> None:
    page = recipient_page(waiting(), ())
    assert page.front is not None
    assert EN.text(page.front.answer).startswith("Norvania: 4 validated needs")
    assert page.sheets == 1


@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_it_is_written_as_page_and_document_without_open_placeholders(code: str) -> None:
    files = page_files(recipient_page(waiting(), ()), [code])
    assert set(files) == {f"delegation-NOR.{code}.html", f"delegation-NOR.{code}.docx"}
    text = re.sub(r"<(style|script)>.*?</\1>", "", files[f"delegation-NOR.{code}.html"].decode(), flags=re.S)
    assert re.findall(r"\{\w+\}", text) == []
    document = docx.Document(io.BytesIO(files[f"delegation-NOR.{code}.docx"]))
    assert "{" not in " ".join(paragraph.text for paragraph in document.paragraphs)
    assert len(document.tables) >= 2
