"""Whatever a standard has a place for is written and read back without loss, whatever its values are."""

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fund.rebuilding import facts
from tests.report.cases import case
from tests.report.papers.cases import ALONE, DESPATCH, RECEIPT, line
from tests.report.papers.round_trip import differences, meant, read_back, tables

from konvoi.intake.read import read
from konvoi.model.clauses import CLAUSES
from konvoi.model.document import Document
from konvoi.model.hxl import tags
from konvoi.model.oc4ids import PROJECT_FACTS
from konvoi.model.paper import Paper, PaperLine, Piece
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.projects import COMMITTED, CONTRACTED, PAID, PROJECT_STAGES, SECTORS
from konvoi.report.exports.akoma import akoma
from konvoi.report.exports.oc4ids import project_package
from konvoi.report.exports.ocds import Publication, release_package
from konvoi.report.paper import PaperWriter
from konvoi.report.papers.epcis import EPCIS
from konvoi.report.papers.ubl import UBL
from konvoi.report.table_file import packed

EXAMPLES = min(settings().max_examples, 40)
MADE = Publication("Merrow Coalition", "ocds-x31x31", date(2031, 3, 3))
Row = dict[str, object]

ids = st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}(/[0-9]{1,2})?", fullmatch=True)
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20).map(
    partial(unicodedata.normalize, "NFC")
)
"""Words without blanks, whose number is each reader's own matter, composed as all text that is read."""
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
money = st.tuples(st.integers(1, 10**14), st.sampled_from(("EUR", "JPY", "KWD", "UAH")))
quantities = st.decimals(Decimal("0.000001"), Decimal(10**9), places=6)
parties = st.one_of(
    st.from_regex(r"X[A-Z]", fullmatch=True), st.from_regex(r"XX-REG:[0-9]{1,6}", fullmatch=True)
)
addresses = st.integers(0, 99).map("https://example.org/{}".format)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """A value or none."""
    return st.none() | values


def table(name: str, rows: list[Row]) -> pl.DataFrame:
    """Return rows as a table of ours; each amount of money stands as a pair with its currency."""
    split = []
    for row in rows:
        money = row.pop("money", None)
        amount, currency = money if isinstance(money, tuple) else (None, None)
        split.append({**row, "cost" if name == "projects" else "amount": amount, "currency": currency})
    schema = BY_NAME[name].schema()
    return pl.DataFrame(split, schema=schema) if rows else pl.DataFrame(schema=schema)


def same(ours: pl.DataFrame, theirs: Mapping[str, pl.DataFrame], name: str, columns: tuple[str, ...]) -> None:
    """Both tables have the same values in these columns."""
    if ours.height or name in theirs:
        one, other = (
            rows.select(columns).sort(columns, nulls_last=True).to_dicts() for rows in (ours, theirs[name])
        )
        assert one == other


contracts = st.fixed_dictionaries(
    {
        "contract": ids,
        "line": maybe(ids),
        "supplier": parties,
        "day": days,
        "quantity": maybe(quantities),
        "unit": st.sampled_from(("piece", "t")),
        "money": maybe(money),
        "delivery": maybe(days),
        "state": st.sampled_from(("pending", "active", "terminated", "cancelled")),
        "address": maybe(addresses),
    }
)


@settings(max_examples=EXAMPLES)
@given(st.lists(contracts, min_size=1, max_size=4, unique_by=lambda row: row["contract"]))
def test_contracts_as_ocds(rows: list[Row]) -> None:
    ours = table("contracts", [dict(row) for row in rows])
    content = release_package(replace(case(), tables={"contracts": ours}), MADE)
    theirs = read(Document("again.json", content)).tables
    theirs = {
        **theirs,
        "contracts": theirs["contracts"].with_columns(pl.coalesce("line", "_line").alias("line")),
    }
    kept = ("contract", "line", "supplier", "day", "quantity", "amount", "currency", "delivery", "state")
    same(ours, theirs, "contracts", (*kept, "address"))


projects = st.fixed_dictionaries(
    {
        "project": ids,
        "title": words,
        "stage": st.sampled_from(PROJECT_STAGES),
        "owner": maybe(parties),
        "communities": maybe(st.just("UA05020030000031457")),
        "building": maybe(words),
        "sector": maybe(st.sampled_from(SECTORS)),
        "money": maybe(money),
        "ends": maybe(days),
        "address": maybe(addresses),
    }
)
financing = st.fixed_dictionaries(
    {
        "party": parties,
        "stage": st.sampled_from((COMMITTED, CONTRACTED, PAID)),
        "day": maybe(days),
        "money": money,
    }
)


@settings(max_examples=EXAMPLES)
@given(projects, st.lists(financing, max_size=5), words, st.integers(0, 99))
def test_projects_with_their_money_and_facts_as_oc4ids(
    project: Row, funds: list[Row], purpose: str, tenderers: int
) -> None:
    name = str(project["project"])
    rows = [
        {**one, "financing": f"M-{at}", "project": name, "record": f"R-{at}"} for at, one in enumerate(funds)
    ]
    told = facts(
        {"project": name, "path": "purpose", "value": purpose},
        {
            "project": name,
            "path": "contractingProcesses/summary/tender/numberOfTenderers",
            "process": "T-1",
            "value": str(tenderers),
        },
    )
    ours = {
        "projects": table("projects", [dict(project)]),
        "financing": table("financing", rows),
        "project_facts": told,
    }
    content = project_package(replace(case(), tables=ours), MADE)
    reading = read(Document("again.json", content))
    assert reading.findings == ()
    columns = tuple(one.name for one in BY_NAME["projects"].columns if one.name != "marking")
    currency = pl.when(pl.col("cost").is_not_null()).then("currency").alias("currency")
    same(ours["projects"].with_columns(currency), reading.tables, "projects", columns)
    kept = ("financing", "project", "party", "stage", "day", "amount", "currency", "record")
    same(ours["financing"], reading.tables, "financing", kept)
    same(told, reading.tables, "project_facts", tuple(one for one in PROJECT_FACTS if one[0] != "_"))


pieces = st.builds(
    Piece,
    serial=ids,
    # A serial that is its lot's number stands for the whole lot.
    lot=st.just("") | ids.map("LOT-{}".format),
    expires=maybe(days),
    container=st.just("sscc:001234560000000018"),
)


def lines(first: str) -> st.SearchStrategy[list[PaperLine]]:
    """Lines of a paper, each with an id and a good of its own."""
    one = st.tuples(ids, words, quantities, st.sampled_from(("piece", "t", "crate")))
    several = st.lists(one, min_size=1, max_size=3, unique_by=lambda each: each[0])
    return several.map(
        lambda found: [
            line(f"{first}-{at}", good=good, name=name, quantity=quantity, unit=unit, line=good)
            for at, (good, name, quantity, unit) in enumerate(found)
        ]
    )


def back(paper: Paper, writer: PaperWriter) -> None:
    """A paper is read back as it was."""
    assert differences(tables(read_back([paper], writer)), meant([paper], writer)) == []


@settings(max_examples=EXAMPLES)
@given(lines("M"), days, ids)
def test_despatches_as_epcis_and_ubl(rows: list[PaperLine], day: date, number: str) -> None:
    paper = replace(DESPATCH, lines=tuple(rows), day=day, number=number)
    back(paper, EPCIS)
    back(paper, UBL)


@settings(max_examples=EXAMPLES)
@given(lines("R"), days, ids)
def test_receipts_as_epcis_and_ubl(rows: list[PaperLine], day: date, number: str) -> None:
    # One to the line item stands on a receipt that answers no waybill: BY_LINE of the cases.
    told = tuple(replace(one, reference=f"M-{number}", document="SIG-1") for one in rows)
    paper = replace(RECEIPT, lines=told, day=day)
    back(paper, EPCIS)
    back(paper, UBL)


@settings(max_examples=EXAMPLES)
@given(pieces, words)
def test_pieces_with_lot_container_and_day_as_epcis_and_ubl(piece: Piece, name: str) -> None:
    paper = replace(ALONE, lines=(line("M-9", name=name, quantity=Decimal(1), pieces=(piece,)),))
    back(paper, UBL)
    back(paper, EPCIS)


@settings(max_examples=EXAMPLES)
@given(st.lists(st.lists(st.tuples(words, st.lists(words, max_size=2)), max_size=3), min_size=1, max_size=3))
def test_clauses_as_akoma_ntoso(parts: list[list[tuple[str, list[str]]]]) -> None:
    rows: list[tuple[str, ...]] = []
    for part, paragraphs in zip(("I", "II", "III"), parts, strict=False):
        rows.append((part, "part", f"{part}.", f"Part {part}"))
        for number, (text, points) in enumerate(paragraphs, start=1):
            rows.append((f"{part}/{number}", "paragraph", f"{number}.", text))
            rows += [
                (f"{part}/{number}/{letter}", "point", f"{letter})", said)
                for letter, said in zip("ab", points, strict=False)
            ]
    frame = pl.DataFrame([(*row, None, "a", "", 1) for row in rows], schema=CLAUSES, orient="row")
    again = read(Document("again.xml", akoma(frame, name="a", day=MADE.day))).tables["clauses"]
    assert again.select("clause", "kind", "label", "text").rows() == rows


packages = st.fixed_dictionaries(
    {
        "package": ids,
        "party": st.sampled_from(("DE", "FR", "PL")),
        "day": days,
        "kind": st.sampled_from(("energy", "military", "humanitarian")),
        "title": maybe(st.from_regex(r"[A-Za-z]{2,9}( [A-Za-z]{2,9})?", fullmatch=True)),
        "money": money,
        "stage": st.sampled_from(("pledged", "committed")),
        "marking": st.sampled_from(("public", "coalition", "own")),
        "address": maybe(addresses),
    }
)


@settings(max_examples=EXAMPLES)
@given(st.lists(packages, min_size=1, max_size=4, unique_by=lambda row: row["package"]), st.booleans())
def test_packages_with_hxl_tags_under_any_heads(rows: list[Row], as_book: bool) -> None:
    """Written with tags, in CSV with heads of another language, and read without a mapping."""
    ours = table("packages", [dict(row) for row in rows])
    columns = tuple(name for name in ours.columns if ours[name].null_count() < ours.height)
    shown = ours.select(columns)
    cost = {"amount": "currency"}
    if as_book:
        document = Document("x.xlsx", packed(shown, "packages", "xlsx", cost, hxl=True))
    else:
        plain = packed(shown, "packages", "csv", cost, hxl=True).decode()
        heads, *rest = csv.reader(io.StringIO(plain))
        assert rest[0] == tags("packages", heads)
        out = io.StringIO()
        csv.writer(out).writerows([[f"Colonne {at}" for at in range(len(heads))], *rest])
        document = Document("x.csv", out.getvalue().encode())
    same(shown, read(document).tables, "packages", columns)
