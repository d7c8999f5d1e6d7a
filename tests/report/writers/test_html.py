"""The page: every number opens what is behind it, down to the cell; nothing is fetched, nothing can break
out."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from lxml import etree
from tests.report import cases
from tests.report.cases import case, entries, entry, totals

from konvoi.ledger.answer import Refusal
from konvoi.model.entries import frame
from konvoi.report.brief import brief
from konvoi.report.render import render
from konvoi.report.writers import html


def page(code: str = "en", *, full: bool = True, **more: object) -> str:
    """The page of the invented case in a language."""
    return render(case(**more), languages=(code,), full=full)[f"brief.{code}.html"].decode()


def tree(text: str) -> Any:
    """The page as a tree."""
    return etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8"))


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_every_link_of_the_page_leads_somewhere(code: str, full: bool) -> None:
    root = tree(page(code, full=full))
    anchors = set(root.xpath("//@id"))
    links = [href for href in root.xpath("//@href") if href.startswith("#")]
    assert len(links) > 50
    assert [href for href in links if href[1:] not in anchors] == []


@pytest.mark.parametrize("full", [True, False])
def test_no_id_stands_twice(full: bool) -> None:
    ids = tree(page(full=full)).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_from_a_total_one_comes_to_the_cell_of_the_submission() -> None:
    """The sum of what was pledged leads to a list, and the list to the row with file, sheet, row and
    column."""
    root = tree(page())
    number = root.xpath("//*[@id='by-partner']//tr[@class='sum']//a[@class='n']")[0]
    assert number.text == "287.0"
    behind = root.xpath(f"//*[@id='{number.get('href')[1:]}']")[0]
    assert "EUR 287,000,000, pledged" in "".join(behind.itertext())
    first = behind.xpath(".//a/@href")[0]
    row = [" ".join(cell.itertext()) for cell in root.xpath(f"//*[@id='{first[1:]}']/td")]
    assert row[7:9] == ["submissions/arvenia/lines.xlsx", "lines, row 11, amount"]
    assert "Ministry of Arvenia" in row[9]


def test_every_mark_of_every_chart_is_a_link_or_nothing_stands_behind_it() -> None:
    root = tree(page())
    marks = root.xpath("//*[local-name()='svg']//*[local-name()='a']")
    assert len(marks) > 40
    assert [
        mark.get("aria-label") for mark in marks if not mark.get("href") or not mark.get("aria-label")
    ] == []


def test_the_page_fetches_nothing() -> None:
    text = page()
    assert re.findall(r'(?:src|srcset|data)="', text) == []
    assert "@import" not in text
    assert "url(http" not in text
    assert tree(text).xpath("//link") == []
    assert "default-src 'none'" in text


def test_text_of_a_submission_is_shown_and_never_obeyed() -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    rows = pl.concat(
        [
            entries(),
            frame([entry("E93", "ARV", "pledged", 1, text=evil, line=evil, address="javascript:alert(3)")]),
        ]
    )
    goods = cases.tables()["goods"].with_columns(name=pl.lit(evil))
    text = page(entries=rows, totals=totals(rows), title=evil, tables=cases.tables() | {"goods": goods})
    root = tree(text)
    assert len(root.xpath("//script")) == 1
    assert root.xpath("//img") == []
    assert [href for href in root.xpath("//@href") if href.startswith("javascript")] == []
    assert "&lt;script&gt;alert(1)" in text


def test_the_marking_stands_on_the_page_and_on_every_printed_sheet() -> None:
    text = page("de")
    assert "Einstufung: öffentlich" in text
    assert '@top-left{content:"Übung · Einstufung: öffentlich' in text
    assert '"Seite " counter(page) " von " counter(pages)' in text


def test_a_refused_total_has_a_reason_and_no_figure() -> None:
    made = totals(entries())
    refused = replace(
        made["funnel/amount/committed"],
        value=None,
        lowest=None,
        highest=None,
        by=(),
        entries=(),
        refused=Refusal("x", (("E02", "E07"),), Decimal(12_000_000)),
    )
    text = "".join(tree(page(totals=made | {"funnel/amount/committed": refused})).itertext())
    assert "Not added: these 2 amounts would count EUR 12.0 m twice." in text


def test_a_page_that_would_be_too_large_leaves_the_entries_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LARGEST", 1000)
    monkeypatch.setattr(html, "PER_FILE", 10)
    made = brief(case(), "public")
    files = dict(html.write(made, "en"))
    names = [f"entries.en.{number}.html" for number in (1, 2, 3)]
    assert sorted(files) == ["brief.en.html", *names]
    assert f"Entries: {len(made.records)}." in files["brief.en.html"].decode()
    anchors = {f"{name}#{id}" for name in names for id in tree(files[name].decode()).xpath("//tr/@id")}
    links = [
        h
        for h in tree(files["brief.en.html"].decode()).xpath("//@href")
        if h.startswith("entries.") and "#" in h
    ]
    assert len(links) > 50
    assert set(links) <= anchors


def test_a_number_over_entries_that_are_not_in_the_case_opens_those_that_are() -> None:
    few = entries().filter(pl.col("entry") != "E06")
    root = tree(page(entries=few, relations=cases.relations().clear(), totals=totals(entries())))
    number = root.xpath("//*[@id='by-partner']//tr[@class='sum']//a[@class='n']")[0]
    assert len(root.xpath(f"//*[@id='{number.get('href')[1:]}']//a")) == 4


def test_a_thousand_entries_stay_far_below_the_limit() -> None:
    """Runs of neighbouring entries are written as one link."""
    more = frame([entry(f"E{n:04d}", "ARV", "pledged", 1, row=n, line=f"L{n}") for n in range(1000)])
    assert len(page(entries=more, totals=totals(more)).encode()) < 1_000_000
