"""Orders on paper: what each reader's page, workbook and calendar say, and what they do not."""

import io
import json
from datetime import date

import openpyxl
import pytest
from icalendar import Calendar
from lxml import html
from tests.plan.dispatches import plan
from tests.plan.worlds import Rows, day
from tests.report.orders.issues import LIMIT, PARTIES, SENT, eyes, issue, kept
from tests.report.test_catalogues import catalogue

from konvoi.plan.orders import Orders
from konvoi.report import language as languages
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.orders.render import document, folder_of, render

P, Q, D, S, R, C = "partner/P", "partner/Q", "hub/D", "hub/S", "consignee/R", "carrier/C"


def rendered(made: Orders, about: Case) -> dict[str, bytes]:
    return dict(render(made, about, eyes(about)))


def files(**changed: Rows) -> dict[str, bytes]:
    return rendered(*issue(SENT, before=None, **changed))


def cells(content: bytes) -> list[list[list[str]]]:
    """For each row of the weeks' tables its cells, each as its lines."""
    page = html.fromstring(content.decode())
    return [
        [
            ["".join(str(part) for part in span.itertext()) for span in cell.iterfind("span")]
            for cell in row.iterfind("td")
        ]
        for row in page.iterfind(".//table[@class='orders']/tbody/tr")
    ]


def events(found: dict[str, bytes], reader: str) -> list[dict[str, str]]:
    """The entries of a calendar, read back by another program than wrote it."""
    read = Calendar.from_ical(found[f"{reader}/orders.ics"])
    return [{name: _said(value) for name, value in event.items()} for event in read.walk("VEVENT")]


def _said(value: object) -> str:
    return str(getattr(value, "dt", value))


def words(content: bytes) -> str:
    return " ".join(" ".join(str(part) for part in html.fromstring(content.decode()).itertext()).split())


def test_each_reader_has_a_page_in_each_language_a_workbook_and_a_calendar() -> None:
    forms = ("orders.en.html", "orders.de.html", "orders.uk.html", "orders.xlsx", "orders.ics")
    own = {"index.en.html", "index.de.html", "index.uk.html", "orders.json"}
    own |= {"conflicts.csv", "consignments.csv", "changes.csv"}
    assert set(files()) == own | {f"{reader}/{form}" for reader in (P, Q, D, S, R, C) for form in forms}


def test_the_page_of_a_partner_says_all_that_it_has_to_do() -> None:
    assert cells(files()[f"{P}/orders.en.html"]) == [
        [
            ["KA", "line L", "need N"],
            ["Tent", "6 pieces"],
            ["gross 6,000 kg", "volume not stated", "pallet places not stated"],
            ["class not stated", "NEQ not stated"],
            ["5 Jan 2026", "Dock", "duty desk of Arvenia"],
            [
                "1. Dock → Gate, road, 5 Jan 2026 – 7 Jan 2026, 1 lorry, duty desk of Carry Ltd",
                "2. Gate → Stores, road, 7 Jan 2026 – 8 Jan 2026, 1 lorry",
                "border at Gate",
            ],
            ["Bolaria", "Stores", "there on 8 Jan 2026", "due 25 Jan 2026", "duty desk of Bolaria"],
            [
                "✗ transit E-2 of Z: missing, was due on 3 Jan 2026",
                "✓ export licence E-1 of Arvenia: given on 16 Dec 2025",
            ],
        ]
    ]


def test_the_conflicts_stand_before_the_weeks_with_what_would_solve_each() -> None:
    text = words(files()[f"{S}/orders.en.html"])
    assert "KA may not load on 5 Jan 2026. transit E-2 of Z: missing, was due on 3 Jan 2026." in text
    assert "Another week before the due date would not help: Z has to grant the approval." in text
    whole = words(files()["index.en.html"])
    assert "Gate, week 2026-W02: Arvenia, Querland together bring 11 t; the limit is 10 t." in whole
    assert "Would solve it: Tent KB loads in week 2026-W03, on 13 Jan 2026, and is there on 16 Jan" in whole
    assert "Then 6 t of 10 t are taken." in whole
    assert text.index("may not load") < text.index("Week 2026-W02, from")


def test_a_hub_reads_of_conflicts_at_itself_and_of_papers_and_of_no_other_place() -> None:
    """The crowd is at the crossing: the dock is not told of it."""
    text = words(files()[f"{D}/orders.en.html"])
    assert "conflicts: 1." in text
    assert "may not load" in text
    crowded = words(files(capacities=[{"on": "D", "tonnes": 10}])[f"{D}/orders.en.html"])
    assert "Dock, week 2026-W02: Arvenia, Querland together bring 11 t; the limit is 10 t." in crowded


def test_a_partner_reads_of_others_only_that_there_are_others() -> None:
    """Neither what Q sends, nor the sum from which it could be had, nor who Q is."""
    found = files()
    for form in ("en.html", "de.html", "uk.html", "ics"):
        text = found[f"{P}/orders.{form}"].decode()
        assert not [secret for secret in ("KB", "OQ", "Querland", "11 t", "5 pieces") if secret in text]
    book = openpyxl.load_workbook(io.BytesIO(found[f"{P}/orders.xlsx"]))
    text = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    assert "KA" in text
    assert not [secret for secret in ("KB", "OQ", "Querland", "11 t") if secret in text]
    said = words(found[f"{P}/orders.en.html"])
    assert "with what other partners send, the limit of 10 t is exceeded." in said
    assert "A change by another partner is proposed; nothing is asked of you." in said


def test_a_carrier_reads_the_legs_it_carries_and_no_other() -> None:
    rows = cells(files()[f"{C}/orders.en.html"])
    assert [[line[:2] for line in row[5]] for row in rows] == [["1.", "bo"], ["1.", "bo"]]


def test_what_is_marked_for_its_partner_alone_goes_through_a_hub_without_its_sender() -> None:
    offers: Rows = [
        {"quantity": 50, "line": "L", "marking": "own"},
        {"offer": "OQ", "party": "Q", "quantity": 50},
    ]
    found = files(offers=offers, approvals=[])
    row = cells(found[f"{S}/orders.en.html"])[0]
    assert (row[0], row[4][-1]) == (["KA", "line not shown", "need N"], "not shown")
    assert cells(found[f"{P}/orders.en.html"])[0][0][1] == "line L"
    assert "Arvenia" not in words(found[f"{S}/orders.en.html"])


def test_a_need_that_a_partner_may_not_see_is_not_given_away_by_the_way_to_it() -> None:
    needs: Rows = [{"quantity": 100, "due": day(20), "recipient": "R", "marking": "R"}]
    found = files(needs=needs)
    row = cells(found[f"{P}/orders.en.html"])[0]
    assert (row[0][2], row[6], len(row[5])) == ("need not shown", ["not shown"], 2)
    for form in ("en.html", "ics"):
        assert "Stores" not in found[f"{P}/orders.{form}"].decode()
    assert "Stores" in words(found[f"{R}/orders.en.html"])


def test_the_public_gets_what_is_public_alone() -> None:
    made, about = issue(approvals=[])
    public = dict(render(made, about, eyes(about), audience="public"))
    assert not [name for name in public if "/" in name]
    assert b'"KA"' not in public["orders.json"]
    coalition = dict(render(made, about, eyes(about), audience="coalition"))
    assert cells(coalition[f"{P}/orders.en.html"])


def test_the_calendar_read_back_has_each_day_once() -> None:
    assert [(e["SUMMARY"], e["DTSTART"], e["DTEND"]) for e in events(files(), P)] == [
        ("Pick-up: Tent, KA", str(day(0)), str(day(1))),
        ("Arrival: Tent, KA", str(day(3)), str(day(4))),
    ]
    hub = events(files(), D)
    assert [e["SUMMARY"] for e in hub] == ["Goes out: Tent, KA", "Goes out: Tent, KB"]
    assert len({e["UID"] for e in hub}) == 2
    assert "Marking: for the coalition only" in hub[0]["DESCRIPTION"]


def test_lines_of_the_calendar_are_folded_between_letters() -> None:
    long: Rows = [dict(row) | {"name_uk": "Арвенія" * 20} for row in PARTIES]
    made, about = issue(parties=long)
    content = dict(render(made, about, eyes(about), languages=("uk",)))[f"{P}/orders.ics"]
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert "Арвенія" * 20 in str(Calendar.from_ical(content)["X-WR-CALNAME"])


def test_the_workbook_has_a_sheet_a_week_with_real_numbers_and_days() -> None:
    sent = plan(("KA", "O", "6", 0), ("KC", "O", "2", 8))
    content = rendered(*issue(sent))[f"{P}/orders.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["About", "Conflicts", "2026-W02", "2026-W03"]
    head, row = ([cell.value for cell in found] for found in book["2026-W03"].iter_rows(max_row=2))
    known = dict(zip(head, row, strict=True))
    assert (known["Quantity"], known["Gross weight, kg"], known["Volume, m³"]) == (2, 2000, "not stated")
    assert str(known["Loads"])[:10] == str(day(8))
    assert str(known["Legs"]).count("\n") == 1


def test_text_is_never_a_formula_nor_markup() -> None:
    parties: Rows = [{"party": "P", "name": "=1+1<b>&", "kind": "state"}]
    found = files(parties=parties)
    book = openpyxl.load_workbook(io.BytesIO(found[f"{P}/orders.xlsx"]))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert b"<b>&" not in found[f"{P}/orders.en.html"]


def test_changes_since_the_last_issue_are_marked_and_what_is_gone_is_called_off() -> None:
    """Q's consignment is a tonne less; P's is gone, and one of a week later stands for it."""
    first, about = issue()
    last = json.loads(document(first))
    sent = plan(("KB", "OQ", "4", 1), ("KC", "O", "6", 7))
    made, about = issue(sent, before=kept(first))
    found = dict(render(made, about, eyes(about), before=last))
    assert cells(found[f"{Q}/orders.en.html"])[0][0][1:3] == [
        "▲ gross weight: 5,000 → 4,000",
        "▲ quantity sent: 5 → 4",
    ]
    row = cells(found[f"{P}/orders.en.html"])[0][0]
    assert {"▲ new, in place of KA", "▲ loading day: 5 Jan 2026 → 12 Jan 2026"} <= set(row)
    assert "No longer in the orders KA: dropped, Tent 6" in words(found[f"{P}/orders.en.html"])
    gone = [e for e in events(found, P) if "STATUS" in e]
    assert [e["SUMMARY"] for e in gone] == ["Called off: Tent, KA"] * 2
    for reader in (P, D, C, R):
        had = {e["UID"] for e in events(rendered(first, about), reader) if "KA" in e["SUMMARY"]}
        assert {e["UID"] for e in events(found, reader) if e.get("STATUS") == "CANCELLED"} == had


def test_what_has_loaded_already_is_not_called_off() -> None:
    """KX loaded a day before this issue: it is past, and its arrival still stands in the calendar."""
    first, about = issue()
    last = json.loads(document(first))
    old = {"KX": kept(first)["KA"] | {"departs": str(day(-1)), "pickup_from": str(day(-1)), "need": "M"}}
    gone = {"consignment": "KX", "number": "KX", "departs": str(day(-1))}
    last["consignments"].append(last["consignments"][0] | gone)
    last["calls"].append(last["calls"][-1] | {"kind": "partner", "reader": "P", "consignment": "KX"})
    made, about = issue(before=kept(first) | old)
    found = dict(render(made, about, eyes(about), before=last))
    assert "KX: past" in words(found[f"{P}/orders.en.html"])
    assert not [event for event in events(found, P) if "STATUS" in event]


def test_what_changed_gives_nothing_away_that_is_hidden() -> None:
    """P may see neither the need nor Z's paper; both changed since the last issue."""
    hidden: Rows = [
        {"approval": "E-9", "kind": "transit", "party": "Z", "covers": "O", "due": day(-2), "marking": "Z"}
    ]
    needs: Rows = [{"quantity": 100, "due": day(20), "recipient": "R", "marking": "R"}]
    first, _ = issue(approvals=[])
    old = kept(first)
    old["KA"] |= {"to": "X", "consignee": "Q", "arrives": "2026-01-09"}
    made, about = issue(before=old, approvals=hidden, needs=needs)
    text = words(dict(render(made, about, eyes(about)))[f"{P}/orders.en.html"])
    assert "▲ papers missing: not stated → not shown" in text
    assert not [
        secret for secret in ("E-9", "Z has", "of Z", "Querland", "9 Jan 2026", "Stores") if secret in text
    ]


def test_a_reader_whose_last_consignment_is_gone_is_still_told() -> None:
    first, _ = issue()
    made, about = issue(plan(("KB", "OQ", "5", 1)), before=kept(first))
    found = dict(render(made, about, eyes(about), before=json.loads(document(first))))
    assert "KA: dropped" in words(found[f"{P}/orders.en.html"])


def test_the_same_orders_give_the_same_bytes() -> None:
    assert files() == files()


def test_every_word_is_there_in_german_and_ukrainian(monkeypatch: pytest.MonkeyPatch) -> None:
    """All states of papers, a closure, a hazard, changes, and every kind of reader."""
    known = {code: catalogue(code) for code in ("de", "uk")}
    missed: set[str] = set()
    say = Language.say

    def heard(self: Language, id: str, *rest: object) -> str:
        if id and self.code in known and id not in known[self.code]:
            missed.add(id)
        return say(self, id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(languages.Language, "say", heard)
    states: tuple[dict[str, date], ...] = (
        *({"refused": day(-1)}, {"given": day(-9), "expires": day(-1)}, {"due": day(0)}, {}),
        *({"due": day(9)}, {"due": day(-1)}, {"given": day(-9)}),
    )
    approvals: Rows = [
        {"approval": f"E-{at}", "kind": "customs", "party": "Z", "covers": "O", **state}
        for at, state in enumerate(states)
    ]
    standards: Rows = [{"standard": "ST", "good": "tent", "requirement": "paper set", "value": "CMR"}]
    closures: Rows = [
        {"on": "X", "from": day(3), "to": day(3), "reason": "Repair"},
        {"on": "XS", "from": day(2), "to": day(2)},
    ]
    first, _ = issue()
    sent = plan(("KB", "OQ", "4", 1), ("KC", "O", "6", 0), ("KD", "OQ", "6", 0))
    rows: dict[str, Rows] = {"approvals": approvals, "standards": standards, "closures": closures}
    one = [{"on": "D", "from": day(0), "to": day(0), "tonnes": 8}]
    made, about = issue(sent, before=kept(first), capacities=[*LIMIT, *one], **rows)
    for code in ("de", "uk"):
        dict(render(made, about, eyes(about), languages=(code,), before=json.loads(document(first))))
    assert missed == set()


def test_folders_are_told_apart_on_every_system() -> None:
    """Names that differ in case alone, or by marks that no folder takes, get a tail of their own."""
    names = [folder_of(id) for id in ("AB", "ab", "a/b", "a:b", "..")]
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if set("/:\\") & set(name) or name.startswith(".")]


def test_the_sample_itself_conflicts() -> None:
    """The tests above rest on it."""
    assert issue(SENT)[0].conflicts["kind"].to_list() == ["crossing", "paper"]


LONG = plan(("8c345cf18307319d", "O", "6", 0), ("0072439805b91def", "OQ", "5", 1))


def test_a_consignment_is_called_by_its_short_number_everywhere_and_its_id_stands_in_small_print() -> None:
    made, about = issue(LONG)
    found = dict(render(made, about, eyes(about)))
    for code in ("en", "de", "uk"):
        page = html.fromstring(found[f"{P}/orders.{code}.html"].decode())
        (small,) = [one for one in page.iter("span") if one.get("class") == "id"]
        assert small.text == "ID 8c345cf18307319d"
        small.text = ""
        said = " ".join(str(part) for part in page.itertext())
        assert "K-8C34" in said
        assert "8c345cf18307319d" not in said
    assert all(event["SUMMARY"].endswith("K-8C34") for event in events(found, P))
    book = openpyxl.load_workbook(io.BytesIO(found[f"{P}/orders.xlsx"]))
    row = [cell.value for cell in list(book.worksheets[-1].iter_rows())[1]]
    assert (row[0], row[-1]) == ("K-8C34", "8c345cf18307319d")
    kept_on = json.loads(found["orders.json"])["consignments"]
    assert {one["consignment"]: one["number"] for one in kept_on}["0072439805b91def"] == "K-0072"


def test_the_next_issue_keeps_the_numbers_of_the_last() -> None:
    last: dict[str, dict[str, object]] = {"8c345cf18307319d": {"number": "K-7"}}
    assert set(issue(LONG, before=last)[0].consignments["number"]) == {"K-7", "K-0072"}


def test_a_part_of_a_pallet_takes_a_whole_place_on_paper_and_stays_exact_in_the_workbook() -> None:
    goods: Rows = [{"good": "tent", "name": "Tent", "unit": "piece", "weight_kg": 1000, "pallets": "0.06"}]
    found = files(goods=goods)
    page = words(found[f"{P}/orders.en.html"])
    assert "pallet places 1 " in page
    assert "0.36" not in page
    book = openpyxl.load_workbook(io.BytesIO(found[f"{P}/orders.xlsx"]))
    head, row, *_ = list(book.worksheets[-1].iter_rows(values_only=True))
    assert row[head.index("Pallet places")] == 0.36
